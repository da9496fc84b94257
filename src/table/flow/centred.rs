//! Names of classes that stand above and below the line of their code (PDF files through line-by-line converters).
//!
//! In: the lines of a head and of rows. Out: the same lines with each name behind its code. A name of several lines
//! is set in the middle of its row, so that the code and the amounts stand on a line of their own with as many lines
//! of the name above as below it: `文化展示及纪念机 / 2070105 8.00 8.00 / 构`. Lines between two codes are shared out
//! so that this holds for as many rows as possible.

use super::super::headings::is_whole;
use super::super::words::{is_item, is_total, squeeze};
use super::{Kind, Line};
use crate::source::Span;

/// Lines of a name beyond which nothing is looked for on either side of its code.
const MOST_LINES: usize = 4;

/// Puts the lines of nothing but words around a bare code behind it. Those of the first row may have been taken for
/// the end of the `head`.
pub(super) fn gather(text: &str, head: &mut Vec<Line>, body: Vec<Line>) -> Vec<Line> {
    let rows: Vec<usize> = (0..body.len()).filter(|at| !is_words(&body[*at])).collect();
    let is_row = |at: &usize| body[*at][0].kind == Kind::Code || begins_total(text, &body[*at]);
    let is_bare = |at: &usize| bare_code(&body[*at]).is_some() && body[*at].len() > 1;
    if !rows.iter().any(is_bare) || !rows.iter().all(is_row) {
        return body;
    }
    let ends = rows.iter().copied().skip(1).chain([body.len()]);
    let below: Vec<usize> = rows.iter().zip(ends).map(|(row, end)| end - row - 1).collect();
    let needs: Vec<Need> = rows.iter().map(|at| Need::of(&body[*at])).collect();
    let first = rows.first().map_or(0, |row| lines_of_name(text, head, &body[..*row]));
    let shares = share(&needs, first, &below);
    let mut lines: Vec<Line> = body;
    let leading: Vec<Line> = lines.drain(..rows.first().copied().unwrap_or(0)).collect();
    let from_head = shares.first().copied().unwrap_or(0).saturating_sub(leading.len());
    let mut above: Vec<Line> = head.split_off(head.len() - from_head);
    above.extend(leading);
    let mut gathered: Vec<Line> = Vec::with_capacity(rows.len());
    let mut rest = lines.into_iter();
    for (index, below) in below.into_iter().enumerate() {
        let Some(row) = rest.next() else { break };
        let mut between: Vec<Line> = rest.by_ref().take(below).collect();
        let next = shares.get(index + 1).copied().unwrap_or(0).min(between.len());
        let after = between.split_off(between.len() - next);
        let own = needs[index].own(above.len(), between.len());
        let left: Vec<Line> = between.split_off(own);
        gathered.push(named(row, &above, &between));
        gathered.extend(left);
        above = after;
    }
    gathered
}

/// What a row may take of the lines around it.
#[derive(Clone, Copy, Debug)]
struct Need {
    /// It has a code without a name.
    bare: bool,
    /// It has a code.
    takes: bool,
}

impl Need {
    fn of(line: &Line) -> Need {
        Need { bare: bare_code(line).is_some(), takes: line.iter().any(|word| word.kind == Kind::Code) }
    }

    /// What it costs that of the lines around the row `above` and `below` are of its name alone.
    fn cost(self, above: usize, below: usize) -> usize {
        if !self.takes {
            return 8 * above + below;
        }
        let missing = usize::from(self.bare && above == 0 && below == 0) * 4;
        // A name beside its code seldom has lines above it, and often goes on below.
        let strange = usize::from(!self.bare) * above;
        let uneven = if above > below { 4 * (above - below) } else { (1 + usize::from(self.bare)) * (below - above) };
        missing + strange + uneven
    }

    /// How many of the lines below are put behind the code; the others stay where they are.
    fn own(self, above: usize, below: usize) -> usize {
        if self.bare { below } else { above.min(below) }
    }
}

/// How many lines above each row are of its name: `first` may be above the first one, `below` stand below each.
fn share(needs: &[Need], first: usize, below: &[usize]) -> Vec<usize> {
    // The cheapest way to give the row `state` lines above it, and the state of the row before.
    let mut best: Vec<Vec<(usize, usize)>> = vec![(0..=first.min(MOST_LINES)).map(|_| (0, 0)).collect()];
    for (row, need) in needs.iter().enumerate() {
        let most = below[row].min(MOST_LINES);
        let last = row + 1 == needs.len();
        let next = (0..=if last { 0 } else { most })
            .map(|state| {
                let left = below[row] - state;
                let ways = best[row].iter().enumerate();
                ways.map(|(above, (cost, _))| (cost + need.cost(above, left), above)).min().unwrap_or_default()
            })
            .collect();
        best.push(next);
    }
    let mut state = 0;
    let mut shares = vec![0; needs.len()];
    for row in (0..needs.len()).rev() {
        state = best[row + 1].get(state).map_or(0, |(_, above)| *above);
        shares[row] = state;
    }
    shares
}

