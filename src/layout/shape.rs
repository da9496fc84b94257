//! What the words of one line look like: numbered, a title, a unit, a note, a sentence …
//!
//! In: a line's words without artefacts. Out: its [`Shape`]. Looks at one line only and decides
//! nothing: whether a numbered line is a heading depends on its neighbours ([`super::heading`]).
//! Surprise: long lines are prose whatever else they look like; they are not even searched.

use super::looks;
use super::numbering::Numbering;

/// Something that can be said of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Trait {
    /// An artefact stands in the line.
    Marked = 1,
    /// An artefact stands between its first and its last visible character.
    Cut = 1 << 1,
    /// It begins with a tab.
    TabLed = 1 << 2,
    /// It is nothing but a form feed.
    Feed = 1 << 3,
    /// Markup began it.
    Fresh = 1 << 4,
    /// Too long for anything but prose.
    Long = 1 << 5,
    /// A sentence ends inside it.
    Sentence = 1 << 6,
    /// Its last character ends a sentence.
    Closed = 1 << 7,
    /// It has a comma.
    Comma = 1 << 8,
    /// Its last character asks for more: `，`, `、`, `（`.
    Suspended = 1 << 9,
    /// It ends with a colon.
    Colon = 1 << 10,
    /// The unit of the table below it: `单位：万元`.
    Unit = 1 << 11,
    /// What else stands above a table: `公开01表`, `公开部门：…`, `(2020 年度)`.
    Form = 1 << 12,
    /// The title of a table: `收入支出决算总表`.
    Title = 1 << 13,
    /// The caption of a figure: `图4：…`.
    Caption = 1 << 14,
    /// `注：…`, `说明：…`.
    Note = 1 << 15,
    /// `附件1`, `附表：…`.
    Annex = 1 << 16,
    /// The title of a report inside the document: `…绩效评价报告`.
    Report = 1 << 17,
    /// A page number that says so: `- 12 -`, `第3页`.
    PageNumber = 1 << 18,
    /// Digits and nothing else, four at most.
    Integer = 1 << 19,
    /// Its last word is a number: `合计 307.82`.
    Amount = 1 << 20,
    /// It states an amount or a percentage: `3万元`, `95%`.
    Quantity = 1 << 21,
    /// Dots or a tab lead to a page number.
    Leader = 1 << 22,
    /// 目录.
    Contents = 1 << 23,
    /// A list item of Markdown: `- `.
    Bullet = 1 << 24,
    /// It has digits.
    Digits = 1 << 25,
}

/// The traits of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u32);

impl Traits {
    /// Whether `wanted` is among them.
    pub fn has(self, wanted: Trait) -> bool {
        self.0 & wanted as u32 != 0
    }

    /// The traits of both.
    pub fn and(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }

    /// Adds `more` if `true` is given.
    pub fn set(&mut self, more: Trait, really: bool) {
        self.0 |= if really { more as u32 } else { 0 };
    }
}

/// What a line looks like.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// Its traits.
    pub traits: Traits,
    /// Its number, if it begins with one.
    pub numbering: Option<Numbering>,
    /// Number of `#` before it.
    pub hashes: u8,
    /// Bytes of Markdown marks before its words.
    pub prefix: u8,
    /// Its words.
    pub words: u32,
}

/// Bytes beyond which a line is nothing but prose.
const LONG: usize = 270;

/// What is counted while a line is measured, so that its characters are gone over only once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// [`Trait::Sentence`], [`Trait::Comma`], [`Trait::Digits`], [`Trait::Quantity`].
    pub traits: Traits,
    /// Words between spaces.
    pub words: u32,
}

impl Shape {
    /// The shape of a line with these words, which were counted as `tally`.
    pub fn of(words: &str, tally: Tally) -> Shape {
        let mut shape = Shape { traits: tally.traits, words: tally.words, ..Shape::default() };
        let Some(last) = words.chars().next_back() else { return shape };
        let traits = &mut shape.traits;
        traits.set(Trait::Closed, matches!(last, '。' | '！' | '？' | '；' | '…'));
        traits.set(Trait::Suspended, matches!(last, '，' | '、' | '（' | '“' | '《' | ',' | '(' | '—'));
        traits.set(Trait::Colon, matches!(last, '：' | ':'));
        let marks = markdown_marks(words);
        shape.prefix = marks as u8;
        shape.hashes = words.bytes().take_while(|byte| *byte == b'#').count().min(marks) as u8;
        traits.set(Trait::Bullet, marks > 0 && shape.hashes == 0);
        let words = &words[marks..];
        shape.numbering = Numbering::read(words);
        if words.len() > LONG {
            for long in [Trait::Long, Trait::Sentence, Trait::Comma] {
                traits.set(long, true);
            }
            return shape;
        }
        describe(words, last, traits, shape.numbering.is_some());
        shape
    }

