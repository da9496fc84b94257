//! The table of identities in the docs, and the check as a whole on generated statements.

use super::*;
use crate::extract_document;
use crate::grammar::GrammarFiles;
use crate::grammar::identities::{Each, Identity, Sum, Term};
use std::fmt::Write;
use std::path::Path;

fn grammars() -> Grammars {
    Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load")
}

fn term(term: &Term) -> String {
    let mut words = term.concepts.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" or ");
    if let Some(code) = &term.code {
        let _ = write!(words, " of `economic_code` {code}");
    }
    if let Some(fund) = term.fund {
        let _ = write!(words, " of `fund` {}", fund.as_str());
    }
    if term.all {
        words = format!("Σ {words}");
    }
    if term.optional {
        words = format!("[{words}]");
    }
    words
}

fn side(terms: &[Term]) -> String {
    let mut words = String::new();
    for found in terms {
        let sign = match (found.minus, words.is_empty()) {
            (true, _) => " − ",
            (false, true) => "",
            (false, false) => " + ",
        };
        words.push_str(sign);
        words.push_str(&term(found));
    }
    words
}

fn formula(grammars: &Grammars, identity: &Identity) -> String {
    let place = |index: usize| grammars.identities().places()[index].name.as_str();
    match &identity.rule {
        Rule::Sum(Sum { place: index, each, left, right, .. }) => {
            let each = if *each == Each::Place { "chapter" } else { each.as_str() };
            format!("{} = {}; in {}, each {each}", side(left), side(right), place(*index))
        }
        Rule::Same(same) => {
            let terms = same.terms.iter().map(|(found, index)| format!("{} in {}", term(found), place(*index)));
            terms.collect::<Vec<_>>().join(" = ")
        }
        Rule::Codes(codes) => {
            let columns = codes.columns.iter().map(|(whole, part)| format!("`{part}` ≤ `{whole}`"));
            let columns = columns.collect::<Vec<_>>().join(", ");
            format!("by `function_code`: {columns}; {} within {}", place(codes.part), place(codes.whole))
        }
        Rule::Children(children) => {
            let code = if children.economic { "economic_code" } else { "function_code" };
            format!("`value` = Σ `value` by the prefix of `{code}`; in {}, each column", place(children.place))
        }
        Rule::Share(share) => {
            let parts = share.parts.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" or ");
            format!("`share` = 100 × {parts} ÷ `{}`", share.of)
        }
        Rule::Words(_) => "words after `execution_rate` against 100".to_owned(),
        Rule::Machine(machine) => format!("code: `{}`", machine.as_str()),
    }
}

/// What `docs/identities.md` must say.
fn documentation(grammars: &Grammars) -> String {
    let mut text = String::from(
        "# Identities\n\n\
         What the figures of a report owe each other: every `identity` of the table `checks`, as it stands in\n\
         `grammars/identities/*.toml`. Written by the test `the_docs_list_every_identity`; to write it anew:\n\
         `JUESUAN_UPDATE=1 cargo test --lib the_docs_list`.\n\n\
         A printed number stands for the interval of its last digit: 1070.59 万元 is 10 705 850 to 10 705 950 yuan.\n\
         Amounts of yuan with their cents, and counts printed in ones, are exact. Sums add the intervals.\n\n\
         - `holds`: the intervals meet.\n\
         - `rounding`: they meet only if a figure was cut off instead of rounded, or is one in its last digit away\n  \
         (sums, and shares that were made to add to 100 %).\n\
         - `fails`: they cannot meet. The first of `facts` is the figure most likely wrong, and `message` says why.\n\
         - `undecided`: a figure is missing, doubtful (flags `template`, `ocr`, `approximate`) or one of several; a blank\n  \
         cell may be a lost figure; the column of a figure had to be guessed; its sentence was torn at a page end; the\n  \
         table's own sums say that it was misread; no sum of its statement vouches for a figure that disagrees with\n  \
         another place; figures that disagree may be of several units, years, budgets or another scope (several\n  \
         statements of one kind, 不含, 全县, 口径, an annex, a table in another unit than it says).\n\n\
         In text whose tables have no columns left (layout `flow`) blank cells leave no trace, yet amounts are not lost: a\n\
         row may be summed where it is the whole row against its first figure, or where each amount of the table has its\n\
         label. Else what a blank may explain is `undecided` there.\n\n\
         `juesuan extract` tries all but `corpus.*`, which need several documents. `juesuan check OUT` tries all but\n\
         `frame.*`, which need the report and are kept. Checks of `corpus.*` stand with the later document, and name both.\n\n\
         What the one other program for these reports goes wrong in, and what is done about it here: codes and numbers of\n\
         rows and pages are never added as money (they are identifiers of the ledger, or set aside); figures meet only in\n\
         the same place, phase, year and fund; a blank cell is nothing only where the layout shows that it is blank; there\n\
         are no tolerances but the printed digits; a statement that goes on after a page end is put together again. Its\n\
         rules on the nine statements are covered by `summary.*`, `income.*`, `expenditure.*`, `appropriation.*`,\n\
         `general_budget.*`, `basic.*`, `three_public.*`, `government_fund.*` and `state_capital.*` within them, `same.*` and\n\
         `codes.*` between them and against the text, `text.*`, `share.*`, `growth` and `execution` within the text,\n\
         `words.*` for wordings, `frame.*` for contents, years and agencies.\n\n\
         What no identity can see: quantities that are near but not one by definition (公用经费 and 机关运行经费), counts\n\
         at different dates, figures without a concept, the number of things that a sentence lists, a wrong name of a\n\
         right figure outside of the classes. A person has to read those.\n\n\
         `[…]` may be missing; Σ adds all facts of the concept; places are those of `grammars/identities/places.toml`\n\
         (01 to 09 are the nine statements). Where a sum of the text claims to be complete (`complete` in the grammar):\n\
         if the printed shares of its parts add to 100 %, or if 其他 is among them; else parts may only not exceed the whole.\n\n\
         | identity | formula | in words | fields |\n|---|---|---|---|\n",
    );
    for identity in grammars.identities().all() {
        let fields = formula(grammars, identity).replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {} | {} | {fields} |", identity.id, identity.zh, identity.en);
    }
    text
}

