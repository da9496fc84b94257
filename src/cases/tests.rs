//! The form of cases, and what running them says.

use super::*;
use crate::grammar::Grammars;

const FILE: &str = "\
# Receptions.

=== reception: guests and amount in one sentence
@ section = 七、“三公”经费支出决算情况说明
@ year = 2031
国内公务接待18批次，142人次，共计支出1.36万元。
---
# The first number is a count.
18..20  \"18\"    three_public.reception.batches   count   executed  18 batch  2031

=== document number: states no fact
云医保〔2021〕17号
---
";

fn grammars() -> Grammars {
    Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load")
}

fn file(text: &str) -> GrammarFile<'_> {
    GrammarFile { path: "narrative/reception.cases.txt", text }
}

#[test]
fn a_case_has_a_name_a_place_a_text_and_expectations() {
    let cases = parse(file(FILE)).expect("cases");
    assert_eq!(cases.len(), 2);
    assert_eq!((cases[0].line, cases[0].year), (3, 2031));
    assert_eq!(cases[0].name, "reception: guests and amount in one sentence");
    assert_eq!(cases[0].section, ["七、“三公”经费支出决算情况说明"]);
    assert_eq!(cases[0].text, "国内公务接待18批次，142人次，共计支出1.36万元。");
    assert_eq!(cases[0].expected, ["18..20 \"18\" three_public.reception.batches count executed 18 batch 2031"]);
    assert_eq!((cases[1].year, cases[1].expected.len()), (USUAL_YEAR, 0));
}

#[test]
fn what_is_no_case_is_a_fault_with_its_line() {
    let text = "what the file is about\n=== one: a\n12\n---\n\n=== one: a\n@ month = 3\n12\n";
    let faults = parse(file(text)).expect_err("faults");
    let places: Vec<_> = faults.iter().map(|fault| (fault.line, fault.message.as_str())).collect();
    assert_eq!(
        places,
        [(7, "no setting of a case"), (6, "a case without `---`"), (6, "a case of that name stands above")]
    );
}

#[test]
fn what_differs_is_told_line_by_line() {
    let grammars = grammars();
    let cases = parse(file(FILE)).expect("cases");
    let outcome = run(&cases[0], &grammars);
    let difference = outcome.difference(&cases[0]).expect("two numbers are not expected");
    assert!(difference.contains("+ 29..32 \"142\" three_public.reception.persons"), "{difference}");
    assert!(!difference.contains("\"18\""), "{difference}");
    assert!(outcome.rules.iter().any(|rule| rule.contains("three_public.reception")), "{:?}", outcome.rules);
}

#[test]
fn refreshing_writes_what_came_out_and_keeps_comments() {
    let grammars = grammars();
    let written = updated(file(FILE), &grammars).expect("cases");
    assert!(written.contains("# The first number is a count.\n18..20"), "{written}");
    for case in parse(file(&written)).expect("cases") {
        assert_eq!(run(&case, &grammars).difference(&case), None);
    }
    assert!(written.contains("\"2021\"  identifier\n"), "{written}");
    assert_eq!(updated(file(&written), &grammars).expect("cases"), written);
}

#[test]
fn headings_that_are_not_read_as_such_are_told() {
    let case = Case { section: vec!["云溪".into()], ..parse(file(FILE)).expect("cases").swap_remove(0) };
    assert!(run(&case, &grammars()).lines[0].starts_with("the headings were read as “”"));
}

#[test]
fn a_grid_is_read_as_the_table_that_it_draws() {
    let text = "=== income: the whole\ntitle: 收入决算表\nunit: 万元\nyear: 2031\n| 项目 | < | 本年收入合计 |\n| 合计 | < | 12.5 |\n---\n";
    let cases = parse(file(text)).expect("cases");
    let outcome = run(&cases[0], &grammars());
    assert_eq!(outcome.lines[0], "kind income");
    assert!(
        outcome.lines[1].starts_with("1,2  12.5  income.current_year  amount executed 2031 all  125000 CNY"),
        "{:?}",
        outcome.lines
    );
    assert!(outcome.rules.contains("tables/income.toml#本年收入合计"), "{:?}", outcome.rules);
}

#[test]
fn every_case_of_the_grammars_holds() {
    let (files, grammars) = (GrammarFiles::embedded(), grammars());
    let cases = of_grammars(&files).unwrap_or_else(|faults| panic!("{}", faults[0]));
    assert!(cases.len() > 10, "{} cases", cases.len());
    let wrong: Vec<_> = cases
        .iter()
        .filter_map(|case| {
            Some(format!("{} ({}:{})\n{}", case.name, case.file, case.line, run(case, &grammars).difference(case)?))
        })
        .collect();
    assert!(wrong.is_empty(), "{}\n`juesuan grammar check grammars --update` writes what came out", wrong.join("\n"));
}
