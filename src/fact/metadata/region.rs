//! The region that an agency reports for, its GB/T 2260 code and level.
//!
//! In: the agency's name, the regions that the text names. Out: [`Found`]. A name is read as a chain
//! (上海市, 普陀区); of several regions of one name the text decides: the one whose parents it names. What
//! stays open has no code, and a problem row says so. Invented or newer regions keep their name alone.

mod short;

use super::cover::Cover;
use super::entity::{Entity, is_abbreviated};
use super::mentions::Mentions;
use super::names::title_start;
use crate::grammar::Grammars;
use crate::grammar::regions::{Region, Wordings};
use crate::problem::{Problem, Severity};

/// A text must name a region so often to be taken for that region's without an agency that says so.
const LEAST_MENTIONS: u32 = 2;

/// What could be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The region's name.
    pub name: Option<String>,
    /// Its code.
    pub code: Option<u32>,
    /// The agency's level.
    pub level: Option<&'static str>,
}

/// The rows of the region that a chain of names leads to (上海市, 普陀区), and the chain's length.
pub fn region_at(name: &str, grammars: &Grammars) -> Option<(usize, Vec<usize>)> {
    let regions = grammars.regions();
    let whole = |text: &str, taken| {
        let (length, rows) = regions.at_start(text, taken)?;
        // 峨边县 is as good as a full name, 四川 is not.
        text[..length].ends_with(['省', '市', '县', '区', '州', '旗', '盟']).then_some((length, rows))
    };
    let (mut length, mut rows) = whole(name, Wordings::All).or_else(|| {
        // 内蒙古鄂尔多斯市: a short name counts where a whole one inside it follows.
        let (length, outer) = regions.at_start(name, Wordings::All)?;
        let (more, inner) = whole(&name[length..], Wordings::All)?;
        let rows: Vec<usize> =
            inner.into_iter().filter(|row| outer.iter().any(|outer| is_within(*row, *outer, grammars))).collect();
        (!rows.is_empty()).then_some((length + more, rows))
    })?;
    while let Some((more, next)) = whole(&name[length..], Wordings::All) {
        let inner: Vec<usize> =
            next.into_iter().filter(|row| rows.iter().any(|outer| is_within(*row, *outer, grammars))).collect();
        if inner.is_empty() {
            break;
        }
        (length, rows) = (length + more, inner);
    }
    if let Some(inner) = branch(&name[length..], &rows, grammars) {
        rows = inner;
    }
    Some((length, rows))
}

/// 成都市公安局锦江区分局: the region inside that a branch is for.
fn branch(rest: &str, outer: &[usize], grammars: &Grammars) -> Option<Vec<usize>> {
    let regions = grammars.regions();
    let mut found = regions.candidates(rest).filter_map(|at| regions.at_start(&rest[at..], Wordings::Full));
    found.find_map(|(_, rows)| {
        let inner: Vec<usize> =
            rows.into_iter().filter(|row| outer.iter().any(|outer| is_within(*row, *outer, grammars))).collect();
        (!inner.is_empty()).then_some(inner)
    })
}

/// Whether the region of row `inner` lies in that of row `outer`.
fn is_within(inner: usize, outer: usize, grammars: &Grammars) -> bool {
    let rows = grammars.regions().rows();
    let (inner, outer) = (&rows[inner], &rows[outer]);
    inner.code != outer.code && (inner.parent == outer.code || inner.code / 10_000 * 10_000 == outer.code)
}

/// What regions are told by.
pub struct Resolver<'t> {
    /// The document's text.
    pub text: &'t str,
    /// The vocabulary.
    pub grammars: &'t Grammars,
    /// What the text names.
    pub mentions: &'t Mentions,
    /// The fiscal year.
    pub year: Option<i16>,
}

