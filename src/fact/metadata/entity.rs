//! The reporting agency (公开部门, 编制单位) as the document names itself.
//!
//! In: cover, headings, captions, mentions. Out: the name that most speaks for; a problem row where
//! cover, headings and captions name two. Short names (省医保局) support nothing and contradict nothing.

use super::cover::Cover;
use super::mentions::Mentions;
use super::names::{clean, is_full, name_in_title, title_start, trim_ordinal, words_before_accounts};
use crate::grammar::{Agencies, Grammars};
use crate::layout::{BlockKind, Layout, View};
use crate::problem::{Problem, Severity};
use crate::source::Span;
use memchr::memmem;

const COLON: &str = "：";
const OF_COVER: u32 = 60;
const OF_HEADING: u32 = 25;
const OF_CAPTION: u32 = 20;
/// So many captions count; every statement has one.
const MOST_CAPTIONS: usize = 40;
/// Nor do headings and captions name more agencies.
const MOST_CANDIDATES: usize = 64;
/// A caption and its value are not longer, in bytes.
const LONGEST_CAPTION: usize = 90;
const LONGEST_VALUE: usize = 300;
/// A name that only prose mentions must weigh so much.
const LEAST: u32 = 4;

/// The agency and where it is named.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// Where it stands first.
    pub span: Option<Span>,
}

#[derive(Debug)]
struct Candidate {
    name: String,
    weight: u32,
    span: Option<Span>,
    /// The cover, a heading or a caption names it.
    strong: bool,
}

/// Reads the reporting agency.
pub fn read_entity(
    text: &str,
    layout: &Layout,
    cover: &Cover,
    mentions: &Mentions,
    grammars: &Grammars,
    problems: &mut Vec<Problem>,
) -> Option<Entity> {
    let agencies = grammars.agencies();
    let mut candidates: Vec<Candidate> = Vec::new();
    let title = cover
        .title
        .as_deref()
        .and_then(|title| name_in_title(title, agencies).or_else(|| unusual_name(title, grammars)));
    if let Some(name) = &title {
        add(&mut candidates, name, OF_COVER, cover.span);
    }
    let mut view = View::default();
    for section in &layout.sections {
        view.fill(&section.title, &[Span::from(0..section.title.len())]);
        let words = title_start(view.text());
        let part = section.level == 1 && view.text().starts_with('第');
        let own = part || title.as_deref().is_some_and(|name| words.starts_with(name)) || has_region(words, grammars);
        if let Some(name) = own.then(|| name_in_title(words, agencies)).flatten() {
            add(&mut candidates, &name, OF_HEADING, Some(section.span));
        }
    }
    // 第一部分 云溪县水务局概况, in the contents: where the heading itself is broken, or lost.
    for paragraph in layout.paragraphs.iter().filter(|paragraph| paragraph.kind == BlockKind::Contents).take(16) {
        view.fill(text, &paragraph.pieces);
        let line = view.text().split("……").next().unwrap_or("");
        let part = line.starts_with("第一部分") && line.contains("概况");
        if let Some(name) = part.then(|| name_in_title(line, agencies)).flatten() {
            add(&mut candidates, &name, OF_HEADING, paragraph.pieces.first().copied());
        }
    }
    for (name, span) in captions(text, agencies).take(MOST_CAPTIONS) {
        add(&mut candidates, &name, OF_CAPTION, Some(span));
    }
    let strong = candidates.len();
    for mention in &mentions.agencies {
        match candidates[..strong].iter_mut().find(|candidate| same(&candidate.name, &mention.name)) {
            Some(candidate) => candidate.weight += mention.weight,
            None => candidates.push(Candidate {
                name: mention.name.clone(),
                weight: mention.weight,
                span: Some(mention.span),
                strong: false,
            }),
        }
    }
    tell_disagreement(text, &candidates[..strong], grammars, problems);
    // 教育局, 武侯区教育局 and 成都市武侯区教育局 speak for one another; the longest is the name.
    let together = |name: &str| {
        candidates[..strong].iter().filter(|other| same(&other.name, name)).map(|other| other.weight).sum::<u32>()
    };
    let rank = |candidate: &Candidate| {
        let weight = if candidate.strong { together(&candidate.name) } else { candidate.weight };
        let whole = candidate.strong && !is_abbreviated(&candidate.name, grammars);
        (whole, weight, candidate.name.len(), std::cmp::Reverse(candidate.span.map(|span| span.start)))
    };
    let best = candidates
        .iter()
        .filter(|candidate| candidate.strong || candidate.weight >= LEAST)
        .max_by_key(|candidate| rank(candidate))?;
    // 水务局 on the cover and 云溪县水务局 in the text: the longer one is its name.
    let longer = mentions
        .agencies
        .iter()
        .filter(|mention| mention.name.ends_with(&best.name) && !has_region(&best.name, grammars))
        .max_by_key(|mention| mention.weight);
    Some(Entity { name: longer.map_or_else(|| best.name.clone(), |mention| mention.name.clone()), span: best.span })
}

