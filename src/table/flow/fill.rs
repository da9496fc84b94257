//! Which columns the cells of a run of rows fill, where blanks and the ends of rows left no trace.
//!
//! In: the cells in the order of the text, and what each column holds. Out: the rows, and for each cell the columns
//! in which it may stand. Of all ways to cut the cells into rows and to leave columns blank, the cheapest is taken:
//! a number in a column of names costs more than a blank one. A cell that stands elsewhere in a way that is as good
//! or nearly so has several columns. Linear in the number of cells: how many columns there are is bounded.

use super::costs::{Look, NEVER, Want, blank, cost, look, seam, seams};

/// Columns beyond which no form is read so.
pub(super) const MOST_COLUMNS: usize = 16;
/// Pieces beyond which no form is read so.
const MOST_PIECES: usize = 20_000;
/// Lines beyond which no cell is torn.
const MOST_LINES: usize = 8;
/// What it costs that a space stands inside a cell.
const SPACE: u32 = 30;
/// Bytes beyond which no cell goes on.
const LONGEST: usize = 2000;
/// Ways that cost at most this much more than the cheapest are as good.
const MARGIN: u32 = 8;

/// Whether a piece may go on with the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joins {
    Not,
    /// It begins the next line.
    Line,
    /// A space is between.
    Space,
}

/// A cell, or a piece of one.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) words: String,
    pub(super) joins: Joins,
}

/// A cell that has found its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filled {
    /// Its lines: from the first to before the last.
    pub(super) lines: std::ops::Range<usize>,
    pub(super) column: usize,
    /// The first and the last column in which it may stand.
    pub(super) range: (usize, usize),
}

/// A way's state between two cells: pieces read, columns passed, whether the row has a cell, whether a tier is open.
#[derive(Clone, Copy)]
struct State {
    column: usize,
    used: bool,
    open: bool,
}

/// A cell that may begin at a piece: how many lines it has, what its seams cost and what it costs in each column.
struct Start {
    lines: usize,
    seams: u32,
    costs: Box<[u32]>,
}

struct Search<'p> {
    pieces: &'p [Piece],
    wants: &'p [Want],
    starts: Vec<Vec<Start>>,
}

/// What stands before a state in the cheapest way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    None,
    Blank(bool),
    /// Lines of the cell, and whether a tier was open and the row had a cell before it.
    Cell(usize, bool, bool),
    /// The end of a row whose last column left a tier open or did not.
    Row(bool),
}

const STATES: usize = 4;

impl<'p> Search<'p> {
    fn new(pieces: &'p [Piece], wants: &'p [Want]) -> Self {
        // The tiers of a form have names that all forms share; those of a sheet are its own.
        let form = wants.contains(&Want::Value);
        let start = |at: usize| {
            let mut starts: Vec<Start> = Vec::new();
            let (mut words, mut seams) = (String::new(), 0);
            for (lines, piece) in pieces[at..].iter().take(MOST_LINES).enumerate() {
                if lines > 0 {
                    let is_text = |words: &str| !matches!(look(words), Look::Number | Look::Percent | Look::Dash);
                    if piece.joins == Joins::Not || words.len() > LONGEST || !is_text(&piece.words) || !is_text(&words)
                    {
                        break;
                    }
                    seams += match piece.joins {
                        Joins::Space => SPACE,
                        _ => seam(&pieces[at + lines - 1].words, &piece.words),
                    };
                }
                words.push_str(&piece.words);
                let look = look(&words);
                let costs = wants.iter().map(|want| cost(&words, look, *want, form)).collect();
                starts.push(Start { lines: lines + 1, seams, costs });
            }
            starts
        };
        Search { pieces, wants, starts: (0..pieces.len()).map(start).collect() }
    }

    fn index(&self, at: usize, state: State) -> usize {
        (at * (self.wants.len() + 1) + state.column) * STATES + usize::from(state.used) * 2 + usize::from(state.open)
    }

    /// Whether a cell in `column` leaves a tier open: the next column has to go on with it.
    fn opens(&self, column: usize) -> bool {
        matches!(self.wants[column], Want::Tier(_) | Want::TierPoints)
    }

