//! Paragraphs → facts: hands each paragraph to the narrative reader in the context of its section.
//!
//! In: layout and ledger. Out: claimed numbers and facts with source `narrative`. Paragraphs
//! without an open number are not even cleaned.

use super::ledger::Ledger;
use super::{Fact, FactSource, Flags};
use crate::grammar::Grammars;
use crate::grammar::narrative::Tags;
use crate::layout::{BlockKind, Layout, Paragraph, View};
use crate::narrative::{Claim, Context, Reading, read_passage};
use crate::quantity::{Fund, NumberClass};
use crate::source::Span;
use crate::trace::Trace;

const CONTENTS_RULE: &str = "layout/contents-page";

/// What holds in a section: the sum of what its headings open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting<'a> {
    /// Tags of its headings.
    pub tags: Tags,
    /// The concept of figures that name nothing themselves.
    pub subject: Option<&'a str>,
    /// The fund.
    pub fund: Option<Fund>,
}

/// What holds in each section of `layout`.
#[must_use]
pub fn settings<'a>(layout: &Layout, grammars: &'a Grammars) -> Vec<Setting<'a>> {
    let mut settings: Vec<Setting<'a>> = Vec::with_capacity(layout.sections.len());
    for section in &layout.sections {
        let mut setting = section.parent.and_then(|parent| settings.get(parent as usize)).copied().unwrap_or_default();
        let title = View::of(&section.title, &[Span::from(0..section.title.len())]);
        let (mut named, mut funds) = (Tags::default(), Vec::new());
        for rule in grammars.narrative().sections_of(title.text()) {
            setting.tags = setting.tags.with(rule.tags);
            funds.extend(rule.fund.filter(|fund| !funds.contains(fund)));
            // “三公”经费及公务接待费: of subjects with the same tag the first is what the section is about.
            if !named.meets(rule.tags) {
                setting.subject = rule.subject.as_deref().or(setting.subject);
            }
            named = named.with(rule.tags);
        }
        // 一般公共预算及政府性基金财政拨款“三公”经费: of both, and of neither alone.
        match funds[..] {
            [] => {}
            [fund] => setting.fund = Some(fund),
            _ => setting.fund = None,
        }
        settings.push(setting);
    }
    settings
}

/// Reads every paragraph that holds an open number.
pub fn read_paragraphs<'a>(
    text: &str,
    layout: &Layout,
    fiscal_year: Option<i16>,
    grammars: &'a Grammars,
    ledger: &mut Ledger<'a>,
    facts: &mut Vec<Fact<'a>>,
    trace: Option<&'a Trace>,
) {
    let settings = settings(layout, grammars);
    let mut context = Context { fiscal_year, ..Context::default() };
    let mut view = View::default();
    let mut section = None;
    for paragraph in &layout.paragraphs {
        let open = paragraph.pieces.iter().any(|piece| ledger.inside(*piece).any(|index| ledger.is_open(index)));
        if !open && !speaks_of_figures(text, paragraph, &settings) {
            continue;
        }
        if paragraph.section != section {
            section = paragraph.section;
            let setting = section.and_then(|section| settings.get(section as usize)).copied().unwrap_or_default();
            (context.tags, context.subject, context.fund) = (setting.tags, setting.subject, setting.fund);
            context.project = None;
            (context.named, context.before) = (None, None);
            context.path.clear();
        }
        if paragraph.kind == BlockKind::Contents {
            claim_page_number(text, &paragraph.pieces, ledger);
        }
        view.fill(text, &paragraph.pieces);
        context.trace = trace.filter(|trace| trace.meets(&paragraph.pieces));
        let readings = read_passage(view.text(), &mut context, grammars);
        if let Some(trace) = context.trace {
            trace.end_passage(|range| view.source_span(range));
        }
        for reading in readings {
            let span = view.source_span(reading.range.clone());
            let index = ledger.at(span.start).unwrap_or_else(|| ledger.word(span));
            take(reading, index, Place { span, section, cell: None, source: FactSource::Narrative }, ledger, facts);
        }
    }
}

/// Whether a paragraph without digits may state a quantity in words: 无…支出, 持平, 百分之五.
fn speaks_of_figures(text: &str, paragraph: &Paragraph, settings: &[Setting<'_>]) -> bool {
    let setting = paragraph.section.and_then(|section| settings.get(section as usize));
    let financial = setting.is_some_and(|setting| !setting.tags.is_empty()) && paragraph.kind == BlockKind::Paragraph;
    let says = |piece: &Span| {
        let words = piece.of(text);
        words.len() < 2_000
            && (words.contains('无')
                || words.contains("没有")
                || words.contains("未发生")
                || words.contains("持平")
                || words.contains("百分之")
                || words.contains('元')
                // A class path alone speaks for the paragraph behind it.
                || words.contains("（项）")
                || words.contains("(项)"))
    };
    financial && paragraph.pieces.iter().any(says)
}

/// The page number at the end of a line of the contents.
fn claim_page_number(text: &str, pieces: &[Span], ledger: &mut Ledger<'_>) {
    let Some(piece) = pieces.last() else { return };
    let end = piece.start as usize + piece.of(text).trim_end().len();
    if let Some(last) = ledger.inside(*piece).last().filter(|last| ledger.span(*last).end as usize == end) {
        ledger.claim(last, NumberClass::Artefact, CONTENTS_RULE);
    }
}

/// Where a reading stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The digits.
    pub span: Span,
    /// Index of the section.
    pub section: Option<u32>,
    /// Table, row and column.
    pub cell: Option<(u32, u32, u32)>,
    /// Prose, table or chart.
    pub source: FactSource,
}

/// Puts a reading of number `index` into the ledger and the facts.
pub fn take<'a>(reading: Reading<'a>, index: usize, place: Place, ledger: &mut Ledger<'a>, facts: &mut Vec<Fact<'a>>) {
    if reading.class == NumberClass::Unread || !ledger.claim(index, reading.class, reading.rule) {
        return;
    }
    if let Some(claim) = reading.claims.first() {
        ledger.value(index, claim.value, claim.unit.clone());
    }
    facts.extend(reading.claims.into_iter().map(|claim| fact(claim, index, place)));
}

fn fact(claim: Claim<'_>, index: usize, place: Place) -> Fact<'_> {
    let mut flags = Flags::default();
    for (set, flag) in [
        (claim.template, Flags::TEMPLATE),
        (claim.unit_implied, Flags::UNIT_IMPLIED),
        (claim.approximate, Flags::APPROXIMATE),
    ] {
        if set {
            flags = flags.with(flag);
        }
    }
    Fact {
        number: index as u32,
        span: place.span,
        value: claim.value,
        unit: claim.unit,
        concept: claim.concept,
        item: claim.item,
        measure: claim.measure,
        phase: claim.phase,
        period: claim.period,
        base_period: claim.base_period,
        fund: claim.fund,
        function_code: None,
        function_name: claim.function_name,
        economic_code: None,
        economic_name: claim.economic_name,
        project: claim.project,
        source: place.source,
        section: place.section,
        cell: place.cell,
        rule: claim.rule,
        flags,
    }
}
