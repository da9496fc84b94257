//! Regions that an agency's name calls for short: 攀枝花学院, 四川广元…, 南昌经济技术开发区….
//!
//! In: the name, what the text names in full. Out: rows of regions. A short name may be part of another word
//! (中山大学, 北京路): the vocabulary and what follows tell such; of several places none is taken.

use super::{Resolver, is_within};
use crate::grammar::regions::Wordings;

impl Resolver<'_> {
    /// 攀枝花学院, 云南大学: a short name at the start, of a region that the text names in full; a province's is enough
    /// by itself, and a region's inside it if both stand there (四川广元…).
    pub(super) fn short_region(&self, name: &str) -> Option<Vec<usize>> {
        let (length, mut rows) = self.grammars.regions().at_start(name, Wordings::All)?;
        let named: Vec<usize> = rows.iter().copied().filter(|row| self.mentions.count(*row) > 0).collect();
        if named.is_empty() {
            rows.retain(|row| self.region(*row).level == "province");
            if rows.is_empty() || is_street(&name[length..]) {
                return None;
            }
            return Some(self.inside(&rows, &name[length..]).unwrap_or(rows));
        }
        let most = named.iter().map(|row| self.mentions.count(*row)).max();
        Some(named.into_iter().filter(|row| Some(self.mentions.count(*row)) == most).collect())
    }

    /// The one region inside of `outer` whose short name `rest` begins with.
    fn inside(&self, outer: &[usize], rest: &str) -> Option<Vec<usize>> {
        let (length, mut rows) = self.grammars.regions().at_start(rest, Wordings::All)?;
        rows.retain(|row| outer.iter().any(|outer| is_within(*row, *outer, self.grammars)));
        self.one_place(rows, rest, length)
    }

    /// 南昌经济技术开发区…: the short name of one prefecture and of no other, which the text does not name in full;
    /// of any region where a national agency's branch bears it (国家统计局淮阳调查队). Else 黄石中学 inside a name, of a
    /// region that the text names in full.
    pub(super) fn region_by_short_name_alone(&self, name: &str, branch: bool) -> Option<Vec<usize>> {
        let other = self.grammars.agencies().begins_without_region(name);
        let begins = self.grammars.regions().at_start(name, Wordings::All).filter(|_| !other);
        if let Some((length, mut rows)) = begins {
            if !branch || rows.iter().any(|row| self.region(*row).level == "prefecture") {
                rows.retain(|row| self.region(*row).level == "prefecture");
            }
            if let Some(rows) = self.one_place(rows, name, length) {
                return Some(rows);
            }
        }
        let regions = self.grammars.regions();
        let inside = |row: &usize| regions.short_names(self.region(*row)).any(|short| name.contains(short));
        let mut rows: Vec<usize> = self.mentions.regions.keys().copied().filter(inside).collect();
        rows.sort_unstable();
        let one = rows.windows(2).all(|pair| self.region(pair[0]).code == self.region(pair[1]).code);
        (!rows.is_empty() && one).then_some(rows)
    }

    /// `rows`, if they are one place and what follows their short name at the start of `name` is no street.
    fn one_place(&self, mut rows: Vec<usize>, name: &str, length: usize) -> Option<Vec<usize>> {
        if let Some(year) = self.year {
            self.keep(&mut rows, |region| region.valid_in(year));
        }
        let first = self.region(*rows.first()?);
        let one = rows.iter().all(|row| {
            let region = self.region(*row);
            region.code == first.code
                || self.name(*row).trim_end_matches(['县', '区', '市'])
                    == self.name(rows[0]).trim_end_matches(['县', '区', '市'])
                    && region.parent == first.parent
        });
        let rest = &name[length..];
        let other = ["山", "江", "河", "湖", "镇", "乡", "村"].iter().any(|word| rest.starts_with(word));
        (one && !other && !is_street(rest) && rest.chars().count() > 1).then_some(rows)
    }
}

/// 北京路小学, 南京西路街道: what follows a region's short name and makes it a street.
fn is_street(rest: &str) -> bool {
    let rest = rest.strip_prefix(['东', '西', '南', '北', '中']).unwrap_or(rest);
    ["路", "街", "大道", "大街", "巷", "桥", "新村"].iter().any(|word| rest.starts_with(word))
}
