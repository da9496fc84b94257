//! Shares (占比) against the amounts that they are the share of.
//!
//! In: a share of the text, what its paragraph and chapter have said, what the whole document agrees on. Out: a finding,
//! if one of `[[share]]` knows the part and the words behind 占.

use super::finding::{Finding, percent_of, ratio_finding, whole_of};
use super::gather::Gathered;
use super::printed::compare_ratio;
use super::relations::{Known, Relations, Said, amount_of, phrase_before};
use super::scope::slipped;
use crate::grammar::identities::Identity;
use crate::quantity::Phase;

/// The share of the last amount of its subject in the whole that the words behind 占 name.
pub(super) fn try_share<'a>(
    gathered: &Gathered<'_, 'a>,
    relations: &Relations<'a>,
    share: u32,
    [here, chapter]: [&Said<'_>; 2],
    known: &Known<'_>,
) -> Option<Finding<'a>> {
    let fact = gathered.fact(share);
    let concept = fact.concept.filter(|_| !fact.item.contains('：') && !fact.item.contains('/'))?;
    let part = amount_of(gathered, share, &[here])?;
    let phrase: String = phrase_before(gathered, share, "占").chars().filter(|c| !c.is_whitespace()).collect();
    let phrase = phrase.trim_end_matches(['的', '比', '约', '为', '重', '（', '(']);
    for (identity, rule) in &relations.shares {
        let named =
            if phrase.is_empty() { rule.bare } else { rule.words.iter().any(|words| phrase.contains(words.as_str())) };
        if !named || !rule.parts.iter().any(|id| id == concept) {
            continue;
        }
        let key = ((Some(rule.of.as_str()), ""), Some(Phase::Executed), fact.period);
        let near = here.amounts.get(&key).or_else(|| chapter.amounts.get(&key)).copied();
        let far = || known.text.get(rule.of.as_str()).copied().flatten();
        let Some(whole) = near.or_else(|| if rule.far { far() } else { None }) else { continue };
        // 占总收入的…: with what was left of the year before, or without.
        let vague = ["总收入", "总支出", "收入总", "支出总计"].iter().any(|words| phrase.contains(words))
            && rule.of.ends_with(".current_year");
        return share_finding(gathered, identity, share, part, whole).map(|finding| {
            let vague = vague && !slipped(gathered, finding.but_the_whole());
            finding.doubt(vague, "it does not say that the whole is that of the year")
        });
    }
    None
}

fn share_finding<'a>(
    gathered: &Gathered<'_, 'a>,
    identity: &'a Identity,
    share: u32,
    part: u32,
    whole: u32,
) -> Option<Finding<'a>> {
    let (printed, of, all) = (gathered.printed(share)?, gathered.printed(part)?, gathered.printed(whole)?);
    if all.value.is_zero() {
        return None;
    }
    let verdict = compare_ratio(printed, of, all, true)?;
    let needed = |order: usize| match order {
        0 => percent_of(all.value, printed),
        _ => whole_of(of.value, printed),
    };
    Some(ratio_finding(gathered, identity, share, &[part, whole], verdict, &needed))
}