/// The row with the lines of its name behind its bare code, else around its first name.
fn named(row: Line, above: &[Line], below: &[Line]) -> Line {
    let code = bare_code(&row).or_else(|| row.iter().position(|word| word.kind == Kind::Code));
    let Some(code) = code else { return [row, above.concat(), below.concat()].concat() };
    let own = row[code + 1..].iter().take_while(|word| word.kind == Kind::Text).count();
    let (front, rest) = row.split_at(code + 1);
    let (name, amounts) = rest.split_at(own);
    [front, &above.concat(), name, &below.concat(), amounts].concat()
}

/// The first code of a line that no name follows.
fn bare_code(line: &Line) -> Option<usize> {
    let is_bare = |at: &usize| {
        line[*at].kind == Kind::Code
            && line.get(at + 1).is_none_or(|next| next.kind != Kind::Text && !is_piece(next.span))
    };
    (0..line.len()).find(is_bare)
}

/// Whether a word is as long as a piece of a code: 208 05 06.
fn is_piece(word: Span) -> bool {
    word.len() == 2
}

fn is_words(line: &Line) -> bool {
    line.iter().all(|word| word.kind == Kind::Text)
}

fn begins_total(text: &str, line: &Line) -> bool {
    line.first().is_some_and(|first| first.kind == Kind::Text && is_total(&squeeze(first.span.of(text))))
}

/// How many lines above the first row may be of its name: the last of the head, and those that already stand below it.
fn lines_of_name(text: &str, head: &[Line], leading: &[Line]) -> usize {
    let is_name = |line: &&Line| {
        let words = |at: usize| squeeze(line[at].span.of(text));
        line.len() == 1 && is_words(line) && !is_whole(&words(0)) && !is_item(&words(0))
    };
    leading.len() + head.iter().rev().take_while(is_name).count().min(head.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::super::{is_data, lines};
    use super::*;

    fn gathered(text: &str) -> Vec<String> {
        let mut head = lines(text, &[Span::from(0..text.len())]);
        let body = head.split_off(head.iter().position(|line| is_data(text, line)).unwrap_or(head.len()));
        let rows = gather(text, &mut head, body);
        let row = |row: &Line| row.iter().map(|word| word.span.of(text)).collect::<Vec<_>>().join(" ");
        head.iter().chain(&rows).map(row).collect()
    }

    #[test]
    fn a_name_of_two_lines_stands_around_its_code() {
        let text = "科目名称\n科目编码\n农林水事务与乡村\n213 9.00 9.00\n支出\n21301 农业农村 5.00 5.00\n乡村道路养护及\n2130142 3.00 3.00\n建设\n其他农业农村支\n2130199 2.00 2.00\n出\n合计 9.00 9.00\n";
        let rows = [
            "科目名称",
            "科目编码",
            "213 农林水事务与乡村 支出 9.00 9.00",
            "21301 农业农村 5.00 5.00",
            "2130142 乡村道路养护及 建设 3.00 3.00",
            "2130199 其他农业农村支 出 2.00 2.00",
            "合计 9.00 9.00",
        ];
        assert_eq!(gathered(text), rows);
    }

    #[test]
    fn the_middle_line_of_three_stands_beside_the_code() {
        let text = "科目编码\n212 城乡社区支出 7.00\n土地出让收入安\n21208 排的支出及其债 7.00\n务收入支出\n补助被征地\n2120805 7.00\n农民支出\n";
        assert_eq!(
            gathered(text)[1..],
            [
                "212 城乡社区支出 7.00",
                "21208 土地出让收入安 排的支出及其债 务收入支出 7.00",
                "2120805 补助被征地 农民支出 7.00"
            ]
        );
    }

    #[test]
    fn two_groups_side_by_side_have_one_bare_code() {
        let text = "科目编码\n30107 绩效工资 3.00 30205 水费\n机关事业单位基本养老保\n30108 6.00 30206 电费\n险缴费\n30109 职业年金缴费 3.00 30207 邮电费 1.00\n信息网络购置及软件\n31007\n更新\n";
        assert_eq!(
            gathered(text)[2..],
            [
                "30108 机关事业单位基本养老保 险缴费 6.00 30206 电费",
                "30109 职业年金缴费 3.00 30207 邮电费 1.00",
                "31007 信息网络购置及软件 更新"
            ]
        );
    }

    #[test]
    fn names_that_only_go_on_below_their_code_stay() {
        let text = "科目编码\n208 社会保障和就业\n支出 4.00\n20805 行政事业单位\n养老支出 4.00\n";
        assert_eq!(gathered(text).len(), 5);
        let text = "科目编码\n208 社会保障和就业 4.00\n支出\n20805 行政事业单位 4.00\n养老支出\n";
        assert_eq!(gathered(text)[2..4], ["支出", "20805 行政事业单位 4.00"]);
    }
}
