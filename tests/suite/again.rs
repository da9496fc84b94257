//! `juesuan check`: the identities again over a dataset.

use super::support::*;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn check(out: &Path, more: &[&str]) -> Output {
    juesuan().arg("check").arg(out).args(more).output().expect("juesuan runs")
}

fn check_well(out: &Path, more: &[&str]) -> Output {
    let output = check(out, more);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    output
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports")
}

/// The samples without those of one agency and year that are there twice, which only a corpus can tell.
fn distinct_samples(root: &Path) -> PathBuf {
    let input = root.join("samples");
    fs::create_dir_all(&input).expect("a folder");
    extract(&samples(), &root.join("look"), &[]);
    let twice = column(&root.join("look"), "documents", "entity");
    let names = column(&root.join("look"), "documents", "document");
    for (index, (name, entity)) in names.iter().zip(&twice).enumerate() {
        if entity.is_empty() || !twice[..index].contains(entity) {
            fs::copy(samples().join(name), input.join(name.replace('/', "-"))).expect("copied");
        }
    }
    input
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}

#[test]
fn nothing_changes_where_the_identities_are_the_same() {
    let root = folder();
    let input = distinct_samples(root.path());
    for (format, part) in [("parquet", "60000"), ("parquet", "99999999"), ("csv", "60000")] {
        let (first, again) =
            (root.path().join(format!("{format}-{part}")), root.path().join(format!("{format}-{part}-2")));
        let output = extract(&input, &first, &["--format", format, "--part-bytes", part, "--quiet"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        copy(&first, &again);
        let said = stdout(&check_well(&again, &[]));
        assert!(said.contains(" held, ") && said.lines().count() > 10, "{said}");
        assert_same_files(&first, &again);
    }
}

#[test]
fn other_identities_are_tried_on_the_same_facts_and_back() {
    let root = folder();
    let input = distinct_samples(root.path());
    let (first, out) = (root.path().join("first"), root.path().join("out"));
    extract(&input, &first, &["--quiet"]);
    copy(&first, &out);
    let grammars = root.path().join("grammars");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("grammars"), &grammars);
    let words = fs::read_to_string(grammars.join("identities/between.toml")).expect("a grammar");
    let id = "id = \"same.general_budget_basic\"";
    assert!(words.contains(id));
    fs::write(grammars.join("identities/between.toml"), words.replace(id, "id = \"same.renamed\"")).expect("written");
    let identities =
        |out: &Path, id: &str| column(out, "checks", "identity").iter().filter(|found| *found == id).count();
    let count = identities(&out, "same.general_budget_basic");
    assert!(count > 0);
    check_well(&out, &["--quiet", "--grammars", grammars.to_str().expect("UTF-8")]);
    assert_eq!((identities(&out, "same.general_budget_basic"), identities(&out, "same.renamed")), (0, count));
    check_well(&out, &["--quiet"]);
    assert_same_files(&first, &out);
}

/// A report whose total is `total` and which says how it changed.
fn report_of(year: u32, total: &str, change: &str, opening: &str, closing: &str) -> String {
    format!(
        "云溪县示范局{year}年度部门决算\n\n收入支出决算总表\n公开01表\n单位：万元\n项目\t金额\t项目\t金额\n\
         一、一般公共预算财政拨款收入\t{total}\t一、社会保障和就业支出\t{total}\n\
         本年收入合计\t{total}\t本年支出合计\t{total}\n年初结转和结余\t{opening}\t年末结转和结余\t{closing}\n\n\
         五、一般公共预算财政拨款支出决算情况说明\n\n{year}年一般公共预算财政拨款支出{total}万元，比上年{change}。\n"
    )
}

#[test]
fn reports_of_one_agency_are_compared_over_the_years() {
    let root = folder();
    let input = root.path().join("input");
    fs::create_dir_all(&input).expect("a folder");
    let write = |name: &str, text: String| fs::write(input.join(name), text).expect("written");
    write("2030.txt", report_of(2030, "120.50", "增加10.50万元", "4.00", "3.20"));
    write("2031.txt", report_of(2031, "150.10", "增加29.60万元", "3.20", "7.00"));
    write("2032.txt", report_of(2032, "160.10", "增加15.00万元", "7.90", "1.00"));
    write("2033.txt", report_of(2033, "200.10", "增加40.00万元", "1.00", "2.00"));
    write("2033b.txt", report_of(2033, "200.10", "增加40.00万元", "1.00", "5.00"));
    write("2034.txt", report_of(2034, "221.11", "增长10.50%", "2.00", "3.00"));
    write("2035.txt", report_of(2035, "243.22", "增长30.00%", "3.00", "4.00"));
    let out = root.path().join("out");
    extract(&input, &out, &["--quiet"]);
    let strict = check(&out, &["--strict"]);
    assert_eq!(strict.status.code(), Some(1), "{}", stderr(&strict));
    let rows = parquet_rows(&out, "checks");
    let found: Vec<(&str, &str, &str)> = rows
        .iter()
        .filter(|row| row[2].starts_with("corpus."))
        .map(|row| (row[0].as_str(), row[2].as_str(), row[3].as_str()))
        .collect();
    let has = |document: &str, identity: &str, status: &str| found.contains(&(document, identity, status));
    assert!(has("2031.txt", "corpus.balance", "holds") && has("2031.txt", "corpus.last_year", "holds"), "{found:?}");
    assert!(has("2032.txt", "corpus.balance", "fails") && has("2032.txt", "corpus.last_year", "fails"), "{found:?}");
    assert!(has("2033b.txt", "corpus.twice", "fails") && has("2033b.txt", "corpus.twice", "holds"), "{found:?}");
    // Where the text gives no change, the growth tells.
    assert!(has("2034.txt", "corpus.last_year", "holds") && has("2035.txt", "corpus.last_year", "fails"), "{found:?}");
    assert!(!found.iter().any(|(document, ..)| *document == "2030.txt"), "{found:?}");
    let message = &rows.iter().find(|row| row[0] == "2032.txt" && row[2] == "corpus.balance").expect("there")[9];
    assert!(
        message.contains("7.90 万元") && message.contains("7.00 万元") && message.contains("2031.txt"),
        "{message}"
    );
    let facts = parquet_rows(&out, "facts");
    let flagged = facts.iter().find(|row| row[0] == "2032.txt" && row[5] == "7.90").expect("the opening balance");
    assert!(flagged[26].contains("inconsistent"), "{flagged:?}");
    // Counts are those of the rows, and a second time changes nothing.
    let documents = parquet_rows(&out, "documents");
    for document in &documents {
        let failed = rows.iter().filter(|row| row[0] == document[0] && row[3] == "fails").count();
        assert_eq!(document[17], failed.to_string(), "{}", document[0]);
    }
    let again = root.path().join("again");
    copy(&out, &again);
    check_well(&again, &["--quiet"]);
    assert_same_files(&out, &again);
}

#[test]
fn what_a_killed_check_began_is_finished() {
    let root = folder();
    let input = root.path().join("input");
    fs::create_dir_all(&input).expect("a folder");
    fs::write(input.join("2031.txt"), report_of(2031, "150.10", "增加29.60万元", "3.20", "7.00")).expect("written");
    fs::write(input.join("2032.txt"), report_of(2032, "160.10", "增加10.00万元", "7.90", "1.00")).expect("written");
    let (before, after, torn) = (root.path().join("before"), root.path().join("after"), root.path().join("torn"));
    extract(&input, &before, &["--quiet"]);
    copy(&before, &after);
    check_well(&after, &["--quiet"]);
    // One file has taken its place, the others wait; the manifest is still the old one.
    copy(&before, &torn);
    let mut moves = Vec::new();
    for table in ["documents", "facts", "checks"] {
        let (from, to) = (format!("{table}/.part-00000.parquet.checked"), format!("{table}/part-00000.parquet"));
        let place = if table == "documents" { &to } else { &from };
        fs::copy(after.join(&to), torn.join(place)).expect("copied");
        moves.push((from, to));
    }
    let manifest = fs::read_to_string(after.join("manifest.jsonl")).expect("a manifest");
    assert_ne!(manifest, fs::read_to_string(before.join("manifest.jsonl")).expect("a manifest"));
    let journal = serde_json::to_string(&(&moves, &manifest)).expect("JSON");
    fs::write(torn.join(".check.json"), journal).expect("written");
    check_well(&torn, &["--quiet"]);
    assert_same_files(&after, &torn);
}

#[test]
fn a_folder_without_a_whole_dataset_is_refused() {
    let root = folder();
    let output = check(root.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no whole dataset") && stderr(&output).contains("juesuan extract"));
}

/// A report about the general budget alone, of an agency that includes `units`.
fn report_of_units(title: &str, units: &[&str], budget: &str) -> String {
    let mut text = format!("{title}\n\n第一部分 部门概况\n\n二、部门决算单位构成\n\n");
    if !units.is_empty() {
        text.push_str("纳入2031年度部门决算编制范围的单位包括：\n");
        for (number, unit) in units.iter().enumerate() {
            let _ = writeln!(text, "{}.{unit}", number + 1);
        }
    }
    let _ = writeln!(
        text,
        "\n第二部分 2031年度部门决算情况说明\n\n五、一般公共预算财政拨款支出决算情况说明\n\n\
         2031年一般公共预算财政拨款支出{budget}万元。"
    );
    text
}

#[test]
fn a_department_is_compared_with_the_units_that_it_includes() {
    let root = folder();
    let tried = |name: &str, reports: &[(&str, String)]| -> Vec<(String, String)> {
        let (input, out) = (root.path().join(name), root.path().join(format!("{name}-out")));
        fs::create_dir_all(&input).expect("a folder");
        for (name, text) in reports {
            fs::write(input.join(name), text).expect("written");
        }
        extract(&input, &out, &["--quiet"]);
        check_well(&out, &["--quiet"]);
        let rows = parquet_rows(&out, "checks").into_iter().filter(|row| row[2] == "corpus.units");
        rows.map(|row| (format!("{} {}", row[0], row[3]), row[9].clone())).collect()
    };
    let all = ["云溪县示范局（本级）", "云溪县示范中心"];
    let reports = |whole: &str, units: &[&str], itself: bool, unit: &str| {
        let mut reports = vec![
            ("a.txt", report_of_units("云溪县示范局2031年度部门决算", units, whole)),
            ("c.txt", report_of_units("云溪县示范中心2031年度单位决算", &[], unit)),
        ];
        if itself {
            reports.push(("b.txt", report_of_units("云溪县示范局（本级）2031年度单位决算", &[], "90.00")));
        }
        reports
    };
    let came = |found: &[(String, String)]| found.iter().map(|(came, _)| came.clone()).collect::<Vec<_>>();
    assert_eq!(came(&tried("whole", &reports("120.50", &all, true, "30.50"))), ["a.txt holds"]);
    let apart = tried("apart", &reports("125.40", &all, true, "30.50"));
    assert_eq!(came(&apart), ["a.txt fails"]);
    let message = &apart[0].1;
    assert!(
        ["125.40 万元", "90.00 万元", "b.txt", "30.50 万元", "c.txt"].iter().all(|word| message.contains(word)),
        "{message}"
    );
    // A unit whose report is not there may have what is missing; no unit has more than the whole.
    assert_eq!(came(&tried("part", &reports("125.40", &all, false, "30.50"))), ["a.txt holds"]);
    assert_eq!(came(&tried("open", &reports("125.40", &all[1..], true, "30.50"))), ["a.txt holds"]);
    assert_eq!(came(&tried("more", &reports("25.40", &all, false, "30.50"))), ["a.txt fails"]);
    assert_eq!(came(&tried("none", &reports("25.40", &[], true, "30.50"))), Vec::<String>::new());
}
