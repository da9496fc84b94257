//! The program as its user meets it: arguments, messages, exit codes.

use super::support::*;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Severity, code and document of every problem but that the invented regions stand in no list.
fn problems(out: &Path) -> Vec<(String, String, String)> {
    let rows = parquet_rows(out, "problems").into_iter().filter(|row| row[2] != "region-unknown");
    rows.map(|row| (row[1].clone(), row[2].clone(), row[0].clone())).collect()
}

fn codes(out: &Path) -> Vec<String> {
    problems(out).into_iter().map(|(_, code, _)| code).collect()
}

#[test]
fn the_help_tells_a_newcomer_everything() {
    let output = juesuan().args(["extract", "--help"]).output().expect("juesuan runs");
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("extract-help", stdout(&output));
}

#[test]
fn a_run_says_what_it_came_to() {
    let root = folder();
    let out = root.path().join("out");
    let output = extract_well(&reports(root.path(), 3), &out, &[]);
    let summary = stdout(&output);
    for word in ["documents             3\n", "numbers", "figures", "unread", "facts", "checks", "held", "problems"] {
        assert!(summary.contains(word), "`{word}` is missing in\n{summary}");
    }
    assert!(summary.contains(&format!("written to {}", out.display())), "{summary}");
}

#[test]
fn few_documents_get_a_line_each_and_many_only_the_sum() {
    let root = folder();
    let output = extract_well(&reports(root.path(), 3), &root.path().join("few"), &[]);
    let lines: Vec<String> = stderr(&output).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let counted = parquet_rows(&root.path().join("few"), "documents");
    let place = |name: &str| parquet(&root.path().join("few"), "documents").get_column_index(name).expect("a column");
    let (facts, unread, failed) = (place("facts"), place("unread"), place("checks_failed"));
    for (line, row) in lines.iter().zip(&counted) {
        assert!(line.starts_with(&format!("{}: {} facts, {} of ", row[0], row[facts], row[unread])), "{line}");
        assert!(line.contains(&format!(" by rounding, {} failed, ", row[failed])), "{line}");
    }
    let output = extract_well(&reports(root.path(), 21), &root.path().join("many"), &[]);
    assert!(!stderr(&output).contains(" facts, "), "{}", stderr(&output));
    assert!(stdout(&output).contains("documents            21\n"), "{}", stdout(&output));
}

#[test]
fn strict_stops_a_pipeline_at_a_failing_check() {
    let root = folder();
    let input = root.path().join("report.txt");
    let strict = |sum: &str, out: &str, more: &[&str]| {
        let text = format!(
            "河北省2031年度部门决算\n\n七、“三公”经费支出决算情况说明\n\n2031年“三公”经费财政拨款支出决算为{sum}万元，\
             其中：因公出国（境）费1.00万元，公务用车购置及运行费8.00万元，公务接待费4.00万元。\n"
        );
        fs::write(&input, text).expect("a report");
        let output = extract(&input, &root.path().join(out), more);
        let failed = column(&root.path().join(out), "documents", "checks_failed").remove(0);
        (output.status.code(), failed)
    };
    assert_eq!(strict("13.00", "sound", &["--strict"]), (Some(0), "0".to_owned()));
    assert_eq!(strict("14.00", "lenient", &[]), (Some(0), "1".to_owned()));
    assert_eq!(strict("14.00", "strict", &["--strict"]), (Some(1), "1".to_owned()));
}

#[test]
fn quiet_prints_nothing_but_errors() {
    let root = folder();
    let input = reports(root.path(), 2);
    let output = extract_well(&input, &root.path().join("well"), &["--quiet"]);
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
    fs::write(input.join("scan.txt"), "%PDF-1.7").expect("a PDF");
    let output = extract(&input, &root.path().join("ill"), &["--quiet"]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(1), String::new()));
    assert!(stderr(&output).starts_with("error[not-text]: scan.txt: "), "{}", stderr(&output));
}

