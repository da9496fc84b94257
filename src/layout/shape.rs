//! What the words of one line look like: numbered, a title, a unit, a note, a sentence …
//!
//! In: a line's words without artefacts. Out: its [`Shape`]. Looks at one line only and decides
//! nothing: whether a numbered line is a heading depends on its neighbours ([`super::heading`]).
//! Surprise: long lines are prose whatever else they look like; they are not even searched.

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
        traits.set(Trait::Leader, has_leader(words));
    }
    if last.is_ascii_digit() || bracket || matches!(last, '%' | '％') {
        traits.set(Trait::Amount, ends_with_number(words));
    }
    if heading && (last == '表' || bracket || last.is_ascii_digit() || last == '续') {
        traits.set(Trait::Title, is_title(words));
    }
    if heading && !numbered && (last == '告' || bracket) {
        traits.set(Trait::Report, is_report(words));
    }
    if tail(words, 16).contains('元') {
        traits.set(Trait::Unit, is_unit(words));
    }
    describe_start(words, heading, traits);
}

/// Finds the traits that show at the start of a line.
fn describe_start(words: &str, heading: bool, traits: &mut Traits) {
    let Some(first) = words.chars().next() else { return };
    match first {
        '公' | '附' | '财' | '编' | '填' | '部' | '单' | '预' | '(' | '（' => {
            traits.set(Trait::Form, is_form(words));
        }
        '目' | 'C' | 'c' => traits.set(Trait::Contents, words.len() <= 24 && is_contents(words)),
        '注' | '备' | '说' => traits.set(Trait::Note, is_note(words)),
        '-' | '—' | '–' | '－' | '―' | '─' | '·' | '~' | '第' | '0'..='9' => {
            traits.set(Trait::PageNumber, words.len() <= 40 && is_page_number(words));
        }
        _ => {}
    }
    match first {
        '图' | '表' | '(' | '（' => traits.set(Trait::Caption, is_caption(words)),
        '附' => {
            traits.set(Trait::Annex, heading && is_annex(words));
            traits.set(Trait::Note, is_note(words));
        }
        _ => {}
    }
}

/// The last characters of `words`, `bytes` bytes at most.
fn tail(words: &str, bytes: usize) -> &str {
    let start = (words.len().saturating_sub(bytes)..=words.len()).find(|at| words.is_char_boundary(*at));
    &words[start.unwrap_or(0)..]
}

/// `words` without white space; only for short ones.
fn squeeze(words: &str) -> String {
    words.chars().filter(|char| !char.is_whitespace()).collect()
}

fn is_contents(words: &str) -> bool {
    let words = squeeze(words);
    matches!(words.as_str(), "目录" | "目次" | "目錄") || words.eq_ignore_ascii_case("contents")
}

/// `- 12 -`, `— 3 —`, `第 3 页`, `第3页 共10页`, `3 / 24`.
fn is_page_number(words: &str) -> bool {
    if words.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let words = squeeze(words);
    let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let dashes = ['-', '—', '–', '－', '―', '─', '·', '~'];
    let inner = words.trim_matches(dashes);
    if digits(inner) && words.starts_with(dashes) && words.ends_with(dashes) {
        return true;
    }
    if let Some((page, pages)) = words.split_once('/') {
        return digits(page) && digits(pages);
    }
    words.strip_prefix('第').is_some_and(|rest| {
        let (page, pages) = rest.split_once('页').unwrap_or((rest, "缺"));
        let pages = pages.trim_start_matches(['，', ',', '/']);
        digits(page)
            && (pages.is_empty()
                || pages.strip_prefix('共').and_then(|rest| rest.strip_suffix('页')).is_some_and(digits))
    })
}

/// Whether the last word is a number, and not the end of a Chinese word.
fn ends_with_number(words: &str) -> bool {
    let word = words.rsplit([' ', '\u{3000}', '\t']).next().unwrap_or("");
    let number = word.trim_start_matches(['-', '－', '（', '(']).trim_end_matches(['%', '％', '）', ')']);
    number.bytes().any(|byte| byte.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// Whether dots or a tab lead to a page number at the end.
fn has_leader(words: &str) -> bool {
    let title = words.trim_end_matches(|char: char| char.is_ascii_digit());
    let digits = words.len() - title.len();
    if digits == 0 || digits > 4 {
        return false;
    }
    let spaces = title.trim_end_matches([' ', '\t', '\u{3000}']);
    let dots = spaces.trim_end_matches(['.', '…', '·', '．', '-', '—', '_', ' ']);
    let led = title.ends_with('\t') || title.len() >= spaces.len() + 4 || spaces.len() >= dots.len() + 3;
    led && dots.chars().next_back().is_some_and(|char| !char.is_ascii_digit())
}

/// `单位：万元`, `公开部门：云溪县医疗保障局  金额单位：元`.
fn is_unit(words: &str) -> bool {
    words.match_indices("单位").any(|(at, unit)| {
        let rest = words[at + unit.len()..].trim_start();
        let Some(rest) = rest.strip_prefix(['：', ':']) else { return false };
        let rest = rest.trim_start().trim_start_matches("人民币");
        let rest = rest.trim_start_matches(['万', '亿', '千', '百']);
        rest.strip_prefix('元').is_some_and(|rest| rest.len() <= 12)
    })
}

/// `公开01表`, `公开部门：…`, `(2020 年度)`: what stands above a table besides title and unit.
fn is_form(words: &str) -> bool {
    let squeezed = if words.len() <= 60 { squeeze(words) } else { return false };
    let numbered = squeezed.starts_with(['公', '附', '财']) && squeezed.ends_with('表') && squeezed.len() <= 24;
    if numbered && squeezed.bytes().any(|byte| byte.is_ascii_digit()) {
        return true;
    }
    if squeezed.starts_with(['(', '（']) && squeezed.contains("年度") && squeezed.len() <= 30 {
        return true;
    }
    let Some((label, _)) = squeezed.split_once(['：', ':']) else { return false };
    let labels = [
        "公开部门",
        "公开单位",
        "编制单位",
        "编制部门",
        "填报单位",
        "填报部门",
        "部门",
        "单位名称",
        "部门名称",
        "预算单位",
        "部门（单位）",
    ];
    labels.contains(&label)
}

/// `words` without what may follow a title: `（2）`, `(2018 年度)`, `（续）`.
fn without_brackets(words: &str) -> &str {
    let mut words = words.trim_end();
    for _ in 0..3 {
        let open = words.ends_with(['）', ')']).then(|| words.rfind(['（', '('])).flatten();
        let Some(open) = open.filter(|open| *open > 0) else { break };
        words = words[..open].trim_end();
    }
    words
}

fn is_title(words: &str) -> bool {
    let title =
        without_brackets(words).trim_end_matches(|char: char| char.is_ascii_digit() || char == '续' || char == ' ');
    title.ends_with('表')
        && title.chars().count() >= 3
        && !["下表", "如表", "见表", "上表", "附表", "代表", "公开表"].iter().any(|no| title.ends_with(no))
}

fn is_annex(words: &str) -> bool {
    let rest = ["附件", "附表", "附录"].iter().find_map(|annex| words.strip_prefix(annex));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty()
            || rest.starts_with(['：', ':', '—', '-'])
            || rest.starts_with(|char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char))
    })
}