impl Resolver<'_> {
    /// The region of `entity`; of a report that names no agency, that of its title or text.
    pub fn region_of(&self, entity: Option<&Entity>, cover: &Cover, problems: &mut Vec<Problem>) -> Found {
        let Some(entity) = entity else {
            let title = cover.title.as_deref().map(title_start);
            let titled = title.and_then(|title| Some((title, self.titled(title)?)));
            let Some((title, rows)) = titled else { return self.of_text(None) };
            return self.choose(rows, &Entity { name: title.to_owned(), span: cover.span }, problems);
        };
        let agencies = self.grammars.agencies();
        let name = &entity.name[agencies.prefix(&entity.name)..];
        let township = agencies.is_township(&entity.name);
        let whole = region_at(name, self.grammars).map(|(_, rows)| rows);
        let mut found = if let Some(rows) = whole.or_else(|| self.short_region(name)) {
            self.choose(rows, entity, problems)
        } else if let Some(rows) = self.region_by_short_name_alone(name, name.len() < entity.name.len()) {
            self.choose_doubtfully(rows, entity, problems)
        } else if let Some(found) = invented(name) {
            problems.push(Problem::new(
                Severity::Note,
                "region-unknown",
                format!("the region “{}” of “{}” stands in no list, left without a code: add it to grammars/vocabulary/regions.csv if it exists", found.name.as_deref().unwrap_or(""), entity.name),
                entity.span,
            ));
            found
        } else if agencies.is_central(&entity.name) {
            Found { level: Some("central"), ..Found::default() }
        } else {
            let level = if is_abbreviated(name, self.grammars) { level_of(name) } else { None };
            let found = self.of_text(level.or(township.then_some("county")));
            if found.name.is_none() {
                problems.push(Problem::new(
                    Severity::Note,
                    "region-unknown",
                    format!(
                        "neither the name “{}” nor the text says which region reports: left empty; see the cover",
                        entity.name
                    ),
                    entity.span,
                ));
            }
            found
        };
        if township && found.level.is_none_or(|level| level == "county") {
            found.level = Some("township");
        }
        found
    }

    /// The region that a title begins with, or that it holds: 关于批准2031年云溪县决算的报告.
    fn titled(&self, title: &str) -> Option<Vec<usize>> {
        let regions = self.grammars.regions();
        let inside = || regions.candidates(title).find_map(|at| regions.at_start(&title[at..], Wordings::Full));
        region_at(title, self.grammars).map(|(_, rows)| rows).or_else(|| inside().map(|(_, rows)| rows))
    }

    /// As [`Self::choose`], and says that the region was told by little.
    fn choose_doubtfully(&self, rows: Vec<usize>, entity: &Entity, problems: &mut Vec<Problem>) -> Found {
        let found = self.choose(rows, entity, problems);
        if let (Some(name), Some(code)) = (&found.name, found.code) {
            problems.push(Problem::new(
                Severity::Note,
                "region-by-short-name",
                format!(
                    "“{}” names its region for short only and the text does not confirm it: taken for {name} ({code:06}); see whether it is",
                    entity.name
                ),
                entity.span,
            ));
        }
        found
    }

    fn region(&self, row: usize) -> &Region {
        &self.grammars.regions().rows()[row]
    }

    /// The one of `rows`, all of one name, that was meant.
    fn choose(&self, rows: Vec<usize>, entity: &Entity, problems: &mut Vec<Problem>) -> Found {
        let left = self.meant(rows);
        let (Some(first), rest) = (left.first().map(|row| self.region(*row)), left.get(1..).unwrap_or_default()) else {
            return Found::default();
        };
        let name = Some(self.grammars.regions().name(first).to_owned());
        if rest.is_empty() {
            return Found { name, code: Some(first.code), level: Some(first.level) };
        }
        let codes: Vec<String> = left.iter().map(|row| self.region(*row).code.to_string()).collect();
        problems.push(Problem::new(
            Severity::Note,
            "region-ambiguous",
            format!(
                "“{}” may lie in several regions ({}) and the text names none of their parents: left without a code; see which it is",
                entity.name,
                codes.join(", ")
            ),
            entity.span,
        ));
        let level = left.iter().all(|row| self.region(*row).level == first.level).then_some(first.level);
        Found { name, code: None, level }
    }

    /// The rows that the year and the text leave, those of one code once.
    fn meant(&self, mut rows: Vec<usize>) -> Vec<usize> {
        let mut seen = Vec::new();
        if let Some(year) = self.year {
            self.keep(&mut rows, |region| region.valid_in(year));
        }
        let scores: Vec<u32> = rows.iter().map(|row| self.named_around(self.region(*row))).collect();
        let most = scores.iter().copied().max().unwrap_or(0);
        if most > 0 {
            rows = rows.into_iter().zip(scores).filter(|(_, score)| *score == most).map(|(row, _)| row).collect();
        }
        // One place under an older and a newer code: the code of the year, else the newest.
        let year = self.year.unwrap_or(i16::MAX);
        let same_place = rows.iter().all(|row| self.region(*row).parent == self.region(rows[0]).parent);
        if same_place {
            self.keep(&mut rows, |region| {
                region.from.is_none_or(|from| from <= year) && region.to.is_none_or(|to| year <= to)
            });
            let newest = rows.iter().map(|row| self.region(*row).to.unwrap_or(i16::MAX)).max();
            self.keep(&mut rows, |region| Some(region.to.unwrap_or(i16::MAX)) == newest);
        }
        rows.retain(|row| {
            let code = self.region(*row).code;
            let new = !seen.contains(&code);
            seen.push(code);
            new
        });
        rows
    }

    /// Keeps what passes, unless nothing does.
    fn keep(&self, rows: &mut Vec<usize>, passes: impl Fn(&Region) -> bool) {
        if rows.iter().any(|row| passes(self.region(*row))) {
            rows.retain(|row| passes(self.region(*row)));
        }
    }

    /// How often the text names the regions around `region`.
    fn named_around(&self, region: &Region) -> u32 {
        let regions = self.grammars.regions();
        let mut score = 0;
        let mut parent = region.parent;
        while parent != 0 {
            let first = regions.rows().partition_point(|row| row.code < parent);
            let mut next = 0;
            for (offset, row) in regions.rows()[first..].iter().take_while(|row| row.code == parent).enumerate() {
                score += 4 * self.mentions.count(first + offset);
                for short in regions.short_names(row) {
                    score += self.text.matches(short).take(8).count() as u32;
                }
                next = row.parent;
            }
            parent = next;
        }
        score
    }

    /// The region that the text itself names most, of the level asked for or spoken of (全县).
    fn of_text(&self, level: Option<&'static str>) -> Found {
        let level = level.or_else(|| self.spoken_level());
        let mut best: Vec<(u32, usize)> = Vec::new();
        for (row, count) in &self.mentions.regions {
            let region = self.region(*row);
            if level.is_none_or(|level| level == region.level) && self.year.is_none_or(|year| region.valid_in(year)) {
                best.push((*count, *row));
            }
        }
        best.sort_unstable_by_key(|(count, row)| (std::cmp::Reverse(*count), *row));
        let top = best.first().map_or(0, |(count, _)| *count);
        let rows: Vec<usize> =
            best.iter().take_while(|(count, _)| *count == top).take(64).map(|(_, row)| *row).collect();
        let one_name = rows.windows(2).all(|pair| self.name(pair[0]) == self.name(pair[1]));
        if top >= LEAST_MENTIONS
            && one_name
            && let [row] = self.meant(rows)[..]
        {
            let region = self.region(row);
            return Found { name: Some(self.name(row).to_owned()), code: Some(region.code), level: Some(region.level) };
        }
        Found { level, ..Found::default() }
    }

    fn name(&self, row: usize) -> &str {
        self.grammars.regions().name(self.region(row))
    }

    /// 全县, 我市: the level that the text speaks of most.
    fn spoken_level(&self) -> Option<&'static str> {
        let levels = [("province", ["全省", "我省"]), ("prefecture", ["全市", "我市"]), ("county", ["全县", "我县"])];
        let count =
            |words: &[&str; 2]| words.iter().map(|word| self.text.matches(word).take(50).count()).sum::<usize>();
        let counted = levels.map(|(level, words)| (count(&words), level));
        counted.into_iter().filter(|(count, _)| *count > 0).max().map(|(_, level)| level)
    }
}

