//! What every page is made of: style, script, data for the script, and the rules that keep the rest out.
//!
//! In: values to serialise. Out: text that can stand inside `<script>` elements, and the content security
//! policy. The policy names the one style and the one script by their digests, so that whatever a report
//! holds, a browser runs and fetches nothing else.

use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The style sheet of all pages.
pub const STYLE: &str = include_str!("../../templates/style.css");

/// The script of a page and the policy that lets it run.
pub struct Script {
    pub code: String,
    pub policy: String,
}

impl Script {
    fn new(of_page: &str) -> Self {
        let code = format!("{}{of_page}", include_str!("../../templates/common.js"));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            base64(&Sha256::digest(STYLE)),
            base64(&Sha256::digest(&code))
        );
        Script { code, policy }
    }
}

/// Of a document's page.
pub static DOCUMENT: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("../../templates/document.js")));
/// Of the index.
pub static INDEX: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("../../templates/index.js")));

/// `value` as JSON that can stand in a `<script>` element: no character of it can end the element.
pub fn json(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let plain = serde_json::to_string(value)?;
    let mut safe = String::with_capacity(plain.len());
    for character in plain.chars() {
        match character {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    Ok(safe)
}

/// RFC 4648, as a policy wants digests.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_written_as_rfc_4648_has_them() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn data_cannot_end_its_element() {
        let hostile = "</script><!--<script>\u{2028}&";
        let safe = json(&hostile).expect("text");
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).expect("still JSON"), hostile);
    }
}