    /// The states in which a column is to be filled or passed, in an order in which each comes after those before it.
    fn states(&self) -> impl Iterator<Item = State> + use<> {
        let width = self.wants.len();
        let of = move |used: bool| {
            (0..=width).flat_map(move |column| [false, true].map(|open| State { column, used, open }))
        };
        of(true).chain(of(false))
    }

    /// The steps from a state at piece `at`: cost, pieces read, the state after it, the step.
    fn steps(&self, at: usize, state: State, mut visit: impl FnMut(u32, usize, State, Step)) {
        if state.column == self.wants.len() {
            if state.used {
                visit(0, 0, State { column: 0, used: false, open: false }, Step::Row(state.open));
            }
            return;
        }
        let want = self.wants[state.column];
        let next = state.column + 1;
        // A tier's points are as blank as the tier itself.
        let open = state.open && want == Want::TierPoints;
        visit(blank(want, state.open), 0, State { column: next, used: state.used, open }, Step::Blank(state.open));
        for start in self.starts.get(at).into_iter().flatten() {
            let lone = if want == Want::TierPoints && !state.open { 40 } else { 0 };
            let price = start.costs[state.column] + seams(start.seams, want) + lone;
            if price < NEVER {
                let open = self.opens(state.column);
                let step = Step::Cell(start.lines, state.open, state.used);
                visit(price, start.lines, State { column: next, used: true, open }, step);
            }
        }
    }
}

/// The rows of `pieces`, and what does not fit in their cheapest way: its cost but for torn cells; nothing if there is
/// none.
pub(super) fn fill(pieces: &[Piece], wants: &[Want]) -> Option<(Vec<Vec<Filled>>, u32)> {
    if wants.is_empty() || wants.len() > MOST_COLUMNS || pieces.is_empty() || pieces.len() > MOST_PIECES {
        return None;
    }
    let search = Search::new(pieces, wants);
    let size = (pieces.len() + 1) * (wants.len() + 1) * STATES;
    let begin = State { column: 0, used: false, open: false };
    let (mut from, mut steps) = (vec![NEVER; size], vec![Step::None; size]);
    from[search.index(0, begin)] = 0;
    for at in 0..=pieces.len() {
        for state in search.states() {
            let here = from[search.index(at, state)];
            if here < NEVER {
                search.steps(at, state, |price, lines, next, step| {
                    let index = search.index(at + lines, next);
                    if here + price < from[index] {
                        (from[index], steps[index]) = (here + price, step);
                    }
                });
            }
        }
    }
    let best = from[search.index(pieces.len(), begin)];
    if best >= NEVER {
        return None;
    }
    let mut to = vec![NEVER; size];
    to[search.index(pieces.len(), begin)] = 0;
    let order: Vec<State> = search.states().collect();
    for at in (0..=pieces.len()).rev() {
        for state in order.iter().rev() {
            let index = search.index(at, *state);
            let mut least = to[index];
            search.steps(at, *state, |price, lines, next, _| {
                least = least.min(price.saturating_add(to[search.index(at + lines, next)]));
            });
            to[index] = least;
        }
    }
    let ranges = ranges(&search, &from, &to, best);
    let rows = trace(&search, &steps, &ranges);
    let seams = rows.iter().flatten().filter_map(|cell| {
        let start = search.starts[cell.lines.start].get(cell.lines.len() - 1)?;
        Some(seams(start.seams, wants[cell.column]))
    });
    let seams: u32 = seams.sum();
    Some((rows, best - seams))
}

/// The first and last column of each piece in all ways that are about as good as the best.
fn ranges(search: &Search, from: &[u32], to: &[u32], best: u32) -> Vec<(usize, usize)> {
    let mut ranges = vec![(usize::MAX, 0); search.pieces.len()];
    for at in 0..search.pieces.len() {
        for state in search.states() {
            let here = from[search.index(at, state)];
            search.steps(at, state, |price, lines, next, _| {
                let whole = here.saturating_add(price).saturating_add(to[search.index(at + lines, next)]);
                if lines > 0 && whole <= best + MARGIN {
                    for range in &mut ranges[at..at + lines] {
                        *range = (range.0.min(state.column), range.1.max(state.column));
                    }
                }
            });
        }
    }
    ranges
}

