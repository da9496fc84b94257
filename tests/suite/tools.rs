//! The maintainers' commands, as a maintainer meets them.

use super::support::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A report of an agency that does not exist: prose, a table, a number that nothing can read.
const REPORT: &str = "\
云溪县示范局2031年度部门决算

第一部分 2031年度部门决算表

收入决算表

公开02表

单位：万元

科目编码\t科目名称\t本年收入合计\t财政拨款收入\t事业收入\t其他收入
205\t教育支出\t812.50\t800.00\t\t12.50
合计\t\t812.50\t800.00\t\t12.50

第二部分 2031年度部门决算情况说明

一、收入支出决算总体情况说明

2031年收入总计812.50万元。与2030年相比，收入总计减少6.20万元，下降0.76%。

七、“三公”经费支出决算情况说明

国内公务接待18批次，142人次，共计支出1.36万元。窗口77另行登记。
";

fn run(arguments: &[&str]) -> Output {
    juesuan().args(arguments).output().expect("juesuan runs")
}

/// Standard output of a run that must end with `code`.
fn said(arguments: &[&str], code: i32) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(code), "{}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// The report in a folder `reports`.
fn report_in(root: &Path) -> PathBuf {
    let folder = root.join("reports");
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("云溪.txt");
    fs::write(&file, REPORT).expect("a report");
    file
}

/// A copy of the grammars, to change.
fn grammars_in(root: &Path) -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("the grammars").map(|entry| entry.expect("an entry").path()) {
            let target = to.join(entry.file_name().expect("a name"));
            if entry.is_dir() {
                copy(&entry, &target);
            } else {
                fs::copy(&entry, &target).expect("a copy");
            }
        }
    }
    let folder = root.join("grammars");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("grammars"), &folder);
    folder
}

/// Puts `text` at the end of a file.
fn append(file: &Path, text: &str) {
    let old = fs::read_to_string(file).expect("the file");
    fs::write(file, old + text).expect("the file");
}

#[test]
fn every_command_shows_an_example() {
    for command in
        [&["inspect"][..], &["unread"], &["grammar", "check"], &["grammar", "coverage"], &["annotate"], &["score"]]
    {
        let help = said(&[command, &["--help"]].concat(), 0);
        assert!(help.contains("Example") && help.contains(&format!("juesuan {}", command.join(" "))), "{help}");
    }
}

#[test]
fn inspect_shows_the_document_as_the_program_sees_it() {
    let root = folder();
    insta::assert_snapshot!("inspect", said(&["inspect", path(&report_in(root.path()))], 0));
}

#[test]
fn inspect_reads_standard_input_and_shows_what_is_asked_for() {
    let root = folder();
    let file = report_in(root.path());
    let unread = said(&["inspect", path(&file), "--show", "unread"], 0);
    assert!(unread.starts_with("== 1 unread number\n") && unread.contains("窗口»77«另行登记"), "{unread}");
    let input = fs::File::open(&file).expect("the report");
    let output = juesuan().args(["inspect", "-", "--show", "unread"]).stdin(input).output().expect("juesuan runs");
    assert_eq!(stdout(&output), unread);
}

#[test]
fn a_place_in_prose_is_explained() {
    let root = folder();
    let file = report_in(root.path());
    let line = REPORT.lines().position(|line| line.contains("下降")).expect("the line") + 1;
    let shown = said(&["inspect", path(&file), "--at", &line.to_string()], 0);
    for words in [
        "\"2031\" at",
        "narrative/number:year (period), 3 bytes",
        "减少⟨down⟩",
        "clause says          measure word down",
        "“收入总计” → income.total (everywhere): wins",
        "speaks of            “收入总计” (income.total)",
        "fact: income.total  change  executed  -62000 CNY  2031/2030",
        "section: 第二部分 2031年度部门决算情况说明 > 一、收入支出决算总体情况说明",
    ] {
        assert!(shown.contains(words), "`{words}` is missing in\n{shown}");
    }
}

#[test]
fn bytes_line_and_column_name_the_same_number() {
    let root = folder();
    let file = report_in(root.path());
    let start = REPORT.find("142").expect("the number");
    let line = REPORT[..start].matches('\n').count() + 1;
    let by_bytes = said(&["inspect", path(&file), "--at", &format!("{start}..{}", start + 3)], 0);
    let by_byte = said(&["inspect", path(&file), "--at", &format!("byte:{start}")], 0);
    let by_column = said(&["inspect", path(&file), "--at", &format!("{line}:12")], 0);
    let explained = |shown: &str| shown[shown.find("\"142\"").expect("the number")..].to_owned();
    assert_eq!(explained(&by_bytes), explained(&by_column));
    assert_eq!(explained(&by_bytes), explained(&by_byte));
    assert!(by_bytes.contains("three_public.reception.persons  count  executed  142 person_time  2031"), "{by_bytes}");
}

