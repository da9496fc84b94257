//! Figures that are none, and statements whose columns were mixed up by whatever made the text.
//!
//! In: the facts of one table, or one fact of the text. Out: whether they can be what they were read as.
//! Others raise false alarms by adding codes, row numbers and page numbers as money; these are set aside.

use crate::fact::Fact;
use crate::grammar::labels::squeeze;
use crate::quantity::{Decimal, Fund, Unit};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a column holds the numbers of its rows (行次): small whole numbers, each one more than the last.
pub(super) fn count_rows(raws: &[Cow<'_, str>], facts: &[Fact<'_>], column: &[u32]) -> bool {
    let mut last = None;
    let mut steps = 0;
    for &index in column {
        let fact = &facts[index as usize];
        let raw = raws[index as usize].as_ref();
        let (Ok(number), Some((_, row, _))) = (raw.parse::<u32>(), fact.cell) else { return false };
        if let Some((before, above)) = last {
            // Rows without a figure are counted as well.
            if number <= before || number - before > row.saturating_sub(above).max(1) * 2 {
                return false;
            }
            steps += 1;
        }
        last = Some((number, row));
    }
    steps >= 3 && last.is_some_and(|(number, _)| number < 400)
}

/// Whether a row holds the numbers of its columns (栏次): 1, 2, 3 …
pub(super) fn count_columns(raws: &[Cow<'_, str>], row: &[u32]) -> bool {
    let number = |index: &u32| raws[*index as usize].parse::<u32>().ok().filter(|number| *number < 100);
    let steps = row
        .windows(2)
        .all(|pair| matches!((number(&pair[0]), number(&pair[1])), (Some(one), Some(next)) if next == one + 1));
    row.len() >= 3 && steps
}

/// Small whole numbers among amounts with decimals, where a converter draws tables with spaces: page numbers.
pub(super) fn page_numbers(raws: &[Cow<'_, str>], facts: &[Fact<'_>], table: &[u32]) -> Vec<u32> {
    let money = || table.iter().copied().filter(|index| facts[*index as usize].unit == Unit::Cny);
    let raw = |index: u32| raws[index as usize].as_ref();
    let whole =
        |index: u32| raw(index).len() <= 3 && raw(index) != "0" && raw(index).bytes().all(|byte| byte.is_ascii_digit());
    let found: Vec<u32> = money().filter(|index| whole(*index)).collect();
    let precise = money().filter(|index| raw(*index).contains('.')).count();
    if precise > 9 * found.len() { found } else { Vec::new() }
}

/// Numbers of rows (行次) that stand where the amount of their row is blank: whole numbers that rise down their
/// column, in a table all of whose amounts have the same decimals.
pub(super) fn row_numbers(raws: &[Cow<'_, str>], facts: &[Fact<'_>], table: &[u32], drawn: bool) -> Vec<u32> {
    let raw = |index: u32| raws[index as usize].as_ref();
    let mut columns: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    let mut places: BTreeMap<u32, usize> = BTreeMap::new();
    let mut precise = 0;
    for &index in table.iter().filter(|index| facts[**index as usize].unit == Unit::Cny) {
        let digits = raw(index);
        if digits.contains('.') {
            *places.entry(super::printed::decimals(digits)).or_default() += 1;
            precise += 1;
        } else if let (1..=2, Ok(number @ 1..), Some(cell)) =
            (digits.len(), digits.parse::<u32>(), facts[index as usize].cell)
        {
            columns.entry(cell.2).or_default().push((number, index));
        }
    }
    let fixed = precise >= 4 && places.values().any(|count| count * 20 >= precise * 19);
    let rising = |column: &[(u32, u32)]| column.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let all: usize = columns.values().map(Vec::len).sum();
    let rows = columns.values().filter(|column| rising(column.as_slice())).flatten().map(|(_, index)| *index);
    if fixed && (all > 1 || drawn) { rows.collect() } else { Vec::new() }
}

/// Whether a column holds codes of economic classes: 301, 30101.
pub(super) fn are_codes(raws: &[Cow<'_, str>], column: &[u32]) -> bool {
    column.len() >= 3
        && column.iter().all(|index| {
            let raw = raws[*index as usize].as_ref();
            matches!(raw.len(), 3 | 5) && raw.starts_with('3') && raw.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Whether statement 07 has an amount that is none of its six, or one of them twice in a row and phase.
pub(super) fn public_mixed(facts: &[Fact<'_>], table: &[u32]) -> bool {
    let mut roles = BTreeSet::new();
    table.iter().map(|index| &facts[*index as usize]).filter(|fact| fact.unit == Unit::Cny).any(|fact| {
        let row = fact.cell.map(|cell| cell.1);
        fact.concept.is_none() || !roles.insert((row, fact.phase.map(|phase| phase as u8), fact.period, fact.concept))
    })
}

/// Whether a summary (01, 04) has many amounts that nothing names: its labels were cut where cells break their lines.
pub(super) fn nameless(facts: &[Fact<'_>], table: &[u32]) -> bool {
    let money = || table.iter().map(|index| &facts[*index as usize]).filter(|fact| fact.unit == Unit::Cny);
    let nameless = money().filter(|fact| fact.concept.is_none()).count();
    nameless >= 3 && nameless * 6 >= money().count()
}

/// Whether an amount that is not zero states nothing that is known: its label stands in another row.
pub(super) fn has_nameless(facts: &[Fact<'_>], table: &[u32]) -> bool {
    let mut money = table.iter().map(|index| &facts[*index as usize]).filter(|fact| fact.unit == Unit::Cny);
    money.any(|fact| fact.concept.is_none() && !fact.value.is_zero())
}

/// Whether the row of the whole has figures in other columns than the rows of its classes.
pub(super) fn misaligned(facts: &[Fact<'_>], table: &[u32], alone: bool) -> bool {
    let (mut classes, mut whole): (BTreeMap<u32, bool>, BTreeMap<u32, bool>) = (BTreeMap::new(), BTreeMap::new());
    let mut rows = BTreeSet::new();
    for &index in table {
        let fact = &facts[index as usize];
        let Some((_, row, column)) = fact.cell else { continue };
        let total = fact.function_code.is_none()
            && fact.economic_code.is_none()
            && fact.item.trim_start().starts_with(['合', '总']);
        if fact.function_code.is_some() {
            *classes.entry(column).or_default() |= !fact.value.is_zero();
            rows.insert(row);
        } else if total {
            *whole.entry(column).or_default() |= !fact.value.is_zero();
        }
    }
    if rows.is_empty() || whole.is_empty() {
        return false;
    }
    let filled = |columns: &BTreeMap<u32, bool>, column: &u32| columns.get(column).copied().unwrap_or(false);
    classes.iter().any(|(column, nonzero)| *nonzero && !filled(&whole, column))
        || alone && whole.iter().any(|(column, nonzero)| *nonzero && !filled(&classes, column))
}

/// Whether the columns of statement 04 were told one off: a class has an amount where 本年支出合计 has none, or its
/// first amount is what the others add up to, and yet not that of all funds.
pub(super) fn shifted(facts: &[Fact<'_>], table: &[u32]) -> bool {
    let (mut classes, mut whole) = (BTreeSet::new(), BTreeSet::new());
    let mut rows: BTreeMap<u32, (Option<Fund>, Decimal, Decimal, u32)> = BTreeMap::new();
    for &index in table {
        let fact = &facts[index as usize];
        let Some((_, row, column)) = fact.cell.filter(|_| fact.unit == Unit::Cny && !fact.value.is_zero()) else {
            continue;
        };
        let class = fact.concept == Some("expenditure.function");
        let total = squeeze(&fact.item).starts_with("本年支出");
        if class {
            classes.insert(column);
        } else if total {
            whole.insert(column);
        }
        if class || total {
            let (_, _, others, count) = rows.entry(row).or_insert((fact.fund, fact.value, -fact.value, 0));
            *others = others.checked_add(fact.value).unwrap_or(Decimal::MAX);
            *count += 1;
        }
    }
    let first_of_all = |row: &(Option<Fund>, Decimal, Decimal, u32)| {
        row.3 > 1 && row.1 == row.2 && row.0.is_some_and(|fund| fund != Fund::All)
    };
    !whole.is_empty() && !classes.is_subset(&whole) || rows.values().any(first_of_all)
}

/// Whether the words behind a figure say that something is left out of it: 7.00万元（不含因公出国（境）费）.
pub(super) fn leaves_out(after: &str) -> bool {
    // The bracket stands directly behind the figure; what follows a row of thousands is not looked through.
    const REACH: usize = 96;
    let after = &after[..after.floor_char_boundary(REACH)];
    let near = after.split(['，', '。', '；', '、', ',', ';']).next().unwrap_or("");
    let bracket = near.find(['（', '(']).filter(|at| *at <= 12);
    let inside = bracket.map_or("", |at| near[at..].trim_start_matches(['（', '(', ' ']));
    ["不含", "不包括", "不包含", "扣除", "剔除", "未含", "未包括"].iter().any(|word| inside.starts_with(word))
}

/// Whether the sentence says that what follows is a part. `before`: the words of its paragraph before the figure.
pub(super) fn is_part(before: &str) -> bool {
    let sentence = sentence_of(before);
    ["其中", "包括", "分别"].iter().any(|word| sentence.contains(word))
}

/// Words of sentences that speak of another scope than the report.
const WIDER: [&str; 12] =
    ["全省", "全市", "全县", "全州", "全旗", "全镇", "全乡", "全街道", "全系统", "口径", "各直属单位", "各下属单位"];

/// Whether the sentence speaks of more than the report does: of the whole county, or of all funds in 全口径.
pub(super) fn of_wider_scope(before: &str) -> bool {
    let sentence = sentence_of(before);
    WIDER.iter().any(|word| sentence.contains(word))
}

/// The end of the words after the last full stop.
fn sentence_of(before: &str) -> &str {
    let near = super::relations::last_bytes(before, 600);
    near.rfind('。').map_or(near, |at| &near[at..])
}

/// Whether a figure of the text is an item of a list inside its paragraph: …（7）…公务接待费0.1万元.
/// `before`: the words of its paragraph before it.
pub(super) fn is_item(before: &str) -> bool {
    let sentence = super::relations::last_bytes(before, 240);
    let mut rest = sentence.char_indices().peekable();
    while let Some((at, next)) = rest.next() {
        let inside = at > 0;
        let bracket = matches!(next, '（' | '(')
            && rest.peek().is_some_and(|(_, digit)| digit.is_ascii_digit() || "一二三四五六七八九十".contains(*digit));
        if inside && (bracket || ('①'..='⑳').contains(&next)) {
            return true;
        }
    }
    false
}
