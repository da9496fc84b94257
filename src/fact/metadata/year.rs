//! The fiscal year: the one that title, headings and totals speak of.
//!
//! In: paragraphs. Out: the year with most weight. A date says when something was, 与2019年相比 what is
//! compared with, and an annex (附件) may be another year's: these weigh little or nothing.

use super::cover::Cover;
use crate::layout::{BlockKind, Layout, View};
use crate::source::Span;
use std::cmp::Reverse;

const OF_COVER: u32 = 400;
const OF_ACCOUNTS_HEADING: u32 = 120;
const OF_HEADING: u32 = 20;
const OF_TOTAL: u32 = 60;
const OF_ACCOUNTS: u32 = 30;
const OF_FISCAL_YEAR: u32 = 20;
const OF_YEAR: u32 = 10;
/// Words of a sentence that states the year's totals.
const TOTALS: [&str; 6] = ["总计", "收入合计", "支出合计", "总收入", "决算总", "收入总"];

#[derive(Default)]
struct Weights(Vec<(i16, u32)>);

impl Weights {
    fn add(&mut self, year: i16, weight: u32) {
        match self.0.iter_mut().find(|(known, _)| *known == year) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((year, weight)),
        }
    }

    fn heaviest(self) -> Option<i16> {
        // Of years that weigh the same, a cover means the earlier one, and prose the one that it names first.
        let rank = |(place, (year, weight)): &(usize, (i16, u32))| {
            let earliest = (*weight >= OF_COVER).then_some(Reverse(*year));
            (*weight, earliest, Reverse(*place))
        };
        let weighed = self.0.into_iter().enumerate().filter(|(_, (_, weight))| *weight > 0);
        weighed.max_by_key(rank).map(|(_, (year, _))| year)
    }
}

/// The year reported about.
pub fn fiscal_year(text: &str, layout: &Layout, cover: &Cover) -> Option<i16> {
    let mut weights = Weights::default();
    for year in cover.lines.iter().flat_map(|line| years(line)).filter(|year| !year.date) {
        weights.add(year.number, OF_COVER);
    }
    let mut annexed = false;
    for paragraph in layout.paragraphs.iter().skip(cover.end) {
        match paragraph.kind {
            BlockKind::Contents => {}
            BlockKind::Heading(_) => {
                let view = View::of(text, &paragraph.pieces);
                annexed |= view.text().starts_with("附件")
                    || view.text().starts_with("附表")
                    || view.text().contains("部分附件");
                weigh_heading(view.text(), annexed, &mut weights);
            }
            _ => weigh_prose(text, &paragraph.pieces, annexed, &mut weights),
        }
    }
    if weights.0.iter().all(|(_, weight)| *weight == 0) {
        for year in years(text).filter(|year| !year.date) {
            weights.add(year.number, 1 + u32::from(year.rest.starts_with('度')));
        }
    }
    weights.heaviest()
}

fn weigh_heading(words: &str, annexed: bool, weights: &mut Weights) {
    let accounts = words.contains("决算") || words.contains("收支");
    let weight = if accounts { OF_ACCOUNTS_HEADING } else { OF_HEADING };
    for year in years(words).filter(|year| !year.date) {
        weights.add(year.number, if annexed { weight / 6 } else { weight });
    }
}

fn weigh_prose(text: &str, pieces: &[Span], annexed: bool, weights: &mut Weights) {
    let mut first = true;
    for piece in pieces {
        let words = piece.of(text);
        let mut accounts = None;
        for year in years(words) {
            let total = first && TOTALS.iter().any(|word| head(year.rest).contains(word));
            first = false;
            let accounts = *accounts.get_or_insert_with(|| words.contains("决算"));
            let weight = match () {
                () if year.date || year.compared => 0,
                () if total => OF_TOTAL,
                () if accounts => OF_ACCOUNTS,
                () if year.rest.starts_with('度') => OF_FISCAL_YEAR,
                () => OF_YEAR,
            };
            weights.add(year.number, if annexed { weight / 6 } else { weight });
        }
    }
}

/// The next words of `rest`, enough for 2020年度收、支总计.
fn head(rest: &str) -> &str {
    &rest[..rest.char_indices().nth(16).map_or(rest.len(), |(at, _)| at)]
}

