//! Each kind of doubt, made on purpose in grammars that load.

use super::*;

/// The doubts about the embedded grammars with `more` at the end of `path`, those they have anyway left out.
fn doubts(path: &str, more: &str) -> Vec<(&'static str, String)> {
    let mut files = GrammarFiles::embedded();
    let before = lint(&files, &load(&files));
    let text = format!("{}\n{more}", files.get(path).expect("the file"));
    files.put(path, &text);
    let found = lint(&files, &load(&files));
    found
        .into_iter()
        .filter(|finding| !before.contains(finding))
        .map(|finding| (finding.code, finding.fault.message))
        .collect()
}

fn load(files: &GrammarFiles) -> Grammars {
    Grammars::load(files).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

#[test]
fn a_word_that_an_earlier_kind_keeps_is_shadowed() {
    let found = doubts("narrative/words.toml", "[[word]]\nkind = \"down\"\nany = [\"增加了\"]\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "shadowed");
    assert!(found[0].1.starts_with("“增加了” is already up (narrative/words.toml:"), "{found:?}");
}

#[test]
fn a_wording_of_two_unbound_concepts_is_ambiguous() {
    let found = doubts("narrative/classes.toml", "[[subject]]\nconcept = [\"income.other\"]\nwords = [\"经营收入\"]\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "ambiguous");
    assert!(found[0].1.contains("income.operating"), "{found:?}");
    let bound = "[[subject]]\nconcept = [\"income.other\"]\nin = [\"assets\"]\nwords = [\"经营收入\"]\n";
    assert_eq!(doubts("narrative/classes.toml", bound), []);
}

#[test]
fn half_width_brackets_never_match() {
    let found =
        doubts("narrative/classes.toml", "[[subject]]\nconcept = [\"income.other\"]\nwords = [\"杂项\\\\(补\\\\)\"]\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "never-matches");
    assert!(found[0].1.contains("where it is “杂项（补）”"), "{found:?}");
}

#[test]
fn a_number_rule_that_another_covers_never_wins_and_misses_its_example() {
    let rule = "[[number]]\nname = \"late-year\"\nclass = \"period\"\ndigits = [4, 4]\nfrom = 2000\nto = 2050\nafter = [\"年\"]\nexample = \"2021年\"\n";
    let codes: Vec<_> = doubts("narrative/numbers.toml", rule).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["shadowed", "example"]);
}

#[test]
fn a_guarded_title_and_a_label_of_two_columns_are_told() {
    let more = "[[column]]\nlabels = [\"经营收入\"]\nconcept = \"income.other\"\n\n[[statement]]\nkind = \"other\"\ntitles = [\"财政拨款收入决算表\"]\n";
    let found = doubts("tables/income.toml", more);
    assert!(found.iter().any(|(code, message)| *code == "ambiguous" && message.contains("“经营收入”")), "{found:?}");
}
