//! What a passage says before its numbers are read one by one: the unit of its money, the codes of its classes, the
//! project that it is about.
//!
//! In: the passage's tokens. Out: rules of numbers, paths instead of codes with names, the context's unit and project.

use super::reader::Reader;
use super::token::{Kind, Level, Mark, Token};
use crate::figure::read_quantity;
use crate::grammar::narrative::WordKind;
use crate::quantity::Unit;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The most projects of a document that are recognised where they are named again.
const MOST_PROJECTS: usize = 200;

impl Reader<'_, '_, '_> {
    /// Classes that the characters directly around a number tell.
    pub(super) fn class_numbers(&mut self) {
        let grammar = self.grammars.narrative();
        self.rules = self
            .tokens
            .numbers
            .iter()
            .map(|number| {
                if number.numeral {
                    return None;
                }
                let range = number.range.clone();
                grammar.number_rule(
                    &self.text[..range.start],
                    &self.text[range.clone()],
                    &self.text[range.end..],
                    self.context.tags,
                )
            })
            .collect();
    }

    /// `（单位：万元）`: the unit of the amounts that follow without one.
    pub(super) fn find_unit(&mut self) {
        const MARK: &str = "单位：";
        // Prepared once: a passage is often shorter than what preparing costs.
        static FINDER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(MARK));
        let Some(at) = FINDER.find(self.text.as_bytes()) else { return };
        let quantity = read_quantity(&self.text[at + MARK.len()..], self.grammars.vocabulary());
        if quantity.unit.is_some_and(|unit| unit.unit == Unit::Cny) {
            self.context.money_factor = Some(quantity.factor);
        }
    }

    /// `2080505机关事业单位基本养老保险缴费支出：`: a code and the name of its class are a path.
    pub(super) fn name_classes(&mut self) {
        let mut at = 0;
        while at + 1 < self.tokens.tokens.len() {
            at += 1;
            let Kind::Number(number) = self.tokens.tokens[at - 1].kind else { continue };
            if !self.rules[number].is_some_and(|rule| rule.names_class) {
                continue;
            }
            let code = self.tokens.numbers[number].range.clone();
            let short = |at: usize| matches!(self.tokens.tokens.get(at), Some(token) if matches!(token.kind, Kind::Text) && token.range.len() < 7);
            let names = |(at, token): &(usize, &Token<'_>)| match &token.kind {
                Kind::Text | Kind::Subject(_) | Kind::Mark(Mark::Pause) => true,
                // 政府办公厅（室）及相关机构事务.
                Kind::Mark(Mark::Open) => short(at + 1),
                Kind::Mark(Mark::Close) => short(at - 1),
                Kind::Word(word, _) => matches!(
                    word,
                    WordKind::Noun | WordKind::Verb | WordKind::Owner | WordKind::Compare | WordKind::None
                ),
                _ => false,
            };
            let behind = self.tokens.tokens.iter().enumerate().skip(at);
            let count = behind.take_while(names).count().min(12);
            let Some(end) = count.checked_sub(1).map(|last| self.tokens.tokens[at + last].range.end) else { continue };
            let name = self.text[code.end..end]
                .trim_start_matches(['-', '—', '－', '–'])
                .trim_end_matches(['为', '是'])
                .trim()
                .to_owned();
            if name.chars().count() < 2 {
                continue;
            }
            let mut levels = vec![Level { depth: (code.len().saturating_sub(3) / 2).min(2), name }];
            // 社会保障和就业支出2080505…: the class stands right before.
            if let Some(before) = at.checked_sub(2).map(|before| &self.tokens.tokens[before])
                && matches!(before.kind, Kind::Subject(wording) if wording.is_class)
                && before.range.end == code.start
            {
                levels.insert(0, Level { depth: 0, name: self.text[before.range.clone()].to_owned() });
            }
            let tags = self.tokens.tokens[at].tags;
            self.tokens.tokens[at] = Token { kind: Kind::Path(levels), range: code.end..end, tags, office: false };
            for token in &mut self.tokens.tokens[at + 1..at + count] {
                *token = Token { kind: Kind::Text, range: end..end, tags, office: false };
            }
        }
    }

    /// `1.“城市运维”项目绩效目标完成情况综述`: the project that the paragraph speaks of.
    pub(super) fn find_project(&mut self) {
        let Some(mark) =
            self.tokens.tokens.iter().position(|token| matches!(token.kind, Kind::Word(WordKind::Project, _)))
        else {
            return self.find_quoted_project();
        };
        let lead = &self.text[..self.tokens.tokens[mark].range.start];
        let start = lead.rfind(['。', '；']).map_or(0, |at| at + '。'.len_utf8());
        let name = lead[start..]
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '（' | '）' | '.' | '、' | '．'));
        let name = name.trim_end_matches("项目").trim_matches(['“', '”', '《', '》', '：', '，', ' ']);
        if !name.is_empty() && name.chars().count() < 80 {
            self.context.project = Some(name.to_owned());
            if self.context.projects.len() < MOST_PROJECTS && !self.context.projects.iter().any(|known| known == name) {
                self.context.projects.push(name.to_owned());
            }
        }
    }

    /// `“农村厕所改造”项目绩效自评得分为96分`: the only project in quotes.
    pub(super) fn find_quoted_project(&mut self) {
        const MARK: &str = "”项目";
        if !self.context.tags.meets(self.grammars.narrative().tag("performance")) {
            return;
        }
        let Some(end) = self.text.find(MARK) else { return };
        let Some(start) = self.text[..end].rfind('“').map(|at| at + '“'.len_utf8()) else { return };
        let name = &self.text[start..end];
        let lone = !self.text[end + MARK.len()..].contains(MARK) && !self.text[..start].contains('”');
        if lone && self.text.contains("预算") && (2..40).contains(&name.chars().count()) {
            self.context.project = Some(name.to_owned());
        }
    }
}
