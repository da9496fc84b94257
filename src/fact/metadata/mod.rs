//! Who reports about which year: agency, region, fiscal year, kind and title of a document.
//!
//! In: the text, its layout, the vocabularies. Out: [`Metadata`], and problems where the document
//! contradicts itself or its region cannot be told. Everything is read from the cover, the headings,
//! captions and one scan of the text for regions' names; no figure is read here.

mod cover;
mod entity;
mod kind;
mod mentions;
mod names;
mod region;
mod units;
mod year;

use super::Metadata;
use crate::grammar::Grammars;
use crate::layout::Layout;
use crate::problem::Problem;

/// Reads who reports about which year.
#[must_use]
pub fn read_metadata(text: &str, layout: &Layout, grammars: &Grammars, problems: &mut Vec<Problem>) -> Metadata {
    let cover = cover::read_cover(text, layout);
    let fiscal_year = year::fiscal_year(text, layout, &cover);
    let mentions = mentions::read_mentions(text, grammars);
    let entity = entity::read_entity(text, layout, &cover, &mentions, grammars, problems);
    let resolver = region::Resolver { text, grammars, mentions: &mentions, year: fiscal_year };
    let found = resolver.region_of(entity.as_ref(), &cover, problems);
    Metadata {
        report_kind: Some(kind::report_kind(text, &cover, layout)),
        title: cover.title,
        entity: entity.map(|entity| entity.name),
        region: found.name,
        region_code: found.code.map(|code| format!("{code:06}")),
        level: found.level,
        fiscal_year,
        units: units::read_units(text, layout, grammars.agencies()),
    }
}

#[cfg(test)]
mod tests;
