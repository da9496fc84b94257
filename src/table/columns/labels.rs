//! Labels that belong to several rows of a form by columns of spaces, and stand in the middle of them.
//!
//! In: the words of one column and the lines on which the rows stand. Out: the labels, each of the
//! words of one cell, and the row in which each begins: in order, and so that the middle of a label's
//! rows is as near to its own as can be.

use super::super::words::squeeze;
use super::Word;
use super::forms::FormRow;

/// Steps beyond which labels go to the rows nearest to them.
const MOST_STEPS: usize = 4_000_000;

/// A label, and twice the line that its middle stands on.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) words: Vec<Word>,
    top: usize,
    bottom: usize,
}

impl Label {
    fn middle(&self) -> usize {
        self.top + self.bottom
    }
}

/// The labels in `column` of lines without a blank one between.
pub(super) fn labels(text: &str, block: &[FormRow], column: usize) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut so_far = String::new();
    // Whether the label's last words stand on a line with values.
    let mut on_row = false;
    for line in block {
        let is_row = line.words.iter().filter(|(at, _)| *at > column).count() > 1;
        for (_, word) in line.words.iter().filter(|(at, _)| *at == column) {
            let words = squeeze(word.span.of(text));
            let open = labels.last_mut().filter(|_| !(on_row && is_row) && goes_on(&so_far, &words));
            if let Some(label) = open {
                label.words.push(*word);
                label.bottom = line.at;
                so_far.push_str(&words);
            } else {
                labels.push(Label { words: vec![*word], top: line.at, bottom: line.at });
                so_far = words;
            }
            on_row = is_row;
        }
    }
    labels
}

/// Whether `words` are the rest of a label that begins with `label`.
fn goes_on(label: &str, words: &str) -> bool {
    let whole = ["指标", "名称", "单位", "得分", "总分", "分）", "分)"].iter().any(|end| label.ends_with(end));
    words.starts_with(['（', '(']) || !whole && words != "……"
}

/// For each of `labels` the row in which it begins.
pub(super) fn share_out(labels: &[Label], rows: &[FormRow]) -> Vec<usize> {
    let steps = labels.len().saturating_mul(rows.len()).saturating_mul(rows.len());
    if labels.len() > rows.len() || steps > MOST_STEPS {
        let near =
            |label: &Label| (0..rows.len()).min_by_key(|row| (2 * rows[*row].at).abs_diff(label.middle())).unwrap_or(0);
        return labels.iter().map(near).collect();
    }
    // The least cost if the label of a line of the table begins in a row, and the row of the one before.
    let mut ways: Vec<Vec<(usize, usize)>> = Vec::with_capacity(labels.len());
    for label in labels {
        let cost = |first: usize, last: usize| (rows[first].at + rows[last].at).abs_diff(label.middle());
        let before = ways.last();
        let end = |last: usize| {
            // Rows `first..=last` are the label's; what is above belongs to the one before, or to none.
            let from = usize::from(before.is_some());
            (from..=last)
                .filter_map(|first| {
                    let above = match before {
                        Some(before) => before[first - 1].0,
                        None => 4 * first,
                    };
                    (above < usize::MAX / 2).then(|| (above + cost(first, last), first))
                })
                .min()
                .unwrap_or((usize::MAX / 2, 0))
        };
        ways.push((0..rows.len()).map(end).collect());
    }
    let mut firsts = vec![0; labels.len()];
    let mut last = rows.len().saturating_sub(1);
    for (index, way) in ways.iter().enumerate().rev() {
        firsts[index] = way[last].1;
        last = way[last].1.saturating_sub(1);
    }
    firsts
}
