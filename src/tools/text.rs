//! Small helps for text that people read: widths, cuts, columns.

use std::fmt::Write;

/// Columns that `words` take on a terminal, a Chinese character counted as two.
pub(super) fn width(words: &str) -> usize {
    words.chars().map(|c| if c < '\u{1100}' || ('\u{2000}'..'\u{2e80}').contains(&c) { 1 } else { 2 }).sum()
}

/// `words` with line breaks shown as ⏎, cut to `most` characters.
pub(super) fn cut(words: &str, most: usize) -> String {
    let mut shown = String::new();
    for (count, c) in words.chars().enumerate() {
        if count == most {
            shown.push('…');
            break;
        }
        shown.push(match c {
            '\n' => '⏎',
            '\t' => '⇥',
            '\r' => continue,
            c if c.is_control() => '·',
            c => c,
        });
    }
    shown
}

/// Rows in columns, each as wide as its widest cell up to `widest`; the last one as wide as it is.
pub(super) fn columns(rows: &[Vec<String>], indent: &str, widest: usize) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let fitting = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).filter(|width| *width <= widest).max()
    };
    let widths: Vec<usize> = (0..count).map(|column| fitting(column).unwrap_or(0)).collect();
    let mut shown = String::new();
    for row in rows {
        let mut line = indent.to_owned();
        for (column, cell) in row.iter().enumerate() {
            let _ = write!(line, "{cell}{}", " ".repeat(widths[column].saturating_sub(width(cell)) + 2));
        }
        shown.push_str(line.trim_end());
        shown.push('\n');
    }
    shown
}

/// `1 number`, `2 numbers`.
pub(super) fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let rows = [vec!["收入".to_owned(), "1".into(), "x".into()], vec!["a".to_owned(), "22".into(), "y".into()]];
        assert_eq!(columns(&rows, " ", 9), " 收入  1   x\n a     22  y\n");
    }

    #[test]
    fn long_words_are_cut_and_line_breaks_shown() {
        assert_eq!(cut("收入\n合计数", 4), "收入⏎合…");
        assert_eq!(cut("收入", 2), "收入");
    }
}
