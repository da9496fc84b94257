//! Lines of the text, for people: where they start, and which one holds a byte.
//!
//! In: the decoded text. Out: [`Lines`]. A line ends at `\n` (so at `\r\n` as well); a form feed or a
//! lone `\r` does not end one, because editors and `grep -n` do not count them either.
//! Surprise: text that ends with `\n` has an empty last line, which holds the position at its end.

use super::Span;

/// Where each line starts.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Finds the lines of `text`, once.
    pub(super) fn of(text: &str) -> Self {
        let after_breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        Lines { starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line, from 1, that holds byte `at`; the last one for what lies beyond the text.
    pub(super) fn number(&self, at: u32) -> u32 {
        self.starts.partition_point(|start| *start <= at) as u32
    }

    /// Line `number` of `text` without its line break; empty, at the end of the text, if there is no such line.
    pub(super) fn span(&self, text: &str, number: u32) -> Span {
        let end_of_text = text.len() as u32;
        let start = number.checked_sub(1).and_then(|index| self.starts.get(index as usize));
        let Some(&start) = start else { return Span::new(end_of_text, end_of_text) };
        let next = self.starts.get(number as usize).map_or(end_of_text, |next| next - 1);
        let line = Span::new(start, next);
        if next < end_of_text && line.of(text).ends_with('\r') { Span::new(start, next - 1) } else { line }
    }

    /// The column of byte `at` in its line, in characters from 1.
    pub(super) fn column(&self, text: &str, at: u32) -> u32 {
        let start = self.starts.get(self.number(at) as usize - 1).copied().unwrap_or(0) as usize;
        let end = text.floor_char_boundary(at as usize);
        text.get(start..end).map_or(1, |before| before.chars().count() as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        let lines = Lines::of(text);
        (1..=lines.starts.len() as u32).map(|number| lines.span(text, number).of(text)).collect()
    }

    #[test]
    fn lines_end_at_line_feeds_with_or_without_carriage_return() {
        assert_eq!(lines("收入\r\n支出\n结余"), ["收入", "支出", "结余"]);
    }

    #[test]
    fn a_form_feed_or_a_lone_carriage_return_ends_no_line() {
        assert_eq!(lines("第一页\x0c第二页\r还是第一行"), ["第一页\x0c第二页\r还是第一行"]);
        assert_eq!(lines("结尾\r"), ["结尾\r"]);
    }

    #[test]
    fn a_final_line_break_is_followed_by_an_empty_line() {
        assert_eq!(lines("收入\n"), ["收入", ""]);
        assert_eq!(lines(""), [""]);
    }

    #[test]
    fn a_line_break_belongs_to_the_line_it_ends() {
        let lines = Lines::of("ab\ncd");
        assert_eq!([0, 2, 3, 4, 5, 99].map(|at| lines.number(at)), [1, 1, 2, 2, 2, 2]);
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "一\n收入1.5万元";
        let lines = Lines::of(text);
        let at = text.find("1.5").unwrap() as u32;
        assert_eq!((lines.number(at), lines.column(text, at)), (2, 3));
        assert_eq!(lines.column(text, at - 1), 2, "inside 入");
        assert_eq!(lines.column(text, 0), 1);
    }

    #[test]
    fn lines_that_do_not_exist_are_empty_and_at_the_end() {
        let text = "收入\n支出";
        let lines = Lines::of(text);
        let end = text.len() as u32;
        assert_eq!([0, 3, u32::MAX].map(|number| lines.span(text, number)), [Span::new(end, end); 3]);
    }
}
