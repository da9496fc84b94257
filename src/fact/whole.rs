//! Parts that stand for their whole, since the document tells no other.
//!
//! In: all facts of a document. Out: the concept of the only kind of posts that is told: an agency
//! with 行政编制24名 and no other posts has 24 authorised posts.

use super::Fact;
use crate::quantity::Unit;

const POSTS: &str = "staff.authorised";

/// Names the whole where one part alone is told.
pub fn name_wholes(facts: &mut [Fact<'_>]) {
    if facts.iter().any(|fact| fact.concept == Some(POSTS)) {
        return;
    }
    let posts =
        |fact: &&mut Fact<'_>| fact.concept.is_none() && fact.unit == Unit::Person && fact.item.ends_with("编制");
    let mut found = facts.iter_mut().filter(posts);
    if let (Some(only), None) = (found.next(), found.next()) {
        only.concept = Some(POSTS);
    }
}