/// A year in a text.
struct Year<'t> {
    number: i16,
    /// What follows 年.
    rest: &'t str,
    /// Part of a date: 2018年12月31日.
    date: bool,
    /// Compared with: 与2019年相比.
    compared: bool,
}

/// Every `20xx年` of `words`, in digits of half or full width or 二〇二〇年.
fn years(words: &str) -> impl Iterator<Item = Year<'_>> {
    words.match_indices('年').filter_map(|(at, mark)| {
        let before = words[..at].trim_end();
        let (year, begin) = digits_at_end(before)?;
        let rest = words[at + mark.len()..].trim_start();
        // 2019年9月, 二〇一九年八月; but 2019年三公经费.
        let month = rest.chars().take(3).find(|c| digit(*c).is_none() && *c != '十');
        let numbered = rest.chars().next().is_some_and(|c| digit(c).is_some() || c == '十');
        let date = numbered && (month == Some('月') || rest.starts_with(|c: char| c.is_ascii_digit()))
            || rest.starts_with(['底', '末', '初']);
        let compared = before[..begin].trim_end().ends_with(['与', '比', '较', '同', '至', '-', '—', '～']);
        Some(Year { number: year, rest, date, compared })
    })
}

/// The year of four digits that `text` ends with, and where it begins.
fn digits_at_end(text: &str) -> Option<(i16, usize)> {
    let mut year = 0;
    let mut begin = text.len();
    let mut places = 1;
    let mut count = 0;
    for (at, c) in text.char_indices().rev() {
        let Some(value) = digit(c) else { break };
        if count == 4 {
            return None;
        }
        (year, places, count, begin) = (year + value * places, places.saturating_mul(10), count + 1, at);
    }
    (count == 4 && (1990..2100).contains(&year)).then_some((year, begin))
}

fn digit(c: char) -> Option<i16> {
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        '〇' | '○' | '零' | 'Ｏ' => 0,
        _ => "一二三四五六七八九".chars().position(|numeral| numeral == c)? as u32 + 1,
    };
    i16::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::metadata::cover::read_cover;
    use crate::layout::lay_out;

    fn year_of(text: &str) -> Option<i16> {
        let layout = lay_out(text);
        fiscal_year(text, &layout, &read_cover(text, &layout))
    }

    #[test]
    fn years_stand_before_their_mark() {
        let found: Vec<_> = years("云溪县2021 年度部门决算，与2020年相比，12021年，二〇一九年，２０１８年")
            .map(|year| (year.number, year.compared))
            .collect();
        assert_eq!(found, [(2021, false), (2020, true), (2019, false), (2018, false)]);
    }

    #[test]
    fn the_year_of_the_title_wins_over_that_of_publication() {
        let text = "云溪县水务局\n2018年度部门决算\n\n公开时间：2019年9月6日\n\n目录\n\n第一部分 部门概况\n\n2019年，2019年，2019年。\n";
        assert_eq!(year_of(text), Some(2018));
    }

    #[test]
    fn an_annex_of_another_year_does_not_count() {
        let text = "第一部分 部门概况\n\n第二部分 2022年度部门决算情况说明\n\n一、收入支出决算总体情况\n\n2022年度收、支总计12.50万元。与2021年相比，减少3.00万元。\n\n附件1\n\n2023年部门整体绩效评价报告\n\n2023年实施，2023年度项目。\n";
        assert_eq!(year_of(text), Some(2022));
    }

    #[test]
    fn of_years_told_as_often_the_first_counts() {
        let text = "2017年云溪区“三公”经费58万元，较2015年下降2%，主要是2016年开展公车改革，车辆减少。\n";
        assert_eq!(year_of(text), Some(2017));
    }

    #[test]
    fn a_numeral_behind_the_year_is_no_month() {
        assert_eq!(year_of("2031年三公经费预算58万元，和2030年的预算比有所增加。\n"), Some(2031));
        assert_eq!(year_of("云溪县水务局\n二〇三〇年度决算\n二〇三一年十二月\n"), Some(2030));
    }

    #[test]
    fn without_a_year_there_is_none() {
        assert_eq!(year_of("云溪县水务局部门决算\n"), None);
    }
}
