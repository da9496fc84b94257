//! The review pages as files: which are written, what they hold, what is said about those that are not. How they
//! behave in a browser is tested in `tests/browser/`.

use super::support::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn review(root: &Path, more: &[&str]) -> Output {
    let folders = [root.join("out"), root.join("input"), root.join("html")];
    juesuan()
        .arg("review")
        .arg(&folders[0])
        .arg("--reports")
        .arg(&folders[1])
        .arg("--html")
        .arg(&folders[2])
        .args(more)
        .output()
        .expect("juesuan runs")
}

/// Four reports, read; the first says what does not add up.
fn dataset(root: &Path, more: &[&str]) {
    let input = reports(root, 3);
    fs::write(
        input.join("odd.txt"),
        "云溪县水利局2031年度部门决算\n\n共有电话〇九八七654号机房第3.5.7.9号，计12.34。\n",
    )
    .expect("a report");
    extract_well(&input, &root.join("out"), more);
}

fn pages(root: &Path) -> Vec<PathBuf> {
    let mut pages: Vec<_> = fs::read_dir(root.join("html/documents"))
        .expect("pages")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    pages.sort();
    pages
}

fn names(root: &Path) -> Vec<String> {
    pages(root).iter().map(|page| page.file_name().expect("a name").to_string_lossy().into_owned()).collect()
}

/// The data that a page carries.
fn data(page: &Path) -> serde_json::Value {
    let text = fs::read_to_string(page).expect("a page");
    let start = text.find("id=\"data\">").expect("data") + "id=\"data\">".len();
    let end = start + text[start..].find("</script>").expect("the end of the data");
    serde_json::from_str(&text[start..end]).expect("JSON")
}

#[test]
fn every_document_gets_a_page_from_parquet_and_csv_alike() {
    let mut found = Vec::new();
    for format in ["parquet", "csv"] {
        let root = folder();
        dataset(root.path(), &["--format", format]);
        let output = review(root.path(), &[]);
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()), "{format}");
        assert!(stdout(&output).ends_with("pages for 4 of 4 documents\n"), "{}", stdout(&output));
        let names = names(root.path());
        assert_eq!(names.len(), 4);
        assert!(names[0].starts_with("00000-2019_"), "{names:?}");
        let index = data(&root.path().join("html/index.html"));
        assert_eq!(index["documents"].as_array().map(Vec::len), Some(4));
        found.push(pages(root.path()).iter().map(|page| fs::read_to_string(page).expect("a page")).collect::<Vec<_>>());
    }
    assert_eq!(found[0], found[1]);
}

#[test]
fn a_page_holds_every_row_of_its_document() {
    let root = folder();
    dataset(root.path(), &[]);
    review(root.path(), &[]);
    let count = |table: &str, document: &str| {
        parquet_rows(&root.path().join("out"), table).iter().filter(|row| row[0] == document).count()
    };
    for page in pages(root.path()) {
        let data = data(&page);
        let document = data["document"].as_str().expect("a name");
        for table in ["numbers", "facts", "checks", "problems", "tables"] {
            assert_eq!(data[table].as_array().map(Vec::len), Some(count(table, document)), "{table} of {document}");
        }
        let text = fs::read_to_string(&page).expect("a page");
        let marks = text.matches("data-n=\"").count();
        assert!(marks >= count("numbers", document), "{document} has {marks} marks");
    }
}