#[test]
fn a_place_in_a_table_is_explained_by_its_row_and_column() {
    let root = folder();
    let file = report_in(root.path());
    let start = REPORT.find("800.00").expect("the cell");
    let shown = said(&["inspect", path(&file), "--at", &format!("{start}..{}", start + 6)], 0);
    for words in [
        "statement            income (tables/income.toml)",
        "concept income.appropriation",
        "row                  “教育支出”, code 205",
        "8000000 CNY",
    ] {
        assert!(shown.contains(words), "`{words}` is missing in\n{shown}");
    }
}

#[test]
fn a_place_that_does_not_exist_is_refused_with_help() {
    let root = folder();
    let file = report_in(root.path());
    for place in ["0", "3:900", "99999999", "later", "7..3"] {
        let output = run(&["inspect", path(&file), "--at", place]);
        assert_eq!(output.status.code(), Some(2), "{place}: {}", stdout(&output));
        assert!(stderr(&output).contains("help: a line (1 to "), "{}", stderr(&output));
    }
}

#[test]
fn unread_numbers_are_grouped_by_what_stands_around_them() {
    let root = folder();
    let file = report_in(root.path());
    fs::write(file.with_file_name("another.txt"), REPORT.replace("窗口77", "窗口6")).expect("a report");
    let shown = said(&["unread", path(file.parent().expect("a folder"))], 0);
    assert!(shown.contains("2 of ") && shown.contains("unread in 2 documents, 1 group\n"), "{shown}");
    assert!(
        shown.contains("2      2          万元。窗口»#«另行登记。") || shown.contains("窗口»#«另行登记"),
        "{shown}"
    );
    let line = REPORT.lines().position(|line| line.contains("窗口")).expect("the line") + 1;
    assert!(shown.contains(&format!("another.txt:{line}:")), "{shown}");
}

