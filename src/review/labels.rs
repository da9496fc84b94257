//! What pages call things, in Chinese and English.
//!
//! In: a key. Out: [`Label`], both wordings, of which a page shows one. The list is `templates/labels.csv`; the
//! scripts of the pages get the same. Names of concepts and identities come from whoever knows the
//! grammars and are handed in as [`Names`].

use askama::Template;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Both wordings of one label.
#[derive(Clone, Debug, Serialize, Template)]
#[template(
    source = "<span class=\"zh\" lang=\"zh\">{{ zh }}</span><span class=\"en\" lang=\"en\">{{ en }}</span>",
    ext = "html"
)]
pub struct Label {
    pub zh: String,
    pub en: String,
}

/// It escapes what it holds.
impl askama::filters::HtmlSafe for Label {}

/// Every label by its key.
pub static LABELS: LazyLock<BTreeMap<&'static str, Label>> = LazyLock::new(|| {
    let lines = include_str!("../../templates/labels.csv").lines().skip(1);
    let label = |line: &'static str| {
        let mut fields = line.splitn(3, '|');
        let (key, zh, en) = (fields.next()?, fields.next()?, fields.next()?);
        Some((key, Label { zh: zh.to_owned(), en: en.to_owned() }))
    };
    lines.filter_map(label).collect()
});

/// The label of `key`; a word that has none stands for itself.
pub fn label(key: &str) -> Label {
    LABELS.get(key).cloned().unwrap_or_else(|| {
        let word = key.rsplit_once('.').map_or(key, |(_, word)| word);
        Label { zh: word.to_owned(), en: word.to_owned() }
    })
}

/// What the grammars call things.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Concepts by their ids.
    pub concepts: BTreeMap<String, (String, String)>,
    /// Identities by their ids.
    pub identities: BTreeMap<String, (String, String)>,
    /// Regions by the first two digits of their codes.
    pub provinces: BTreeMap<String, String>,
}

impl Names {
    /// The name of an identity.
    #[must_use]
    pub fn identity(&self, id: &str) -> Label {
        named(&self.identities, id)
    }
}

fn named(names: &BTreeMap<String, (String, String)>, id: &str) -> Label {
    let (zh, en) = names.get(id).cloned().unwrap_or_else(|| (id.to_owned(), id.to_owned()));
    Label { zh, en }
}