fn is_report(words: &str) -> bool {
    let title = without_brackets(words);
    title.ends_with("报告")
        && ["绩效", "评价", "自评"].iter().any(|subject| title.contains(subject))
        && !title.contains(['《', '：', ':', '“'])
}

fn is_caption(words: &str) -> bool {
    let rest = words.trim_start_matches(['（', '(']);
    let Some(rest) = rest.strip_prefix('图').or_else(|| rest.strip_prefix('表')) else { return false };
    let rest = rest.trim_start();
    let number = rest.trim_start_matches(|char: char| char.is_ascii_digit() || "一二三四五六七八九十-".contains(char));
    number.len() < rest.len() && (number.is_empty() || number.starts_with(['：', ':', ' ', '、', '.', '　', '）']))
}

fn is_note(words: &str) -> bool {
    let rest = ["备注", "附注", "注释", "说明", "注"].iter().find_map(|note| words.strip_prefix(note));
    rest.is_some_and(|rest| rest.trim_start_matches(|char: char| char.is_ascii_digit()).starts_with(['：', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(words: &str) -> Shape {
        let lines = super::super::lines::split(words, &super::super::artefact::scan(words));
        lines[0].shape
    }

    fn has(words: &str, wanted: Trait) -> bool {
        shape(words).has(wanted)
    }

    #[test]
    fn titles_end_with_the_word_for_table() {
        for title in ["收入支出决算总表", "项目支出绩效目标完成情况表（2）", "收入决算表(2031 年度)", "支出决算表 续"]
        {
            assert!(has(title, Trait::Title), "{title}");
        }
        for other in ["详见下表", "收入决算表，见附件", "代表", "表"] {
            assert!(!has(other, Trait::Title), "{other}");
        }
    }

    #[test]
    fn units_and_forms_stand_above_tables() {
        assert!(has("单位：万元", Trait::Unit));
        assert!(has("公开部门：云溪县水务局        金额单位: 元", Trait::Unit));
        assert!(!has("实施单位：云溪县水务局", Trait::Unit));
        assert!(has("公开 01 表", Trait::Form));
        assert!(has("（2031年度）", Trait::Form));
        assert!(!has("2031年度", Trait::Form));
    }

    #[test]
    fn page_numbers_say_so() {
        for page in ["- 12 -", "— 3 —", "－7－", "第 3 页", "第3页 共10页", "3 / 24"] {
            assert!(has(page, Trait::PageNumber), "{page}");
        }
        for other in ["12", "-12", "第3部分", "3.5/2", "第一页"] {
            assert!(!has(other, Trait::PageNumber), "{other}");
        }
    }

    #[test]
    fn rows_of_a_flow_end_with_numbers() {
        assert!(has("合计 307.82 1,307.82", Trait::Amount));
        assert!(has("完成率 95.1%", Trait::Amount));
        assert!(!has("收入总计307.82万元", Trait::Amount));
    }

    #[test]
    fn leaders_lead_to_page_numbers() {
        assert!(has("一、主要职能............3", Trait::Leader));
        assert!(has("一、主要职能\t3", Trait::Leader));
        assert!(!has("合计 307.82", Trait::Leader));
    }

    #[test]
    fn captions_notes_and_annexes_are_told_by_their_first_word() {
        assert!(has("（图1：收支变动情况图）（柱状图）", Trait::Caption));
        assert!(has("图7：", Trait::Caption));
        assert!(!has("图书采购", Trait::Caption));
        assert!(has("注：本表反映部门收支。", Trait::Note));
        assert!(!has("注意事项：", Trait::Note));
        assert!(has("附件1", Trait::Annex));
        assert!(!has("附件资料完整", Trait::Annex));
        assert!(has("2031年部门整体支出绩效评价报告", Trait::Report));
        assert!(!has("《部门整体支出绩效评价报告》", Trait::Report));
    }

    #[test]
    fn markdown_marks_are_told_from_dashes_of_page_numbers() {
        assert_eq!(shape("## 一、概况").hashes, 2);
        assert_eq!(shape("- 一、部门职责").prefix, 2);
        assert_eq!(shape("- 3 -").prefix, 0);
        assert_eq!(shape("-3.5").prefix, 0);
    }
}