/// The cells of the cheapest way, row by row.
fn trace(search: &Search, steps: &[Step], ranges: &[(usize, usize)]) -> Vec<Vec<Filled>> {
    let mut rows: Vec<Vec<Filled>> = Vec::new();
    let mut at = search.pieces.len();
    let mut state = State { column: 0, used: false, open: false };
    loop {
        match steps[search.index(at, state)] {
            Step::None => break,
            Step::Row(open) => {
                rows.push(Vec::new());
                state = State { column: search.wants.len(), used: true, open };
            }
            Step::Blank(open) => state = State { column: state.column - 1, used: state.used, open },
            Step::Cell(lines, open, used) => {
                let column = state.column - 1;
                at -= lines;
                if let Some(row) = rows.last_mut() {
                    row.push(Filled { lines: at..at + lines, column, range: ranges[at] });
                }
                state = State { column, used, open };
            }
        }
    }
    for row in &mut rows {
        row.reverse();
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of pieces between bars, `/` for a line's end inside one.
    fn filled(pieces: &str, wants: &[Want]) -> Option<(Vec<String>, u32)> {
        let joins = |first: bool| if first { Joins::Not } else { Joins::Line };
        let pieces: Vec<Piece> = pieces
            .split('|')
            .enumerate()
            .map(|(at, words)| Piece { words: words.to_owned(), joins: joins(at == 0) })
            .collect();
        let (rows, price) = fill(&pieces, wants)?;
        let words =
            |cell: &Filled| pieces[cell.lines.clone()].iter().map(|piece| piece.words.as_str()).collect::<String>();
        let show = |cell: &Filled| {
            let (from, to) = cell.range;
            if from == to { format!("{from}:{}", words(cell)) } else { format!("{from}-{to}:{}", words(cell)) }
        };
        Some((rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" ")).collect(), price))
    }

    const FORM: [Want; 8] =
        [Want::Tier(0), Want::Tier(1), Want::Name, Want::Value, Want::Value, Want::Points, Want::Points, Want::Why];

    #[test]
    fn reasons_that_lines_end_cut_stay_in_their_column() {
        let text = "产出指标|数量指标|培训人次|≥67人次|67人次|11|11|受天气影响，进度|滞后，下一步加快|实施|购置设备数量|269台|269台|11|11|无|可持续影响指|标|长效机制|逐步提高|已改善|11|10";
        let (rows, price) = filled(text, &FORM).unwrap();
        assert_eq!(
            rows,
            [
                "0:产出指标 1:数量指标 2:培训人次 3:≥67人次 4:67人次 5:11 6:11 7:受天气影响，进度滞后，下一步加快实施",
                "2:购置设备数量 3:269台 4:269台 5:11 6:11 7:无",
                "1:可持续影响指标 2:长效机制 3:逐步提高 4:已改善 5:11 6:10",
            ]
        );
        assert!(price < 30);
    }

    #[test]
    fn a_number_that_fits_two_columns_has_both() {
        let (rows, _) = filled("产出指标|数量指标|甲|1座|1座|10|10|乙|2座|2座|9|无|丙|3座|3座|8|8|无", &FORM).unwrap();
        assert_eq!(rows[1], "2:乙 3:2座 4:2座 5-6:9 7:无");
    }

    #[test]
    fn points_of_tiers_stand_beside_them() {
        let wants =
            [Want::Tier(0), Want::TierPoints, Want::Tier(1), Want::TierPoints, Want::Name, Want::Points, Want::Points];
        let (rows, price) = filled("决策|20|项目立项|10|立项依据|5|5|立项程序|5|4|绩效目标|10|目标合理性|10|9|过程|30|资金管理|30|资金到位率|30|28", &wants).unwrap();
        assert_eq!(rows[1], "4:立项程序 5:5 6:4");
        assert_eq!(rows[3], "0:过程 1:30 2:资金管理 3:30 4:资金到位率 5:30 6:28");
        assert!(price < 10);
    }

    #[test]
    fn cells_out_of_order_are_dear() {
        let (rows, price) =
            filled("产出指标|效益指标|数量指标|质量指标|甲|乙|丙|1座|2座|3座|1座|2座|3座|10|10|10|9|9|9", &FORM)
                .unwrap();
        assert!(price > 8 * rows.len() as u32, "{price} {rows:?}");
    }

    #[test]
    fn what_is_too_much_is_left_alone() {
        assert_eq!(filled(&"甲|".repeat(MOST_PIECES + 1), &FORM), None);
        assert_eq!(filled("甲", &[]), None);
    }
}
