//! How agencies are named (`vocabulary/agencies.toml`).
//!
//! In: the file. Out: [`Agencies`]: the ends of names, what follows and precedes them, captions.

use super::entries::{entries, parse_file, refuse_rest};
use super::fault::Fault;
use super::files::GrammarFiles;
use super::pattern::NamedWords;
use super::trie::Trie;
use super::vocabulary::{expand, file};
use serde::Deserialize;
use toml::Spanned;

const AGENCIES: &str = "vocabulary/agencies.toml";

/// Words that tell agencies.
#[derive(Clone, Debug, Default)]
pub struct Agencies {
    endings: Trie,
    followers: Trie,
    own: Trie,
    captions: Trie,
    central: Trie,
    prefixes: Trie,
    prefixes_reversed: Trie,
    no_regions: Trie,
    placeholders: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<Spanned<String>>,
    level: Option<Spanned<String>>,
}

/// Value of an ending that says nothing of the level.
const ANY_LEVEL: u32 = 0;
const TOWNSHIP: u32 = 1;

impl Agencies {
    /// Reads the file; faults are added to `faults`.
    #[must_use]
    pub fn load(files: &GrammarFiles, faults: &mut Vec<Fault>) -> Self {
        let file = file(files, AGENCIES, faults);
        let mut table = parse_file(file, faults);
        let mut agencies = Agencies::default();
        let kinds = ["ending", "follower", "own", "caption", "placeholder", "central", "prefix", "no_region"];
        for kind in kinds {
            for entry in entries::<Words>(file, &mut table, kind, faults) {
                let level = match entry.value.level {
                    None => ANY_LEVEL,
                    Some(level) if kind == "ending" && level.get_ref() == "township" => TOWNSHIP,
                    Some(level) => {
                        faults.push(file.fault(
                            level.span(),
                            format!("the level “{}”: expected “township”, at an ending", level.get_ref()),
                            None,
                        ));
                        continue;
                    }
                };
                for pattern in &entry.value.words {
                    for word in expand(file, pattern, &NamedWords::new(), faults).iter() {
                        match kind {
                            "ending" => agencies.endings.insert_reversed(word, level),
                            "follower" => agencies.followers.insert(word, 0),
                            "own" => agencies.own.insert(word, 0),
                            "caption" => agencies.captions.insert_reversed(word, 0),
                            "central" => agencies.central.insert(word, 0),
                            "no_region" => agencies.no_regions.insert(word, 0),
                            "prefix" => {
                                agencies.prefixes.insert(word, 0);
                                agencies.prefixes_reversed.insert_reversed(word, 0);
                            }
                            _ => agencies.placeholders.push(word.to_owned()),
                        }
                    }
                }
            }
        }
        refuse_rest(
            file,
            &table,
            "[[ending]], [[follower]], [[own]], [[caption]], [[placeholder]], [[central]], [[prefix]] or [[no_region]]",
            faults,
        );
        agencies.placeholders.sort_unstable();
        agencies
    }

    /// Whether `name` ends as agencies do.
    #[must_use]
    pub fn is_name(&self, name: &str) -> bool {
        self.endings.longest_at_end(name).is_some()
    }

    /// Whether `name` is that of a township or what belongs to one.
    #[must_use]
    pub fn is_township(&self, name: &str) -> bool {
        self.endings.longest_at_end(name).is_some_and(|(_, level)| level == TOWNSHIP)
    }

    /// Whether `rest` goes on as text does after a name.
    #[must_use]
    pub fn follows(&self, rest: &str) -> bool {
        self.followers.longest_at_start(rest).is_some()
    }

    /// Whether `rest` says that the name before it is the reporting agency's.
    #[must_use]
    pub fn is_own(&self, rest: &str) -> bool {
        self.own.longest_at_start(rest).is_some()
    }

    /// Length of the caption that `text` ends with: `公开部门`.
    #[must_use]
    pub fn caption_at_end(&self, text: &str) -> Option<usize> {
        self.captions.longest_at_end(text).map(|(length, _)| length)
    }

    /// Whether `name` is of the state, of no region.
    #[must_use]
    pub fn is_central(&self, name: &str) -> bool {
        self.central.longest_at_start(name).is_some()
    }

    /// Whether `name` begins with words that look like a region's short name and mean something else: 中山大学.
    #[must_use]
    pub fn begins_without_region(&self, name: &str) -> bool {
        self.no_regions.longest_at_start(name).is_some()
    }

    /// Length of what a party's or association's `name` begins with, before its region: `中共`.
    #[must_use]
    pub fn prefix(&self, name: &str) -> usize {
        self.prefixes.longest_at_start(name).map_or(0, |(length, _)| length)
    }

    /// Length of such a beginning that `text` ends with.
    #[must_use]
    pub fn prefix_at_end(&self, text: &str) -> usize {
        self.prefixes_reversed.longest_at_end(text).map_or(0, |(length, _)| length)
    }

    /// Whether `name` stands in the place of a name: 本部门.
    #[must_use]
    pub fn is_placeholder(&self, name: &str) -> bool {
        self.placeholders.binary_search_by(|word| word.as_str().cmp(name)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_tell_agencies() {
        let mut faults = Vec::new();
        let agencies = Agencies::load(&GrammarFiles::embedded(), &mut faults);
        assert_eq!(faults, []);
        assert!(agencies.is_name("云溪县实验小学"));
        assert!(!agencies.is_name("云溪县收入"));
        assert!(agencies.is_township("云溪县石桥镇人民政府"));
        assert!(!agencies.is_township("云溪县人民政府"));
        assert_eq!(agencies.caption_at_end("　公开部门"), Some("公开部门".len()));
        assert_eq!(agencies.prefix("中共云溪县委组织部"), "中共".len());
        assert!(agencies.is_placeholder("本部门"));
        assert!(agencies.follows("下属单位") && agencies.is_own("内设股室") && agencies.is_central("国家档案局"));
    }

    #[test]
    fn an_unknown_level_is_refused() {
        let mut files = GrammarFiles::embedded();
        files.put(AGENCIES, "[[ending]]\nlevel = \"village\"\nwords = [\"村\"]\n");
        let mut faults = Vec::new();
        let _ = Agencies::load(&files, &mut faults);
        assert_eq!(faults.iter().map(|fault| (fault.line, fault.column)).collect::<Vec<_>>(), [(2, 9)]);
    }
}
