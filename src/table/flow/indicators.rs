//! The rows of indicators below 一级指标, whose cells are words on a line.
//!
//! In: the pieces below the row that names the columns. Out: rows of slots as wide as the form. Labels that are
//! missing in front belong to the row above; a line with more pieces than columns has counts that belong to the words
//! before them, one with fewer goes on below.

use super::super::grid::{Row, Slot};
use super::super::words::{is_number, is_total};
use super::forms::{MOST_PIECES, Piece, is_bracket, is_value, join_all};

/// The rows of indicators.
pub(super) struct Body {
    /// The column of 一级指标.
    first: usize,
    /// Columns of labels from there.
    labels: usize,
    width: usize,
    /// The last column may be blank: reasons, another's score.
    optional: bool,
    /// All values are scores, so that words are labels.
    scores: bool,
    /// Columns of tiers.
    tiers: usize,
    /// The columns of points, those that can be had and those that were given.
    points: Vec<usize>,
}

impl Body {
    pub(super) fn new(heads: &[Piece], first: usize) -> Self {
        const VALUES: [&str; 11] =
            ["分值", "得分", "权重", "满分", "指标值", "完成值", "完成情况", "原因", "目标值", "标准分", "实际"];
        let is_value = |words: &str| VALUES.iter().any(|value| words.contains(value)) && !words.contains("评分标准");
        let labels = heads.iter().position(|head| is_value(&head.words)).unwrap_or(heads.len());
        let last = heads.last().map_or("", |head| head.words.as_str());
        let optional = ["原因", "备注", "说明", "措施", "分析", "审核"].iter().any(|word| last.contains(word));
        let scores = heads.len() > labels
            && heads[labels..].iter().all(|head| ["分", "权重"].iter().any(|word| head.words.contains(word)));
        let tiers = heads.iter().take_while(|head| head.words.ends_with("级指标")).count();
        let is_points =
            |at: &usize| ["分值", "权重", "满分", "得分"].iter().any(|word| heads[*at].words.ends_with(word));
        let points = (0..heads.len()).filter(is_points).map(|at| first + at).collect();
        Body { first, labels, width: first + heads.len(), optional, scores, tiers, points }
    }