#[test]
fn the_choice_says_which_documents_get_a_page() {
    let root = folder();
    dataset(root.path(), &[]);
    let chosen = |more: &[&str]| {
        let output = review(root.path(), more);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        names(root.path())
    };
    assert_eq!(chosen(&["--document", "odd.txt"]), ["00002-odd.txt.html"]);
    assert_eq!(chosen(&["--document", "2019"]).len(), 2, "a part of a name, and the page before is gone");
    assert_eq!(chosen(&["--sample", "3"]).len(), 3);
    let unread = parquet_rows(&root.path().join("out"), "documents").iter().filter(|row| row[13] != "0").count();
    assert_eq!(chosen(&["--unread"]).len(), unread);
    let output = review(root.path(), &["--document", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no document of the dataset is named `nowhere`"), "{}", stderr(&output));
}

#[test]
fn a_report_that_changed_or_is_gone_is_named_and_not_shown() {
    let root = folder();
    dataset(root.path(), &[]);
    let input = root.path().join("input");
    fs::write(input.join("odd.txt"), "云溪县水利局2031年度部门决算，又改过。").expect("another report");
    fs::remove_file(input.join("report-000.txt")).expect("removed");
    let output = review(root.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(
        told.contains("odd.txt: has changed since it was read") && told.contains("report-000.txt: no such report"),
        "{told}"
    );
    assert_eq!(names(root.path()).len(), 2);
    let index = fs::read_to_string(root.path().join("html/index.html")).expect("an index");
    assert!(index.contains("\"why\":\"page.changed\"") && index.contains("\"why\":\"page.not_found\""));
}

#[test]
fn a_file_that_is_no_text_stands_in_the_index_without_a_page() {
    let root = folder();
    let input = reports(root.path(), 1);
    fs::write(input.join("scan.txt"), "%PDF-1.7").expect("a PDF");
    extract(&input, &root.path().join("out"), &[]);
    let output = review(root.path(), &[]);
    assert_eq!((output.status.code(), names(root.path()).len()), (Some(0), 1), "{}", stderr(&output));
}

#[test]
fn only_our_own_pages_are_replaced() {
    let root = folder();
    dataset(root.path(), &[]);
    review(root.path(), &[]);
    let own = root.path().join("html/documents/notes.html");
    fs::write(&own, "<p>mine</p>").expect("a page of the user's");
    assert_eq!(review(root.path(), &["--sample", "1"]).status.code(), Some(0));
    assert_eq!(names(root.path()).len(), 2, "one page and the user's");
    fs::write(root.path().join("html/index.html"), "<p>mine</p>").expect("a page of the user's");
    let output = review(root.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("not of `juesuan review`"), "{}", stderr(&output));
}

#[test]
fn what_is_no_dataset_is_refused() {
    let root = folder();
    reports(root.path(), 1);
    let output = review(root.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("help:"), "{}", stderr(&output));
}

#[test]
fn a_page_has_a_policy_and_nothing_from_elsewhere() {
    let root = folder();
    dataset(root.path(), &[]);
    review(root.path(), &[]);
    for page in pages(root.path()).into_iter().chain([root.path().join("html/index.html")]) {
        let text = fs::read_to_string(&page).expect("a page");
        assert!(text.contains(
            "http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;sha256-"
        ));
        for word in ["src=", "http://", "https://", "@import", "url(", " style=\"", " onclick=", "<link", "<iframe"] {
            assert!(!text.contains(word), "{}: {word}", page.display());
        }
        assert_eq!(text.matches("<script").count(), 2, "{}: the data and the script", page.display());
    }
}

/// Every label that templates and scripts ask for, and every word that the tables may hold, has both wordings.
#[test]
fn every_label_has_both_wordings() {
    let read =
        |name: &str| fs::read_to_string(super::reading::package().join("templates").join(name)).expect("a template");
    let labels = read("labels.csv");
    let keys: Vec<&str> = labels.lines().skip(1).map(|line| line.split('|').next().unwrap_or("")).collect();
    let mut asked = Vec::new();
    for (name, openings) in [
        ("document.html", &["Self::t(\"", "data-label=\"", "data-placeholder=\""][..]),
        ("index.html", &["Self::t(\"", "data-label=\"", "data-placeholder=\""]),
        ("document.js", &["t('"]),
        ("index.js", &["t('"]),
    ] {
        let text = read(name);
        for opening in openings {
            for (at, _) in text.match_indices(opening) {
                let rest = &text[at + opening.len()..];
                if text[..at].ends_with(|before: char| before.is_ascii_alphanumeric()) {
                    continue; // the end of another function's name
                }
                let key: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "._".contains(*c)).collect();
                let called = rest[key.len()..].starts_with(['"', '\'']) && !key.is_empty() && !key.ends_with('.');
                asked.extend(called.then_some((name, key)));
            }
        }
    }
    let prefixes = [
        ("facts", "measure", "measure"),
        ("facts", "phase", "phase"),
        ("facts", "fund", "fund"),
        ("facts", "source", "source"),
        ("numbers", "class", "class"),
        ("tables", "kind", "table"),
        ("tables", "layout", "layout"),
        ("checks", "status", "status"),
        ("problems", "severity", "severity"),
        ("documents", "report_kind", "kind"),
    ];
    for (table, column, prefix) in prefixes {
        let table = juesuan::dataset::TABLES.iter().find(|one| one.name == table).expect("a table");
        let column = table.columns.iter().find(|one| one.name == column).expect("a column");
        asked.extend(column.words.expect("words")().into_iter().map(|word| ("tables", format!("{prefix}.{word}"))));
    }
    assert!(asked.len() > 100, "{asked:?}");
    let missing: Vec<_> = asked.iter().filter(|(_, key)| !keys.contains(&key.as_str())).collect();
    assert!(missing.is_empty(), "add them to templates/labels.csv: {missing:?}");
    let both = labels.lines().all(|line| line.split('|').filter(|field| !field.trim().is_empty()).count() >= 3);
    assert!(both, "each line of templates/labels.csv is key|Chinese|English");
}