#[test]
fn the_docs_list_every_identity() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/identities.md");
    let wanted = documentation(&grammars());
    if std::env::var_os("JUESUAN_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("docs")).expect("docs can be made");
        std::fs::write(&path, &wanted).expect("docs/identities.md can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "docs/identities.md is old: JUESUAN_UPDATE=1 cargo test --lib the_docs_list");
}

/// Identities that cannot hold, or cannot fail: 0 % of nothing is no finding, a lost table is no fault of the report.
const ONE_WAY: [&str; 5] = ["text.basic_classes", "growth.zero_base", "words.class", "words.unit", "frame.contents"];

#[test]
fn every_identity_has_cases_that_hold_and_fail() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammars/identities");
    let mut cases = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.to_string_lossy().ends_with(".cases.txt") {
            cases.push_str(&std::fs::read_to_string(entry).expect("cases"));
        }
    }
    let grammars = grammars();
    // Those of several documents have none in the form of cases: `tests/suite/again.rs`.
    let ids = grammars.identities().all().iter().map(|identity| identity.id.as_str());
    for id in ids.filter(|id| !id.starts_with("corpus.")) {
        let has = |status: &str| cases.lines().any(|line| line.split_whitespace().take(2).eq([status, id]));
        let (holds, fails) = (has("holds"), has("fails"));
        assert!(if ONE_WAY.contains(&id) { holds || fails || has("undecided") } else { holds && fails }, "{id}");
    }
}

/// A statement 03 of `classes` classes with one item each.
fn statement(classes: u32) -> String {
    let mut text = String::from(
        "云岭县示范局2031年度部门决算\n\n支出决算表\n公开03表\n单位：元\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n",
    );
    let _ = writeln!(text, "合计\t合计\t{}.50\t{}.50\t0.00", classes * 100, classes * 100);
    for class in 0..classes {
        // Codes of sections, so that there is room for many.
        let (section, item) = (20_100 + class, 2_010_000 + class * 100 + 1);
        let _ = writeln!(text, "{section}\t类别{class}\t100.00\t100.00\t0.00");
        let _ = writeln!(text, "{item}\t项目{class}\t100.00\t100.00\t0.00");
    }
    text
}

#[test]
fn a_statement_of_many_classes_is_summed_once() {
    let grammars = grammars();
    let text = statement(800);
    let extraction = extract_document(text.as_bytes(), "many.txt", &grammars);
    let children = extraction.checks.iter().filter(|check| check.identity == "expenditure.classes");
    // A total and 800 sections, in two columns; the third is nothing but zeros. The total has half a yuan too much.
    let (fails, holds): (Vec<_>, Vec<_>) = children.partition(|check| check.status == Status::Fails);
    assert_eq!((fails.len(), holds.len()), (2, 1600));
    assert!(fails.iter().all(|check| check.facts.len() == 801));
}

#[test]
fn a_failing_check_names_the_suspect_and_where_both_values_stand() {
    let text = "云岭县示范局2031年度部门决算\n\n一般公共预算财政拨款“三公”经费支出决算表\n公开07表\n单位：万元\n\
                合计\t因公出国（境）费\t公务用车购置及运行费\t公务用车购置费\t公务用车运行费\t公务接待费\n\
                13.16\t0.00\t8.16\t0.00\t8.16\t5.00\n\n\
                七、“三公”经费支出决算情况说明\n\n2031年“三公”经费财政拨款支出决算为12.60万元。\n";
    let grammars = grammars();
    let extraction = extract_document(text.as_bytes(), "public.txt", &grammars);
    let failed: Vec<_> = extraction.checks.iter().filter(|check| check.status == Status::Fails).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].span.of(text), "12.60");
    assert_eq!(
        failed[0].message,
        "“三公”经费 12.60 万元 in section “七、“三公”经费支出决算情况说明” against “三公”经费 13.16 万元 in table 0 \
         (公开07表, row 1, column 0); 0.56 万元 apart; most likely wrong: “三公”经费 12.60 万元 in section \
         “七、“三公”经费支出决算情况说明”, 13.16 万元 would balance (“三公”经费：三公表＝文字说明)"
    );
    let flagged = extraction.facts.iter().filter(|fact| fact.flags.has(Flags::INCONSISTENT));
    assert_eq!(flagged.map(|fact| fact.span.of(text)).collect::<Vec<_>>(), ["12.60"]);
}