    /// Whether it has the trait.
    pub fn has(&self, wanted: Trait) -> bool {
        self.traits.has(wanted)
    }

    /// Whether it is a line of prose: a sentence, or part of one.
    pub fn is_prose(&self) -> bool {
        self.has(Trait::Sentence) || self.has(Trait::Long) || (self.has(Trait::Comma) && self.has(Trait::Closed))
    }
}

/// Bytes of `# ` or `- ` at the start of `words`.
fn markdown_marks(words: &str) -> usize {
    let bytes = words.as_bytes();
    let hashes = bytes.iter().take_while(|byte| **byte == b'#').count();
    let marks = match hashes {
        0 => usize::from(matches!(bytes.first(), Some(b'-' | b'*' | b'+'))),
        1..=6 => hashes,
        _ => 0,
    };
    let spaces = bytes[marks..].iter().take(4).take_while(|byte| **byte == b' ').count();
    // A dash may also be the minus of a number or part of a page number: `- 3 -`.
    let follows = bytes.get(marks + spaces).is_some_and(|byte| !byte.is_ascii() || hashes > 0);
    if marks > 0 && spaces > 0 && follows { marks + spaces } else { 0 }
}

/// Finds the traits of a line that is short enough to have them.
///
/// Most lines have none, and their first and last character tell so.
fn describe(words: &str, last: char, traits: &mut Traits, numbered: bool) {
    let bracket = matches!(last, '）' | ')');
    let sentence = traits.has(Trait::Sentence) || traits.has(Trait::Comma) || last == '。';
    let heading = !sentence && words.len() <= 150;
    if last.is_ascii_digit() {
        traits.set(Trait::Integer, words.len() <= 4 && words.bytes().all(|byte| byte.is_ascii_digit()));
        traits.set(Trait::Leader, looks::has_leader(words));
    }
    if last.is_ascii_digit() || bracket || matches!(last, '%' | '％') {
        traits.set(Trait::Amount, looks::ends_with_number(words));
    }
    if heading && (last == '表' || bracket || last.is_ascii_digit() || last == '续') {
        traits.set(Trait::Title, looks::is_title(words));
    }
    if heading && !numbered && (last == '告' || bracket) {
        traits.set(Trait::Report, looks::is_report(words));
    }
    // One look at five characters; a search would be prepared for first.
    if tail(words, 16).chars().any(|character| character == '元') {
        traits.set(Trait::Unit, looks::is_unit(words));
    }
    describe_start(words, heading, traits);
}

/// Finds the traits that show at the start of a line.
fn describe_start(words: &str, heading: bool, traits: &mut Traits) {
    let Some(first) = words.chars().next() else { return };
    match first {
        '公' | '附' | '财' | '编' | '填' | '部' | '单' | '预' | '评' | '(' | '（' => {
            traits.set(Trait::Form, looks::is_form(words));
        }
        '目' | 'C' | 'c' => traits.set(Trait::Contents, words.len() <= 24 && looks::is_contents(words)),
        '注' | '备' | '说' => traits.set(Trait::Note, looks::is_note(words)),
        '-' | '—' | '–' | '－' | '―' | '─' | '·' | '~' | '第' => {
            traits.set(Trait::PageNumber, words.len() <= 40 && looks::is_page_number(words));
        }
        '0'..='9' if words.len() <= 16 && words.contains('/') => {
            traits.set(Trait::PageNumber, looks::is_page_number(words));
        }
        _ => {}
    }
    match first {
        '图' | '表' | '(' | '（' => traits.set(Trait::Caption, looks::is_caption(words)),
        '附' => {
            traits.set(Trait::Annex, heading && looks::is_annex(words));
            traits.set(Trait::Note, looks::is_note(words));
        }
        _ => {}
    }
}

/// The last characters of `words`, `bytes` bytes at most.
fn tail(words: &str, bytes: usize) -> &str {
    let start = (words.len().saturating_sub(bytes)..=words.len()).find(|at| words.is_char_boundary(*at));
    &words[start.unwrap_or(0)..]
}