    pub(super) fn rows(&self, text: &str, pieces: &[Piece]) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut labels: Vec<Piece> = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let count = pieces[at..].iter().take_while(|piece| piece.line == pieces[at].line).count();
            let line = &pieces[at..at + count];
            at += count;
            let has_score = line.last().is_some_and(|last| is_number(&last.words));
            if count == 1 && !is_value(&line[0].words) || self.scores && !has_score {
                if let Some(mut label) = join_all(line) {
                    label.beside = 1;
                    self.add_label(text, &mut labels, label, &mut rows);
                }
                continue;
            }
            if is_total(&line[0].words) {
                self.finish(text, &mut labels, &[], &mut rows);
                rows.push(self.total(text, line));
                continue;
            }
            let line = &self.join_counted(line);
            let names = self.names(line, &labels);
            for piece in &line[..names] {
                self.add_label(text, &mut labels, piece.clone(), &mut rows);
            }
            let (values, next) = self.values(&line[names..], pieces, at);
            at = next;
            self.finish(text, &mut labels, &values, &mut rows);
        }
        self.finish(text, &mut labels, &[], &mut rows);
        rows
    }

    /// The row of the total, 总分 100 97: its points stand in their columns, whatever is blank behind them.
    fn total(&self, text: &str, line: &[Piece]) -> Row {
        let mut slots = line.iter().map(|piece| piece.slot(text));
        let last = self.points.last().is_some_and(|last| last + 1 < self.width);
        if !last || self.points.len() + 1 != line.len() {
            return slots.collect();
        }
        let mut row: Row = vec![Slot::default(); self.width];
        row[0] = slots.next().unwrap_or_default();
        for (column, slot) in self.points.iter().zip(slots) {
            row[*column] = slot;
        }
        row
    }

    /// The values of a row whose line has some of them, those on lines of their own included; and where the next
    /// row begins.
    fn values(&self, line: &[Piece], pieces: &[Piece], mut at: usize) -> (Vec<Piece>, usize) {
        let mut values = line.to_vec();
        let most = self.width - self.first - self.labels;
        while let Some(next) = pieces.get(at) {
            let Some(last) = values.last() else { break };
            let alone = next.beside == 1 && !is_tier(&next.words) && !is_total(&next.words);
            let is_rest = alone && next.block == last.block && !is_value(&next.words);
            let enough = values.len() + usize::from(self.optional) >= most;
            // Only a block that begins here can be a value, and it is looked at once.
            let begins = !enough && next.block != last.block;
            let block = pieces[at..].iter().take_while(|piece| begins && piece.block == next.block).count();
            let block = &pieces[at..at + block];
            let is_whole = block.last().is_some_and(|last| last.line > next.line)
                && !block.iter().any(|piece| is_tier(&piece.words));
            if is_rest {
                // The rest of a value that the line's end cut.
                if let Some(last) = values.last_mut() {
                    last.join(next.clone());
                }
                at += 1;
            } else if alone && is_value(&next.words) && values.len() < most {
                values.push(next.clone());
                at += 1;
            } else if is_whole {
                // A block of several lines is one value.
                values.extend(join_all(block));
                at += block.len();
            } else {
                break;
            }
        }
        (values, at)
    }

    /// A line with more pieces than the columns: counts belong to the words before them, `更换床架 400套`.
    fn join_counted(&self, line: &[Piece]) -> Vec<Piece> {
        let mut pieces = line.to_vec();
        let values = self.width - self.first - self.labels;
        let tiers = line.iter().take_while(|piece| is_tier(&piece.words)).count();
        let is_counted = |at: usize, pieces: &[Piece]| !is_value(&pieces[at - 1].words) && is_value(&pieces[at].words);
        let rest = line.len() - tiers;
        // Words and a count for every value: 抢险队伍 2-3支 抢险队伍 3支.
        let pairs = rest == 2 * values && (tiers + 1..line.len()).step_by(2).all(|at| is_counted(at, line));
        // A form has one name before its values; a sheet has explanations, too.
        let names = if self.labels > self.tiers { self.labels - tiers.min(self.labels) } else { 1 };
        let most = if pairs { values } else { values + names };
        let mut at = tiers + 1;
        while at < pieces.len() && pieces.len() - tiers > most && pieces.len() < MOST_PIECES {
            if is_counted(at, &pieces) {
                let count = pieces.remove(at);
                pieces[at - 1].join(count);
            } else {
                at += 1;
            }
        }
        pieces
    }

    /// How many pieces of a line are labels.
    fn names(&self, line: &[Piece], labels: &[Piece]) -> usize {
        let values = self.width - self.first - self.labels;
        if self.scores {
            return line.iter().take_while(|piece| !is_number(&piece.words)).count();
        }
        let tiers = line.iter().take_while(|piece| is_tier(&piece.words)).count();
        let rest = line.len() - tiers;
        if rest > values {
            return line.len() - values;
        }
        let has_name = labels.last().is_some_and(|label| !is_tier(&label.words));
        // All values are there, or the last may be blank and a name stands before the others.
        let is_named = !has_name && self.optional && line.get(tiers).is_some_and(|piece| !is_value(&piece.words));
        tiers + usize::from(is_named && rest > 1)
    }

    fn add_label(&self, text: &str, labels: &mut Vec<Piece>, piece: Piece, rows: &mut Vec<Row>) {
        if let Some(last) = labels.last_mut().filter(|last| last.parts.len() < MOST_PIECES) {
            let whole = format!("{}{}", last.words, piece.words);
            let torn = last.line != piece.line && piece.beside == 1 && last.beside == 1;
            let short = |piece: &Piece| piece.words.chars().count() < 3;
            let closed = last.words.ends_with("分）") || last.words.ends_with("分)");
            // Behind a sheet's indicator stands its explanation.
            let explains = self.labels > self.tiers
                && last.words.chars().count() < 10
                && piece.words.chars().count() >= 10
                && last.block == piece.block;
            let own = explains
                || is_tier(&last.words)
                || is_tier(&piece.words)
                || closed
                || piece.words.starts_with(&last.words);
            let is_one = is_tier(&whole) && (!is_tier(&last.words) || !is_tier(&piece.words))
                || is_bracket(&piece.words)
                || !own && (last.block == piece.block || short(last) && short(&piece));
            if torn && is_one {
                let line = piece.line;
                last.join(piece);
                last.line = line;
                return;
            }
        }
        // A tier above another begins a new row.
        let own = tier(&piece.words);
        if own == Some(0) && !labels.is_empty() || labels.len() >= self.labels {
            self.finish(text, labels, &[], rows);
        }
        labels.push(piece);
    }

    /// Ends a row.
    fn finish(&self, text: &str, labels: &mut Vec<Piece>, values: &[Piece], rows: &mut Vec<Row>) {
        if labels.is_empty() && values.is_empty() {
            return;
        }
        let mut row: Row = vec![Slot::default(); self.width];
        let mut from = self.labels.saturating_sub(labels.len());
        if let [only] = labels.as_slice()
            && self.tiers > 0
            && self.tiers < self.labels
            && only.words.chars().count() < 12
        {
            // The name of an indicator whose explanation stands for several.
            from = self.tiers - 1;
        }
        let mut free = 0;
        for (order, label) in labels.drain(..).enumerate() {
            let column = tier(&label.words).filter(|_| self.labels > 2).unwrap_or(from + order);
            let column = column.max(free).min(self.labels.saturating_sub(1));
            free = column + 1;
            row[self.first + column].add(text, label.slot(text));
        }
        for (order, value) in values.iter().enumerate() {
            let column = (self.first + self.labels + order).min(self.width - 1);
            row[column].add(text, value.slot(text));
        }
        rows.push(row);
    }
}

/// Whether `words` name what indicators are about: 产出指标, 数量指标.
pub(super) fn is_tier(words: &str) -> bool {
    tier(words).is_some()
}

/// The tier that a label belongs to by its words: 0 for 产出指标, 1 for 数量指标.
pub(super) fn tier(words: &str) -> Option<usize> {
    const FIRST: [&str; 9] = [
        "产出指标",
        "效益指标",
        "满意度指标",
        "成本指标",
        "项目完成指标",
        "完成指标",
        "项目效益指标",
        "效果指标",
        "决策",
    ];
    const SECOND: [&str; 13] = [
        "数量",
        "质量",
        "时效",
        "经济效益",
        "社会效益",
        "生态效益",
        "生态环境",
        "可持续影响",
        "服务对象",
        "经济成本",
        "社会成本",
        "生态环境成本",
        "社会公众",
    ];
    // 产出（50分） is a tier, 产出（50分）目标 is two labels.
    let bare = if words.ends_with(['）', ')']) { words.split(['（', '(']).next().unwrap_or(words) } else { words };
    if FIRST.contains(&bare) || matches!(bare, "产出" | "效益" | "投入" | "过程" | "效果" | "产出及效果")
    {
        return Some(0);
    }
    let is_second = SECOND.iter().any(|start| {
        bare.strip_prefix(start).is_some_and(|rest| matches!(rest, "" | "指标" | "满意度" | "满意度指标"))
    });
    is_second.then_some(1)
}