/// `/dev/full` is Linux's.
#[cfg(target_os = "linux")]
#[test]
fn a_summary_that_cannot_be_printed_costs_the_exit_status() {
    let root = folder();
    let (input, out) = (reports(root.path(), 2), root.path().join("out"));
    let full = || fs::File::options().write(true).open("/dev/full").expect("a device that is full");
    let run = |arguments: &[&str]| juesuan().args(arguments).stdout(full()).output().expect("juesuan runs");
    let (input, folder) = (input.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let output = run(&["extract", input, "--out", folder]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("error: cannot write to standard output: "), "{}", stderr(&output));
    assert!(stderr(&output).contains("the dataset is complete"), "{}", stderr(&output));
    assert_eq!(column(&out, "documents", "document").len(), 2);
    for arguments in [&["schema"][..], &["check", folder]] {
        let code = run(arguments).status.code();
        assert!(code == Some(2), "{arguments:?} ended with {code:?}");
    }
    assert_eq!(run(&["extract", input, "--out", folder, "--overwrite", "--quiet"]).status.code(), Some(0));
}

#[test]
fn an_empty_file_is_named_and_gives_no_numbers() {
    let root = folder();
    let (input, out) = (root.path().join("empty.txt"), root.path().join("out"));
    fs::write(&input, "").expect("a file");
    let output = extract(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("error[empty-document]: empty.txt: "), "{}", stderr(&output));
    assert_eq!(column(&out, "documents", "numbers"), ["0"]);
    assert_eq!(problems(&out), [("error".into(), "empty-document".into(), "empty.txt".into())]);
}

#[test]
fn binary_files_are_named_and_the_rest_is_read() {
    let root = folder();
    let (input, out) = (reports(root.path(), 2), root.path().join("out"));
    fs::write(input.join("word.txt"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0").expect("a file");
    fs::write(
        input.join("noise.txt"),
        (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>(),
    )
    .expect("a file");
    let output = extract(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("error[not-text]: word.txt: "), "{}", stderr(&output));
    assert!(problems(&out).contains(&("error".into(), "not-text".into(), "word.txt".into())));
    assert_eq!(column(&out, "documents", "document").len(), 4);
    assert!(parquet(&out, "numbers").height() > 100);
}

#[test]
fn a_file_cut_inside_a_character_is_read_to_its_end() {
    let root = folder();
    let (input, out) = (root.path().join("cut.txt"), root.path().join("out"));
    let text = "本年收入12.50万元，本年支出";
    fs::write(&input, &text.as_bytes()[..text.len() - 1]).expect("a file");
    let output = extract(&input, &out, &[]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    assert_eq!(column(&out, "numbers", "raw"), ["12.50"]);
}

#[test]
fn other_files_of_a_folder_are_listed_and_not_read() {
    let root = folder();
    let (input, out) = (reports(root.path(), 1), root.path().join("out"));
    for name in ["a.pdf", "b.docx", "c.png", ".hidden.txt"] {
        fs::write(input.join(name), "1").expect("a file");
    }
    fs::write(input.join("附件2.某县决算"), "2019年").expect("a file");
    extract_well(&input, &out, &[]);
    let expected = [("warning", "a.pdf"), ("warning", "b.docx"), ("note", "c.png")];
    assert_eq!(problems(&out), expected.map(|(severity, name)| (severity.into(), "not-read".into(), name.into())));
    let documents = column(&out, "documents", "document");
    assert_eq!(documents, ["a.pdf", "b.docx", "c.png", "report-000.txt", "附件2.某县决算"]);
    assert_eq!(column(&out, "documents", "sha256").iter().filter(|digest| digest.is_empty()).count(), 3);
}

#[test]
fn documents_too_large_are_not_read() {
    let root = folder();
    let (input, out) = (reports(root.path(), 2), root.path().join("out"));
    fs::write(input.join("large.txt"), "9".repeat(20_000)).expect("a file");
    let output = extract(&input, &out, &["--max-document-bytes", "10000"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(codes(&out), ["too-large"]);
    assert!(
        stderr(&output).contains("large.txt: not read: 20000 bytes, and the limit is 10000"),
        "{}",
        stderr(&output)
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_does_not_stop_the_run() {
    let root = folder();
    let (input, out) = (reports(root.path(), 2), root.path().join("out"));
    // Neither waits for a writer nor follows a link, and fails for the super-user as well.
    assert!(Command::new("mkfifo").arg(input.join("pipe.txt")).status().expect("mkfifo runs").success());
    std::os::unix::fs::symlink("nowhere", input.join("link.txt")).expect("a link");
    let output = extract(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("error[not-a-file]: pipe.txt: "), "{}", stderr(&output));
    assert_eq!(
        problems(&out),
        [
            ("note".into(), "not-read".into(), "link.txt".into()),
            ("error".into(), "not-a-file".into(), "pipe.txt".into())
        ]
    );
    assert!(parquet(&out, "numbers").height() > 100);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder();
    let (input, out) = (reports(root.path(), 2), root.path().join("out"));
    let locked = input.join("locked.txt");
    fs::write(&locked, "2019年").expect("a file");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read(&locked).is_ok() {
        eprintln!("skipped: this user may read every file, whatever its permissions");
        return;
    }
    let output = extract(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(problems(&out), [("error".into(), "unreadable".into(), "locked.txt".into())]);
}

#[test]
fn a_missing_input_is_wrong_usage_and_nothing_is_written() {
    let root = folder();
    let out = root.path().join("out");
    let output = extract(&root.path().join("reprots"), &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("reprots cannot be opened"), "{}", stderr(&output));
    assert!(!out.exists());
    assert_eq!(juesuan().args(["extract"]).output().expect("juesuan runs").status.code(), Some(2));
    let jobs = juesuan().args(["extract", "x", "--jobs", "0"]).output().expect("juesuan runs");
    assert_eq!(jobs.status.code(), Some(2));
}

#[test]
fn an_output_that_cannot_be_written_is_said_with_what_to_do() {
    let root = folder();
    let (input, out) = (reports(root.path(), 1), root.path().join("out"));
    fs::write(&out, "a file in its place").expect("a file");
    let output = extract(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(message.contains("out cannot be used") && message.contains("--out DIR"), "{message}");
    let inside = extract(&input, &out.join("below"), &[]);
    assert_eq!(inside.status.code(), Some(2));
    assert_eq!(extract(&input, &input, &[]).status.code(), Some(2), "the input folder itself");
}

#[test]
fn a_dataset_is_replaced_only_on_request_and_foreign_files_stay() {
    let root = folder();
    let (input, out) = (reports(root.path(), 4), root.path().join("out"));
    fs::create_dir_all(&out).expect("a folder");
    fs::write(out.join("README.md"), "mine").expect("a file");
    extract_well(&input, &out, &["--part-bytes", "2000"]);
    let before = files(&out);
    let output = extract(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(message.contains("a dataset lies there already") && message.contains("--overwrite"), "{message}");
    assert_eq!(files(&out), before, "refused without touching anything");

    fs::write(out.join("numbers/notes.txt"), "mine as well").expect("a file");
    extract_well(&input, &out, &["--overwrite", "--format", "csv"]);
    let mut names: Vec<_> = files(&out).into_keys().collect();
    names.retain(|name| !TABLES.contains(&name.trim_end_matches(".csv")));
    assert_eq!(names, ["README.md", "datapackage.json", "manifest.jsonl", "numbers/notes.txt"]);
}

#[test]
fn foreign_parts_are_not_mixed_with_ours() {
    let root = folder();
    let (input, out) = (reports(root.path(), 1), root.path().join("out"));
    fs::create_dir_all(out.join("facts")).expect("a folder");
    fs::write(out.join("facts/mine.parquet"), "?").expect("a file");
    let output = extract(&input, &out, &["--overwrite"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("mine.parquet"), "{}", stderr(&output));
    assert_eq!(files(&out).len(), 1);
}

#[test]
fn files_of_other_programs_are_not_overwritten() {
    let root = folder();
    let (input, out) = (reports(root.path(), 1), root.path().join("out"));
    fs::create_dir_all(&out).expect("a folder");
    for name in ["datapackage.json", "manifest.jsonl"] {
        fs::write(out.join(name), "{\"name\": \"mine\"}").expect("a file");
        let output = extract(&input, &out, &["--overwrite"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(&format!("{name} lies there, and juesuan did not write it")));
        fs::remove_file(out.join(name)).expect("it is still there");
    }
    assert!(files(&out).is_empty());
}

#[test]
fn the_bytes_do_not_depend_on_threads_or_runs() {
    let root = folder();
    let input = reports(root.path(), 40);
    for format in ["parquet", "csv"] {
        let out = |name: &str| root.path().join(format!("{format}-{name}"));
        for (name, jobs) in [("one", "1"), ("two", "2"), ("again", "2"), ("many", "7")] {
            extract_well(&input, &out(name), &["--format", format, "--jobs", jobs, "--part-bytes", "30000"]);
            assert_same_files(&out("one"), &out(name));
        }
    }
}

#[test]
fn standard_input_is_a_document() {
    let root = folder();
    let out = root.path().join("out");
    let mut child = juesuan()
        .args(["extract", "-", "--out"])
        .arg(&out)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("juesuan runs");
    child.stdin.take().expect("a pipe").write_all("收入12.50万元".as_bytes()).expect("written");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!(column(&out, "documents", "document"), ["stdin"]);
    assert_eq!(column(&out, "numbers", "raw"), ["12.50"]);
}

#[test]
fn documents_of_one_name_are_told_apart() {
    let root = folder();
    let out = root.path().join("out");
    for year in ["2019", "2020"] {
        fs::create_dir_all(root.path().join(year)).expect("a folder");
        fs::write(root.path().join(year).join("a.txt"), year).expect("a file");
    }
    fs::write(root.path().join("2020/b.txt"), "1").expect("a file");
    let mut command = juesuan();
    command.arg("extract").args(["2019", "2020", "2020/b.txt"].map(|name| root.path().join(name)));
    assert_eq!(command.arg("--out").arg(&out).output().expect("juesuan runs").status.code(), Some(0));
    assert_eq!(column(&out, "documents", "document"), ["2019/a.txt", "2020/a.txt", "b.txt"], "and b.txt only once");
    assert_eq!(codes(&out), ["document-renamed", "document-renamed"]);
}

#[test]
fn the_output_folder_inside_of_the_input_is_not_read() {
    let root = folder();
    let input = reports(root.path(), 2);
    let out = input.join("out");
    extract_well(&input, &out, &["--format", "csv"]);
    let first = files(&out);
    extract_well(&input, &out, &["--format", "csv", "--overwrite"]);
    assert_eq!(files(&out), first);
}