fn add(candidates: &mut Vec<Candidate>, name: &str, weight: u32, span: Option<Span>) {
    let room = candidates.len() < MOST_CANDIDATES;
    match candidates.iter_mut().find(|candidate| candidate.name == name) {
        Some(known) => known.weight += weight,
        None if room => candidates.push(Candidate { name: name.to_owned(), weight, span, strong: true }),
        None => {}
    }
}

/// 省医保局, 我局: a short name that says only the level.
pub fn is_abbreviated(name: &str, grammars: &Grammars) -> bool {
    let short = name.strip_prefix("自治").unwrap_or(name);
    short.starts_with(['省', '市', '县', '区', '州', '旗', '我', '本', '镇', '乡']) && !has_region(name, grammars)
}

fn has_region(name: &str, grammars: &Grammars) -> bool {
    let from = grammars.agencies().prefix(name);
    super::region::region_at(&name[from..], grammars).is_some()
}

/// A title's agency that ends as none of the vocabulary does, but begins with its region.
fn unusual_name(title: &str, grammars: &Grammars) -> Option<String> {
    let name = words_before_accounts(title, grammars.agencies())?;
    let bare = &name[grammars.agencies().prefix(name)..];
    let (region, _) = super::region::region_at(bare, grammars)?;
    // 云岭县“三公”经费支出决算情况: money is no agency.
    let of_money = ["经费", "支出", "收入", "资金", "三公"].iter().any(|word| bare[region..].contains(word));
    (bare[region..].chars().count() > 2 && name.chars().count() < 40 && !of_money).then(|| name.to_owned())
}

/// 武侯区教育局 is 成都市武侯区教育局.
fn same(one: &str, other: &str) -> bool {
    one.ends_with(other) || other.ends_with(one)
}

fn tell_disagreement(text: &str, strong: &[Candidate], grammars: &Grammars, problems: &mut Vec<Problem>) {
    let named = || strong.iter().filter(|candidate| !is_abbreviated(&candidate.name, grammars));
    let Some(best) = named().max_by_key(|candidate| candidate.weight) else { return };
    let Some(other) =
        named().filter(|candidate| !same(&candidate.name, &best.name)).max_by_key(|candidate| candidate.weight)
    else {
        return;
    };
    let line = |span: Option<Span>| span.map_or(1, |span| text[..span.start as usize].matches('\n').count() + 1);
    problems.push(Problem::new(
        Severity::Warning,
        "entity-disagrees",
        format!(
            "the report names itself “{}” in line {} and “{}” in line {}; expected one reporting agency, kept the first: see which of the two the accounts are of",
            best.name, line(best.span), other.name, line(other.span)
        ),
        other.span,
    ));
}

/// Every 公开部门：… and the like, with the span of the name.
fn captions<'t>(text: &'t str, agencies: &'t Agencies) -> impl Iterator<Item = (String, Span)> + 't {
    let wide = memmem::find_iter(text.as_bytes(), COLON).map(|at| (at, COLON));
    let narrow = memchr::memchr_iter(b':', text.as_bytes()).map(|at| (at, ":"));
    wide.chain(narrow).filter_map(move |(at, colon)| {
        if !text[..at].trim_end_matches([' ', '\u{3000}']).ends_with(['门', '位', '）', ')', '称']) {
            return None;
        }
        let begin = boundary(text, at.saturating_sub(LONGEST_CAPTION));
        let begin = text[begin..at].rfind('\n').map_or(begin, |newline| begin + newline + 1);
        let label: String = text[begin..at].chars().filter(|c| !matches!(c, ' ' | '\u{3000}')).collect();
        let label = ["（盖章）", "（公章）", "（章）", "(盖章)", "(公章)"]
            .iter()
            .fold(label.as_str(), |label, seal| label.trim_end_matches(seal));
        let length = agencies.caption_at_end(label)?;
        let before = &label[..label.len() - length];
        if before.ends_with(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
            return None;
        }
        let from = at + colon.len();
        let rest = text[from..boundary(text, from + LONGEST_VALUE)].split(['\n', '\t', '|', '<']).next().unwrap_or("");
        let (value, lead) = (rest.trim(), rest.len() - rest.trim_start().len());
        let words = [value.split([' ', '\u{3000}']).next().unwrap_or(""), value.split("  ").next().unwrap_or("")];
        let view = |words: &str| View::of(words, &[Span::from(0..words.len())]).text().to_owned();
        words.iter().find_map(|words| {
            let cleaned = view(words);
            let name = clean(trim_ordinal(&cleaned), agencies);
            is_full(name, agencies).then(|| (name.to_owned(), Span::from(from + lead..from + lead + words.len())))
        })
    })
}

/// The first character's start at or behind byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}
