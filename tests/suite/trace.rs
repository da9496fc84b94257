//! `juesuan trace`: from a fact to its bytes, in any encoding, and to the identities it takes part in.

use super::support::*;
use std::fs;
use std::path::{Path, PathBuf};

const TEXT: &str = "云溪县水利局2031年度部门决算\n\n一、支出决算情况说明\n\n2031年本年支出合计30.00万元，其中：基本支出10.00万元，占33.33%；\
                    项目支出20.00万元，占66.67%。\n";

fn trace(out: &Path, fact: &str, more: &[&str]) -> std::process::Output {
    juesuan().arg("trace").arg(out).args(["--fact", fact]).args(more).output().expect("juesuan runs")
}

fn traced(out: &Path, fact: &str, more: &[&str]) -> String {
    let output = trace(out, fact, more);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

fn extracted(root: &Path, format: &str) -> (PathBuf, PathBuf) {
    let input = root.join("input");
    fs::create_dir_all(input.join("2031")).expect("a folder");
    fs::write(input.join("2031/a.txt"), TEXT).expect("a report");
    let gb = encoding_rs::GB18030.encode(TEXT).0;
    fs::write(input.join("gb.txt"), gb).expect("a report");
    let out = root.join(format);
    extract_well(&input, &out, &["--format", format]);
    (input, out)
}

#[test]
fn a_fact_is_shown_with_its_bytes_marked_and_its_identities() {
    let root = folder();
    for format in ["parquet", "csv"] {
        let (input, out) = extracted(root.path(), format);
        let input = input.to_str().expect("UTF-8");
        for document in ["2031/a.txt", "gb.txt"] {
            let shown = traced(&out, &format!("{document}:1"), &["--reports", input]);
            for words in [
                format!("fact 1 of {document}\n").as_str(),
                "printed      10.00\n",
                "value        100000 CNY\n",
                "concept      expenditure.basic (基本支出; Basic expenditure)\n",
                "       5 | 2031年本年支出合计30.00万元，其中：基本支出10.00万元",
                "holds     text.expenditure\n",
                "          * fact 1               100000 CNY  基本支出\n",
                "            fact 0               300000 CNY  本年支出合计",
            ] {
                assert!(shown.contains(words), "`{words}` is missing in\n{shown}");
            }
            let lines: Vec<&str> = shown.lines().collect();
            let marks = lines.iter().position(|line| line.ends_with("^^^^^")).expect("the bytes are marked");
            let wide = |words: &str| words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
            let at = lines[marks - 1].find("10.00").expect("the number");
            assert_eq!(wide(&lines[marks - 1][..at]), lines[marks].find('^').expect("marks"), "{shown}");
        }
    }
}

#[test]
fn without_reports_the_rest_is_shown_and_how_to_see_more() {
    let root = folder();
    let (_, out) = extracted(root.path(), "parquet");
    let shown = traced(&out, "gb.txt:1", &[]);
    assert!(shown.contains("--reports FOLDER shows the lines") && shown.contains("text.expenditure"), "{shown}");
}

#[test]
fn what_is_not_there_is_said_with_what_to_do() {
    let root = folder();
    let (input, out) = extracted(root.path(), "parquet");
    let input_word = input.to_str().expect("UTF-8").to_owned();
    let refused = |fact: &str, more: &[&str]| {
        let output = trace(&out, fact, more);
        assert_eq!(output.status.code(), Some(2), "{fact}");
        stderr(&output)
    };
    assert!(refused("a.txt:1", &[]).contains("did you mean 2031/a.txt?"));
    assert!(refused("2031/a.txt:99", &[]).contains("its facts are 0 to 4"));
    assert!(refused("2031/a.txt", &[]).contains("--fact DOCUMENT:N"));
    assert!(refused("gb.txt:1", &["--reports", "nowhere"]).contains("--reports is the folder"));
    fs::write(input.join("gb.txt"), "changed 10.00").expect("a report");
    assert!(refused("gb.txt:1", &["--reports", &input_word]).contains("another SHA-256"));
    let output = trace(root.path(), "gb.txt:1", &[]);
    assert!(stderr(&output).contains("juesuan extract"), "{}", stderr(&output));
}
