//! Every case beside the grammars says what the program says. `juesuan grammar check grammars --update` writes down what it says
//! now; the diff is read before it is kept.

use crate::checks;
use juesuan::cases;
use juesuan::grammar::GrammarFiles;

#[test]
fn the_cases_of_the_grammars_hold() {
    let found = cases::of_grammars(&GrammarFiles::embedded()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert!(!found.is_empty(), "no cases in grammars/: each grammar has NAME.cases.txt beside it");
    let mut wrong = Vec::new();
    for case in &found {
        if let Some(difference) = cases::run(case, checks::embedded()).difference(case) {
            wrong.push(format!("grammars/{}:{}: {}\n{difference}", case.file, case.line, case.name));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases differ\n{}", wrong.len(), found.len(), wrong.join("\n"));
}

#[test]
fn every_grammar_of_tables_has_cases() {
    let files = GrammarFiles::embedded();
    let without = |path: &&str| files.get(&path.replace(".toml", ".cases.txt")).is_none();
    let missing: Vec<&str> = files.below("tables/", ".toml").map(|(path, _)| path).filter(without).collect();
    let known = ["tables/general_budget_project.toml"];
    let missing: Vec<_> = missing.into_iter().filter(|path| !known.contains(path)).collect();
    assert!(
        missing.is_empty(),
        "write cases beside these grammars, or list them with those known to have none: {missing:?}"
    );
}
