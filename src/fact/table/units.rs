//! The unit of a figure: the cell's own, else the column's, the row's, the table's, the section's.
//!
//! Surprise: a form's indicators may print no unit at all; what is bounded from above there is a
//! cost in the unit of the form's money.

use super::Place;
use super::columns::Column;
use super::content::{Amount, is_year};
use super::facts::{Figures, Reach, Subject};
use super::label::Scale;
use crate::fact::Flags;
use crate::quantity::{Decimal, Measure, Unit};

impl<'a> Figures<'a, '_, '_> {
    /// Value in the unit's base, unit, and whether the unit was told from elsewhere.
    pub(super) fn value(
        &mut self,
        amount: &Amount<'_>,
        column: &Column<'a>,
        subject: &Subject<'a, '_>,
        concept: Option<&str>,
    ) -> (Decimal, Unit, Flags) {
        let times = |factor: Decimal| amount.value.checked_mul(factor).unwrap_or(amount.value);
        let (none, implied) = (Flags::default(), Flags::UNIT_IMPLIED);
        if let Some(unit) = amount.unit {
            if unit.unit == Unit::Cny {
                self.form_money.get_or_insert(Scale { factor: amount.factor, unit: Unit::Cny });
            }
            return (times(amount.factor), unit.unit.clone(), none);
        }
        if amount.factor != Decimal::ONE {
            return (times(amount.factor), Unit::Cny, implied);
        }
        let vocabulary_unit = concept
            .and_then(|id| self.place.vocabulary().concept(id))
            .map(|concept| Unit::from_word(&concept.unit))
            .filter(|unit| !matches!(unit, Unit::Cny) && unit.as_str() != "count");
        let row_unit = subject.meaning.and_then(|meaning| meaning.unit.clone());
        let fixed = if subject.reach == Reach::One {
            column.unit.cloned().or(row_unit)
        } else {
            row_unit.or_else(|| column.unit.cloned())
        };
        if let Some(unit) = fixed {
            return (amount.value, unit, none);
        }
        // 国内公务接待批次（个）: the vocabulary knows the unit better.
        let counted = |scale: &&Scale| scale.unit == Unit::Cny || vocabulary_unit.is_none();
        if let Some(scale) = column.scale.as_ref().or(subject.scale).filter(counted) {
            if scale.unit == Unit::Cny && self.place.is_form() {
                self.form_money = Some(scale.clone());
            }
            return (times(scale.factor), scale.unit.clone(), none);
        }
        if matches!(column.measure, Some(Measure::Growth | Measure::Share | Measure::ExecutionRate | Measure::Rate)) {
            return (amount.value, Unit::Percent, none);
        }
        if let Some(unit) = vocabulary_unit {
            return (amount.value, unit, none);
        }
        let money = self.place.statement.is_some_and(|statement| statement.money);
        let counted = column.measure == Some(Measure::Count);
        if !counted && (money || concept.is_some() || self.is_cost(amount, subject)) {
            let (scale, far) = match &self.form_money {
                // An indicator without any unit means that of the form's money.
                Some(scale) => (scale.clone(), true),
                None => self.money.clone(),
            };
            return (times(scale.factor), scale.unit, if far { implied } else { none });
        }
        if let Some(scale) = self.other.clone().filter(|_| !counted) {
            return (times(scale.factor), scale.unit, none);
        }
        let words = format!("{}{}", subject.words, column.words);
        match guessed_unit(&words, amount) {
            Some(unit) => (amount.value, unit, implied),
            None if !counted && (self.prints_cents(amount) || amount.value.is_zero() && self.cents) => {
                (times(self.money.0.factor), Unit::Cny, implied)
            }
            None => (amount.value, Unit::Printed("个".into()), implied),
        }
    }

    fn prints_cents(&self, amount: &Amount<'_>) -> bool {
        prints_cents(self.place.tokens[amount.number as usize].span.of(self.place.text))
    }

    /// Costs are bounded from above; counts are not.
    fn is_cost(&self, amount: &Amount<'_>, subject: &Subject<'_, '_>) -> bool {
        let cost = |words: &str| {
            words.contains("成本") || words.contains("金额") || words.contains("经费") || words.contains("资金")
        };
        self.place.is_form()
            && self.form_money.is_some()
            && (amount.bound == Some(Measure::Upper) || subject.outer.last().is_some_and(|words| cost(words)))
    }
}

/// 307.82, 1,206.50: nothing that is counted has two decimals.
pub(super) fn prints_cents(raw: &str) -> bool {
    raw.rsplit_once(['.', '．']).is_some_and(|(_, decimals)| decimals.chars().count() == 2)
}

/// `金额单位：万元` in one of the first rows of the grid itself.
pub(super) fn unit_inside(place: &Place<'_, '_>) -> Option<String> {
    let first = place.table.cells.iter().take_while(|cell| cell.row < 4).filter(|cell| cell.span.len() < 240);
    first.map(|cell| cell.text(place.text)).find_map(|words| {
        let (_, unit) = words.rsplit_once("单位")?;
        let unit = unit.trim_start_matches(['：', ':', ' ', '\u{3000}']);
        unit.starts_with(['元', '万', '千', '百', '亿']).then(|| unit.to_owned())
    })
}

/// The unit of a bare number that nothing gives a unit to, from the label's words.
fn guessed_unit(words: &str, amount: &Amount<'_>) -> Option<Unit> {
    if amount.plain && is_year(amount.value) && (words.contains("年度") || words.contains("年份")) {
        return Some(Unit::Printed("年".into()));
    }
    if words.contains("人次") {
        Some(Unit::PersonTime)
    } else if words.contains("人数") || words.contains("人员") {
        Some(Unit::Person)
    } else if words.contains('率') || words.contains("占比") || words.contains("比重") || words.contains("满意度")
    {
        Some(Unit::Percent)
    } else if words.contains("次数") {
        Some(Unit::Printed("次".into()))
    } else if words.contains("分值") || words.contains("得分") {
        Some(Unit::Point)
    } else if words.contains("车辆") {
        Some(Unit::Vehicle)
    } else {
        None
    }
}