#[test]
fn unread_numbers_of_a_dataset_are_shown_in_their_reports() {
    let root = folder();
    let reports = report_in(root.path()).parent().expect("a folder").to_owned();
    let out = root.path().join("out");
    extract_well(&reports, &out, &[]);
    let of_dataset = said(&["unread", path(&out), "--reports", path(&reports)], 0);
    assert_eq!(of_dataset, said(&["unread", path(&reports)], 0));
    let output = run(&["unread", path(&out)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--reports DIR"), "{}", stderr(&output));
}

#[test]
fn a_place_at_which_a_block_begins_is_in_that_block() {
    let root = folder();
    let file = root.path().join("report.txt");
    fs::write(
        &file,
        "云溪县水务局2031年度部门决算\n一、收入情况说明\n收入合计12万元。\n二、支出情况说明\n支出合计9万元。\n",
    )
    .expect("report");
    let shown = said(&["inspect", path(&file), "--at", "4"], 0);
    assert!(shown.contains("block:   heading 2, lines 4\n"), "{shown}");
    let shown = said(&["inspect", path(&file), "--at", "5"], 0);
    assert!(shown.contains("block:   paragraph, lines 5\n"), "{shown}");
}

#[test]
fn five_faults_of_a_grammar_folder_are_named_at_once() {
    let root = folder();
    let grammars = grammars_in(root.path());
    append(&grammars.join("narrative/words.toml"), "\n[[word]]\nkind = \"upwards\"\nany = [\"向上\"]\n");
    append(
        &grammars.join("narrative/subjects.toml"),
        "\n[[subject]]\nconcept = [\"income.nowhere\"]\nwords = [\"甲(乙\"]\n",
    );
    append(
        &grammars.join("narrative/numbers.toml"),
        "\n[[number]]\nname = \"x\"\nclass = \"period\"\nbeforehand = [\"年\"]\nexample = \"1\"\n",
    );
    append(&grammars.join("tables/income.toml"), "\n[[column]]\nlabels = [\"丙\"]\nphase = \"later\"\n");
    let shown = said(&["grammar", "check", path(&grammars)], 1);
    for words in [
        "unknown kind of word “upwards”",
        "unknown concept “income.nowhere”",
        "in the pattern “甲(乙”",
        "unknown field `beforehand`",
        "unknown phase “later”, expected one of approved",
    ] {
        assert!(shown.contains(words), "`{words}` is missing in\n{shown}");
    }
    assert!(shown.contains("5 faults; the cases were not run"), "{shown}");
    assert_eq!(shown.matches("  --> ").count(), 5, "{shown}");
    let output = run(&["inspect", "-", "--grammars", path(&grammars)]);
    assert_eq!(output.status.code(), Some(2), "a faulty grammar stops every command");
}

#[test]
fn a_case_that_fails_is_shown_and_can_be_refreshed() {
    let root = folder();
    let grammars = grammars_in(root.path());
    let cases = grammars.join("narrative/trial.cases.txt");
    fs::write(&cases, "=== trial: a reception\n@ section = 七、“三公”经费支出决算情况说明\n国内公务接待18批次。\n---\n18..20  \"18\"  period\n").expect("cases");
    let shown = said(&["grammar", "check", path(&grammars)], 1);
    assert!(shown.contains("case failed: trial: a reception\n  --> narrative/trial.cases.txt:1"), "{shown}");
    assert!(
        shown.contains("- 18..20 \"18\" period\n") && shown.contains("+ 18..20 \"18\" three_public.reception.batches"),
        "{shown}"
    );
    let shown = said(&["grammar", "check", path(&grammars), "--update"], 0);
    assert!(shown.contains("trial.cases.txt"), "{shown}");
    let written = fs::read_to_string(&cases).expect("cases");
    assert!(
        written.ends_with("---\n18..20  \"18\"  three_public.reception.batches  count  executed  18 batch  2021\n"),
        "{written}"
    );
    assert!(said(&["grammar", "check", path(&grammars), "--update"], 0).contains("no file of cases changed"));
}

#[test]
fn an_entry_that_cannot_win_is_warned_of() {
    let root = folder();
    let grammars = grammars_in(root.path());
    append(&grammars.join("narrative/words.toml"), "\n[[word]]\nkind = \"down\"\nany = [\"增加了\"]\n");
    let shown = said(&["grammar", "check", path(&grammars)], 0);
    let line = fs::read_to_string(grammars.join("narrative/words.toml")).expect("words").lines().count();
    assert!(shown.contains(&format!("--> narrative/words.toml:{line}:9")), "{shown}");
    assert!(shown.contains("warning[shadowed]: “增加了” is already up"), "{shown}");
}

#[test]
fn coverage_counts_what_each_rule_read() {
    let root = folder();
    let reports = report_in(root.path()).parent().expect("a folder").to_owned();
    for format in ["parquet", "csv"] {
        let out = root.path().join(format);
        extract_well(&reports, &out, &["--format", format]);
        let shown = said(&["grammar", "coverage", path(&out)], 0);
        let row = |rule: &str| {
            let line = shown.lines().find(|line| line.split_whitespace().nth(3) == Some(rule));
            line.map(|line| line.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>())
        };
        assert_eq!(row("narrative/subject:income.total"), Some(vec!["3".to_owned(), "3".to_owned()]), "{shown}");
        let silent = shown.split_once("that read nothing").expect("the silent rules").1;
        assert!(silent.contains("narrative/number:telephone "), "{silent}");
    }
    let output = run(&["grammar", "coverage", path(root.path())]);
    assert_eq!(output.status.code(), Some(2), "no dataset");
    assert!(stderr(&output).contains("help: give the folder that `juesuan extract"), "{}", stderr(&output));
}

/// The annotation of the report as drafted, its dataset, and their folders.
fn drafted(root: &Path) -> (PathBuf, PathBuf) {
    let file = report_in(root);
    let (gold, out) = (root.join("gold"), root.join("out"));
    said(&["annotate", path(&file), "--out", path(&gold)], 0);
    extract_well(&file, &out, &[]);
    (out, gold)
}

#[test]
fn a_draft_is_never_written_over_corrections() {
    let root = folder();
    let (_, gold) = drafted(root.path());
    let file = root.path().join("reports/云溪.txt");
    let output = run(&["annotate", path(&file), "--out", path(&gold)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--overwrite replaces it"), "{}", stderr(&output));
    said(&["annotate", path(&file), "--out", path(&gold), "--overwrite"], 0);
}

#[test]
fn a_draft_has_the_columns_of_the_annotation_guide() {
    let root = folder();
    let (_, gold) = drafted(root.path());
    let figures = fs::read_to_string(gold.join("云溪/figures.csv")).expect("figures");
    let header =
        "id,line,byte_start,byte_end,raw,class,value,unit,concept,item,measure,phase,period,base_period,flags,note";
    assert_eq!(figures.lines().next(), Some(header));
    let at = REPORT.find("6.20").expect("the number");
    let row = ",6.20,figure,-62000,CNY,income.total,收入总计,change,executed,2031,2030,,";
    assert!(figures.contains(&format!("{at},{}{row}", at + 4)), "{figures}");
    assert!(figures.contains(",77,,,,,,,,,,,unread: class and meaning have to be told"), "{figures}");
    let cells = fs::read_to_string(gold.join("云溪/tables.csv")).expect("cells");
    assert_eq!(cells.lines().next(), Some("table,title,kind,row,col,rowspan,colspan,text,byte_start,byte_end,header"));
    assert!(cells.contains(",statement,0,2,1,1,本年收入合计,"), "{cells}");
}

/// Rewrites a line of a draft.
fn correct(gold: &Path, from: &str, to: &str) {
    let file = gold.join("云溪/figures.csv");
    let text = fs::read_to_string(&file).expect("figures");
    assert!(text.contains(from), "`{from}` is missing in\n{text}");
    fs::write(file, text.replacen(from, to, 1)).expect("figures");
}

#[test]
fn a_score_counts_by_hand() {
    let root = folder();
    let (out, gold) = drafted(root.path());
    // The unread number is a name; 6.20 is a rise for once; a figure is no figure; a period is another.
    correct(&gold, ",77,,", ",77,identifier,");
    correct(&gold, ",6.20,figure,-62000,", ",6.20,figure,62000,");
    correct(&gold, ",142,figure,142,person_time", ",142,threshold,142,person_time");
    let shown = said(&["score", path(&out), path(&gold), "--errors", "9"], 0);
    let figures = fs::read_to_string(gold.join("云溪/figures.csv")).expect("figures");
    let tokens = figures.lines().count() - 1;
    let due = figures.lines().filter(|line| line.contains(",figure,")).count();
    let ratio = |part: usize, whole: usize| {
        let shown = format!("{}.{:04}", part / whole, (part % whole * 100_000 / whole + 5) / 10);
        shown.trim_end_matches('0').to_owned()
    };
    for line in [
        format!("tokens          {tokens}\n"),
        "found           1.0\n".to_owned(),
        format!("class_accuracy  {}\n", ratio(tokens - 2, tokens)),
        "unread          1\n".to_owned(),
        "false_facts     1\n".to_owned(),
        format!("facts_due       {due}\n"),
        format!("figure_f1       {}\n", ratio(2 * due, 2 * due + 1)),
        format!("value           {}\n", ratio(due - 1, due)),
        format!("facts_full      {}\n", ratio(due - 1, due)),
        "concept         1.0\n".to_owned(),
        "facts_full_table 1.0\n".to_owned(),
        "cells           1.0\n".to_owned(),
        "relations_f1    1.0\n".to_owned(),
    ] {
        assert!(shown.contains(&line), "`{line}` is missing in\n{shown}");
    }
    assert!(shown.contains("  value     line    19           6.20  gold 62000  got ['-62000.000000']\n"), "{shown}");
    assert_eq!(shown.lines().filter(|line| line.contains("  gold ")).count(), 3, "{shown}");
}

#[test]
fn a_score_is_that_of_score_py() {
    let root = folder();
    let (out, gold) = drafted(root.path());
    correct(&gold, ",6.20,figure,-62000,CNY,income.total,", ",6.20,figure,-62000,CNY,income.other,");
    correct(&gold, ",18,figure,18,batch,", ",18,figure,18,次,");
    correct(&gold, ",142,figure,142,person_time", ",142,ordinal,142,person_time");
    let shared = std::env::var_os("JUESUAN_SHARED")
        .map_or(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let script = [shared, "/work/shared".into()]
        .map(|folder| folder.join("gold/score.py"))
        .into_iter()
        .find(|path| path.is_file());
    let polars =
        Command::new("python3").args(["-c", "import polars"]).output().is_ok_and(|output| output.status.success());
    let Some(script) = script.filter(|_| polars) else {
        println!("skipped: score.py or python3 with polars is missing");
        return;
    };
    for more in [&["--errors", "50"][..], &["--json"], &["--doc", "云"]] {
        let python =
            Command::new("python3").arg(&script).args([&out, &gold]).args(more).output().expect("python3 runs");
        assert!(python.status.success(), "{}", stderr(&python));
        assert_eq!(said(&[&["score", path(&out), path(&gold)], more].concat(), 0), stdout(&python));
    }
}

#[test]
fn a_folder_without_annotations_is_refused() {
    let root = folder();
    let output = run(&["score", path(root.path()), path(root.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no annotated report lies here"), "{}", stderr(&output));
}
