//! The index of the corpus: what was read, what was not, what does not balance, and where.
//!
//! In: the [`Summary`] of every document. Out: HTML; the list of documents is data that the script shows as much
//! of as fits the screen.

use super::corpus::Summary;
use super::labels::{Label, Names, label};
use super::page::{self, Script};
use super::pictures::{NO_REGION, Picture, Regions, count, encoded, pictures};
use super::write::Options;
use crate::quantity::NumberClass;
use askama::Template;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Template)]
#[template(path = "index.html")]
struct IndexPage<'a> {
    policy: &'a str,
    style: &'a str,
    script: &'a str,
    data: String,
    totals: Vec<(&'static str, String, &'static str)>,
    pictures: Vec<Picture>,
    years: Vec<Option<i16>>,
    regions: Vec<RegionRow>,
    command: String,
}

impl IndexPage<'_> {
    fn t(key: &str) -> Label {
        label(key)
    }

    /// The label of one of a column's words.
    fn w(column: &str, word: &str) -> Label {
        label(&format!("{column}.{word}"))
    }
}

/// A region's documents by year.
struct RegionRow {
    key: String,
    label: Label,
    years: Vec<(String, usize, usize)>,
}

/// One document of the list.
#[derive(Serialize)]
struct Listed<'a> {
    document: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    entity: Option<&'a str>,
    title: Option<&'a str>,
    region: Option<&'a str>,
    code: Option<&'a str>,
    year: Option<i16>,
    kind: Option<&'a str>,
    size: Option<u64>,
    numbers: u64,
    facts: u64,
    unread: u64,
    held: u64,
    failed: u64,
    public: Option<String>,
    classes: &'a [u64],
    layouts: &'a BTreeMap<String, u64>,
    failing: &'a BTreeMap<String, u64>,
    functions: Vec<&'a str>,
}

impl<'a> Listed<'a> {
    fn of(summary: &'a Summary) -> Self {
        let row = &summary.row;
        Listed {
            document: &row.document,
            page: summary.page.as_deref().ok(),
            why: summary.page.as_ref().err().map(|why| why.label()),
            entity: row.entity.as_deref(),
            title: row.title.as_deref(),
            region: row.region.as_deref(),
            code: row.region_code.as_deref(),
            year: row.fiscal_year,
            kind: row.report_kind.as_deref(),
            size: row.size,
            numbers: row.numbers,
            facts: row.facts,
            unread: row.unread,
            held: row.held,
            failed: row.failed,
            public: summary.public_sum().map(|sum| sum.normalize().to_string()),
            classes: &summary.classes,
            layouts: &summary.unread,
            failing: &summary.failing,
            functions: summary.spending.keys().map(String::as_str).collect(),
        }
    }
}

#[derive(Serialize)]
struct Data<'a> {
    documents: Vec<Listed<'a>>,
    classes: Vec<&'static str>,
    identities: BTreeMap<&'a str, &'a (String, String)>,
    labels: &'a BTreeMap<&'static str, Label>,
}

/// Writes the page.
///
/// # Errors
/// What the templates say.
pub fn render(documents: &[Summary], names: &Names, options: &Options) -> Result<String, askama::Error> {
    let met = documents.iter().flat_map(|document| document.failing.keys());
    let identities = met.filter_map(|id| names.identities.get_key_value(id));
    let data = Data {
        documents: documents.iter().map(Listed::of).collect(),
        classes: NumberClass::ALL.iter().map(|class| class.as_str()).collect(),
        identities: identities.map(|(id, name)| (id.as_str(), name)).collect(),
        labels: &super::labels::LABELS,
    };
    let years: BTreeSet<Option<i16>> = documents.iter().map(|document| document.row.fiscal_year).collect();
    let years: Vec<Option<i16>> = years.into_iter().collect();
    let Script { code, policy } = &*page::INDEX;
    IndexPage {
        policy,
        style: page::STYLE,
        script: code,
        data: page::json(&data).map_err(askama::Error::custom)?,
        totals: totals(documents),
        pictures: pictures(documents, names),
        regions: regions(documents, names, &years),
        years,
        command: command(options),
    }
    .render()
}

fn totals(documents: &[Summary]) -> Vec<(&'static str, String, &'static str)> {
    let sum = |of: fn(&Summary) -> u64| count(documents.iter().map(of).sum());
    vec![
        ("documents", count(documents.len() as u64), "#"),
        ("numbers", sum(|document| document.row.numbers), "#"),
        ("facts", sum(|document| document.row.facts), "#"),
        ("unread", sum(|document| document.row.unread), "#show=unread"),
        ("checks.held", sum(|document| document.row.held), "#"),
        ("checks.failed", sum(|document| document.row.failed), "#show=failed"),
    ]
}

fn regions(documents: &[Summary], names: &Names, years: &[Option<i16>]) -> Vec<RegionRow> {
    let regions = Regions::of(documents, names);
    let row = |(key, group): (&str, Vec<&Summary>)| {
        let of_year = |year: &Option<i16>| {
            let here = || group.iter().filter(|document| document.row.fiscal_year == *year);
            let word = year.map_or(NO_REGION.to_owned(), |year| year.to_string());
            (
                format!("#region={}&year={word}", encoded(key)),
                here().count(),
                here().filter(|document| document.row.failed > 0).count(),
            )
        };
        RegionRow { key: encoded(key), label: regions.label(key, &group), years: years.iter().map(of_year).collect() }
    };
    regions.group(documents).into_iter().map(row).collect()
}

/// The command that writes a page for one more document.
fn command(options: &Options) -> String {
    let quoted = |path: &std::path::Path| format!("'{}'", path.display().to_string().replace('\'', "'\\''"));
    let reports: Vec<String> = options.reports.iter().map(|path| format!(" --reports {}", quoted(path))).collect();
    format!("juesuan review {}{} --html {}", quoted(&options.out), reports.concat(), quoted(&options.html))
}
