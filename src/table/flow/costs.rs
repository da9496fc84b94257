//! What it costs that a cell stands in a column of a form, that a column is blank, and that a line goes on with a cell.
//!
//! In: the words of a cell and what the column holds. Out: a cost; the higher, the less does a person expect it. The
//! numbers are relations: a number in a column of names never, an unknown tier rather than a missing score.

use super::super::words::{is_dash, is_number};
use super::forms::is_bracket;
use super::indicators::tier;

/// What is too dear for any way.
pub(super) const NEVER: u32 = 1 << 24;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Names of a tier, from 0, which stand for the rows below as well.
    Tier(usize),
    /// Points of the tier on the left.
    TierPoints,
    /// The name of the row.
    Name,
    /// What explains the name.
    Words,
    /// What was aimed at or reached: words or a number.
    Value,
    /// Points that can be had or were given.
    Points,
    /// Rates.
    Rate,
    /// Reasons and remarks, mostly blank.
    Why,
}

/// What a piece looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Number,
    Percent,
    Dash,
    /// A number with more: ≥95%, 3座.
    Counted,
    /// The name of a tier.
    Tier(usize),
    Text,
}

pub(super) fn look(words: &str) -> Look {
    if is_dash(words) || words == "/" {
        Look::Dash
    } else if is_number(words) {
        if words.contains(['%', '％']) { Look::Percent } else { Look::Number }
    } else if let Some(tier) = tier(words) {
        Look::Tier(tier)
    } else if words.starts_with(['≥', '≤', '＞', '＜', '>', '<', '='])
        || words.starts_with(|c: char| c.is_ascii_digit())
    {
        Look::Counted
    } else {
        Look::Text
    }
}

/// The tier that `words` mostly name in a score sheet, from the framework of the Ministry of Finance.
fn is_part(words: &str) -> Option<usize> {
    const FIRST: [&str; 5] = ["项目决策", "项目管理", "项目绩效", "部门管理", "履职效能"];
    const SECOND: [&str; 14] = [
        "项目立项",
        "绩效目标",
        "资金投入",
        "资金管理",
        "组织实施",
        "组织管理",
        "资金落实",
        "资金到位",
        "业务管理",
        "财务管理",
        "项目目标",
        "决策过程",
        "项目产出",
        "项目效益",
    ];
    if FIRST.contains(&words) { Some(0) } else { SECOND.contains(&words).then_some(1) }
}

/// `words` without the points behind them: 项目决策（20分）.
fn bare(words: &str) -> &str {
    words.split(['（', '(']).next().filter(|bare| !bare.is_empty()).unwrap_or(words)
}

/// Whether `words` name a tier, the points of it left out.
pub(super) fn names_tier(words: &str) -> bool {
    tier(words).is_some() || is_part(bare(words)).is_some()
}

/// What it costs that `words` stand in a column of a `form` or a score sheet.
pub(super) fn cost(words: &str, look: Look, want: Want, form: bool) -> u32 {
    let length = words.chars().count();
    let is_sentence = words.contains(['，', '。', '；', '：', '①']);
    let points = || words.split_once('.').is_none_or(|(_, cents)| cents.len() < 3) && length < 6;
    match (want, look) {
        // 成本指标 is a tier of its own since 2021, and a part of 产出指标 before.
        (Want::Tier(_), Look::Tier(_)) if words == "成本指标" => 0,
        (Want::Tier(wanted), Look::Tier(own)) => {
            if wanted == own {
                0
            } else {
                60
            }
        }
        (Want::Tier(wanted), Look::Text) if is_part(bare(words)) == Some(wanted) => 0,
        (Want::Tier(_), Look::Text) => {
            if length > 12 || is_sentence {
                50
            } else if form && !words.ends_with("指标") {
                30
            } else if length > 8 {
                10
            } else {
                4
            }
        }
        (Want::Name, Look::Text) => {
            if is_sentence {
                20
            } else if is_part(words).is_some() {
                6
            } else {
                0
            }
        }
        (Want::Name | Want::Words, Look::Tier(_)) => {
            if words.ends_with("指标") {
                30
            } else {
                8
            }
        }
        (Want::Name, Look::Counted) => 40,
        (Want::Words, Look::Text) => {
            if length < 6 && !is_sentence {
                15
            } else {
                0
            }
        }
        (Want::Words, Look::Counted) => 15,
        (Want::Words, Look::Dash) => 10,
        (Want::Value | Want::Why, Look::Tier(_)) => 60,
        (Want::Value, Look::Text) => 3,
        (Want::Points | Want::TierPoints, Look::Number) if points() => 0,
        (Want::Points | Want::TierPoints, Look::Dash) => 5,
        (Want::Value, _) | (Want::Rate, Look::Percent) => 0,
        (Want::Rate, Look::Number | Look::Dash) => 8,
        (Want::Why, Look::Text) => {
            if words == "无" {
                0
            } else {
                4
            }
        }
        (Want::Why, Look::Dash | Look::Counted) => 20,
        _ => NEVER,
    }
}

/// What it costs that a column is blank; `open` is whether the column on its left has a tier in this row.
pub(super) fn blank(want: Want, open: bool) -> u32 {
    match want {
        Want::Tier(_) | Want::TierPoints => {
            if open {
                40
            } else {
                0
            }
        }
        Want::Name => 60,
        Want::Words => 12,
        Want::Value | Want::Points => 35,
        Want::Rate => 20,
        Want::Why => 0,
    }
}

/// What it costs that `after` goes on with `before`.
pub(super) fn seam(before: &str, after: &str) -> u32 {
    let opens = |words: &str| words.matches(['（', '(', '“']).count() > words.matches(['）', ')', '”']).count();
    let whole = format!("{before}{after}");
    if is_bracket(after) {
        return 0;
    }
    if opens(before)
        || before.ends_with(['，', '、', '；', '：'])
        || after.starts_with(['）', ')', '，', '。', '、', '；'])
    {
        5
    } else if tier(&whole).is_some() && tier(before).is_none() {
        0
    } else if before.chars().count() > 10 {
        12
    } else {
        22
    }
}

/// What seams cost in a column: explanations and reasons have several lines more often than not.
pub(super) fn seams(seams: u32, want: Want) -> u32 {
    if matches!(want, Want::Words | Want::Why) { seams / 2 } else { seams }
}
