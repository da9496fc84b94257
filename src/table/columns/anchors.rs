//! The columns of a form on its later pages, told by its labels: 数量指标 stands below 二级指标, wherever that is.
//!
//! In: the columns in which words of a page stand, and the form's headings. Out: for each its own, in order. Every
//! indicator has a target and a value, and its points where the form gives any; only remarks stay blank. Pages are set
//! anew, so that place alone would give a page without remarks the columns of others.

use super::super::words::{is_dash, is_number, squeeze};
use super::align::match_page;
use super::forms::Numbered;
use super::words::part_headings;
use super::{Column, Line, Word};

/// Beginnings of labels of the second tier, which no label of the first one has.
const SECOND: [&str; 8] = ["数量", "质量", "时效", "经济效益", "社会效益", "生态效益", "可持续", "服务对象"];

/// What the headings of a form say of its columns.
pub(super) struct Columns {
    /// The column of 二级指标, and that of 三级指标 if there is one.
    second: usize,
    /// Columns of points: 分值, 得分.
    points: Vec<usize>,
    /// Whether the last one holds remarks.
    remarks: bool,
    width: usize,
}

/// What is known of the columns of a page.
pub(super) enum Told {
    /// Each is one of the form.
    All(Vec<Option<usize>>),
    /// Nothing but places tell.
    Nothing,
    /// There are too few, and which are missing cannot be told.
    Open,
}

/// Whether a heading is that of remarks.
pub(super) fn is_remark(heading: &str) -> bool {
    ["偏差", "原因", "备注", "说明", "措施"].iter().any(|words| heading.contains(words))
}

/// The columns of points: 分值, 得分.
fn points(headings: &[String]) -> Vec<usize> {
    let is_points = |heading: &String| {
        let words = heading.split(['（', '(']).next().unwrap_or(heading);
        ["分值", "得分", "权重", "分数", "满分", "标准分", "评分", "自评分"].iter().any(|end| words.ends_with(end))
    };
    (0..headings.len()).filter(|at| is_points(&headings[*at])).collect()
}

/// The columns of points that columns of a page are: they are filled from the left, and no indicator lacks its weight.
///
/// In a sheet that has no other figures, all figures are points, and what stands on their left is what the form has there.
pub(super) fn fill_points(
    text: &str,
    lines: &[Numbered],
    (own, places): (&[Column], &[Column]),
    points: &Points,
    found: &mut [Option<usize>],
) {
    let is_figures = |column: &Column| {
        let inside = |word: &&Word| column.from <= word.from && word.to <= column.to;
        let mut words = lines.iter().flat_map(|line| &line.words).filter(inside).peekable();
        words.peek().is_some() && words.all(|word| is_number(word.span.of(text)) || is_dash(word.span.of(text)))
    };
    let Some(first) = points.columns.first().copied() else { return };
    let near = |at: &usize| points.only || found[*at].is_some_and(|column| column >= first);
    let figures: Vec<usize> = (0..own.len()).filter(|at| near(at) && is_figures(&own[*at])).collect();
    let together = |at: &[usize]| at.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let fewer = figures.len() < points.columns.len() || points.only && figures.len() == points.columns.len();
    if figures.is_empty() || !fewer || !together(&points.columns) || !together(&figures) {
        return;
    }
    figures.iter().zip(&points.columns).for_each(|(at, column)| found[*at] = Some(*column));
    let labels = &own[..figures[0]];
    if points.only && labels.len() <= first {
        let told = match_page(labels, &places[..first], i32::MAX);
        found[..labels.len()].copy_from_slice(&told);
    }
}

/// The columns of points, and whether a form has no other figures.
pub(super) struct Points {
    pub(super) columns: Vec<usize>,
    pub(super) only: bool,
}

impl Points {
    pub(super) fn read(headings: &[String]) -> Points {
        let others = ["指标值", "完成值", "目标值", "完成情况", "实际值"];
        let only = !headings.iter().any(|heading| others.iter().any(|words| heading.contains(words)));
        Points { columns: points(headings), only }
    }
}

/// Parts labels of the second tier from those of the third, where one space stands between: `可持续影响指标 长效机制`.
pub(super) fn part_labels(text: &str, line: &mut Line) {
    for at in (0..line.len()).rev() {
        let whole = line[at].span.of(text);
        if SECOND.iter().any(|begin| whole.starts_with(begin)) && whole.matches(' ').count() == 1 {
            let parts = part_headings(text, &line[at..=at]);
            line.splice(at..=at, parts);
        }
    }
}

impl Columns {
    /// Reads the headings of the form whose first lines below these are `lines`; `None` if its second tier is no
    /// 数量指标, 质量指标 and so on, as that of score sheets.
    pub(super) fn read(text: &str, headings: &[String], lines: &[Numbered]) -> Option<Columns> {
        let is_known = |word: &Word| {
            let words = squeeze(word.span.of(text));
            words.ends_with("指标") && SECOND.iter().any(|begin| words.starts_with(begin))
        };
        lines.iter().flat_map(|line| &line.words).any(is_known).then_some(())?;
        Some(Columns {
            second: headings.iter().position(|heading| heading.starts_with("二级"))?,
            points: points(headings),
            remarks: headings.last().is_some_and(|heading| is_remark(heading)),
            width: headings.len(),
        })
    }

    /// The form's column of each column of a page.
    pub(super) fn told(&self, text: &str, lines: &[Numbered], own: &[Column]) -> Told {
        let words = |column: &Column| -> Vec<&Word> {
            let inside = |word: &&Word| column.from <= word.from && word.to <= column.to;
            lines.iter().flat_map(|line| &line.words).filter(inside).collect()
        };
        let says = |word: &&Word| squeeze(word.span.of(text));
        let is_second = |column: &Column| {
            words(column).iter().any(|word| {
                let words = says(word);
                SECOND.iter().any(|begin| words.starts_with(begin))
            })
        };
        let Some(anchor) = own.iter().position(is_second) else { return Told::Nothing };
        let count = own.len() - anchor;
        let full = self.width - self.second;
        let fits = count == full || self.remarks && count + 1 == full;
        let two = |line: &Numbered, column: &Column| {
            line.words.iter().filter(|word| column.from <= word.from && word.to <= column.to).count() > 1
        };
        let merged = own[anchor..].iter().any(|column| lines.iter().any(|line| two(line, column)));
        let is_figure = |at: usize| {
            let own = own.get((anchor + at).wrapping_sub(self.second));
            own.is_some_and(|column| words(column).iter().all(|word| is_number(word.span.of(text))))
        };
        if !fits || merged || anchor > self.second || !self.points.iter().all(|at| is_figure(*at)) {
            return Told::Open;
        }
        Told::All((0..own.len()).map(|at| (at + self.second).checked_sub(anchor)).collect())
    }
}