/// The level that a short name says: 省医保局.
fn level_of(name: &str) -> Option<&'static str> {
    let short = name.strip_prefix("自治").unwrap_or(name);
    match short.chars().next()? {
        '区' if short.len() < name.len() => Some("province"),
        '省' => Some("province"),
        '市' | '州' => Some("prefecture"),
        '县' | '区' | '旗' => Some("county"),
        _ => None,
    }
}

/// A region that no list holds, told by its last letter: 云溪县 of 云溪县水务局.
fn invented(name: &str) -> Option<Found> {
    const NO_REGION: [&str; 14] = [
        "城市",
        "都市",
        "开发区",
        "新区",
        "示范区",
        "园区",
        "管理区",
        "景区",
        "灌区",
        "林区",
        "校区",
        "社区",
        "片区",
        "矿区",
    ];
    let mut found = None;
    let mut from = 0;
    for (at, letter) in name.char_indices().take(16) {
        let end = at + letter.len_utf8();
        let level = match letter {
            '省' => "province",
            '市' | '盟' => "prefecture",
            '县' | '区' | '旗' => "county",
            _ => continue,
        };
        let letters = name[from..at].chars().count();
        let part = NO_REGION.iter().any(|word| name[..end].ends_with(word))
            || ["场", "政", "域", "划", "民", "容"].iter().any(|next| name[end..].starts_with(next)) && letter != '县';
        // 自治区人民政府 names none.
        let nameless = name[from..at].ends_with("自治") && letters == 2;
        if letters < 2 || part || nameless {
            continue;
        }
        if letters > 6 {
            break;
        }
        found = Some(Found { name: Some(name[from..end].to_owned()), code: None, level: Some(level) });
        from = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unlisted_region_is_told_by_its_last_letter() {
        let region = |name| invented(name).and_then(|found| Some((found.name?, found.level?)));
        assert_eq!(region("云溪县水务局"), Some(("云溪县".into(), "county")));
        assert_eq!(region("澜江市临溪区人民法院"), Some(("临溪区".into(), "county")));
        assert_eq!(region("云溪市市场监督管理局"), Some(("云溪市".into(), "prefecture")));
        assert_eq!(region("城市管理局"), None);
        assert_eq!(region("第三人民医院"), None);
        assert_eq!(region("云溪经济开发区管理委员会"), None);
    }
}
