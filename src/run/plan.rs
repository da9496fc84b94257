//! Where parts end: decided by the sizes of the files alone, before any is read.
//!
//! In: documents in order. Out: ranges of them. A run that is resumed cuts the same parts again as long
//! as the files are the same, and parts before the first changed file stay as they are.

use super::input::Document;
use std::ops::Range;

/// A part ends at so many documents, however small they are.
const MOST_DOCUMENTS: usize = 8192;
/// What a document costs beside its bytes, so that empty ones count as well.
const OVERHEAD: u64 = 256;

/// The documents of each part. There is at least one part, so that every table has a file.
pub fn cut(documents: &[Document], part_bytes: u64) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, document) in documents.iter().enumerate() {
        bytes += document.planned_bytes() + OVERHEAD;
        if bytes >= part_bytes || index + 1 - start >= MOST_DOCUMENTS {
            parts.push(start..index + 1);
            (start, bytes) = (index + 1, 0);
        }
    }
    if start < documents.len() || parts.is_empty() {
        parts.push(start..documents.len());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(sizes: &[u64]) -> Vec<Document> {
        sizes.iter().enumerate().map(|(index, size)| Document::of_size(&format!("{index:03}.txt"), *size)).collect()
    }

    #[test]
    fn a_part_ends_when_it_is_full() {
        assert_eq!(cut(&documents(&[600, 600, 600]), 1500), [0..2, 2..3]);
    }

    #[test]
    fn a_large_document_ends_its_part() {
        assert_eq!(cut(&documents(&[10, 9000, 10]), 1500), [0..2, 2..3]);
    }

    #[test]
    fn no_documents_are_one_part() {
        assert_eq!(cut(&[], 1500).first(), Some(&(0..0)));
    }

    #[test]
    fn adding_a_document_at_the_end_leaves_earlier_parts_alone() {
        let before = cut(&documents(&[700; 10]), 1500);
        let after = cut(&documents(&[700; 11]), 1500);
        assert_eq!(before[..4], after[..4]);
    }
}
