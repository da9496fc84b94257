//! Brings labels and titles into one spelling, so that one look-up finds them.
//!
//! In: a label as printed. Out: its words without white space, quotes and list numbers, brackets
//! full width, other ASCII half width. Grammar wordings go through the same hands as the reports'
//! labels, so a maintainer may write either. What the label means is left to `statements`.

use std::borrow::Cow;

/// The label in the one spelling that grammars are looked up by: no white space, no quotes, no
/// mark-up, brackets full width, colons full width and none at the end.
#[must_use]
pub fn squeeze(label: &str) -> String {
    let mut squeezed = String::with_capacity(label.len());
    squeeze_into(&mut squeezed, label);
    squeezed
}

/// The same, put behind `squeezed`.
pub fn squeeze_into(squeezed: &mut String, label: &str) {
    let start = squeezed.len();
    let mut rest = label;
    loop {
        let plain = plain_length(rest.as_bytes());
        squeezed.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(next) = rest.chars().next() else { break };
        if next == '<'
            && let Some(end) = tag_length(rest)
        {
            rest = &rest[end..];
            continue;
        }
        rest = &rest[next.len_utf8()..];
        if let Some(kept) = fold(next) {
            squeezed.push(kept);
        }
    }
    while squeezed.len() > start && squeezed.ends_with(['：', '；', '，', '。']) {
        squeezed.pop();
    }
}

/// Length of the Chinese characters (U+4E00 to U+9FFF) and digits that `bytes` begin with: they stay as they are.
fn plain_length(bytes: &[u8]) -> usize {
    let mut length = 0;
    loop {
        match &bytes[length..] {
            [b'0'..=b'9', ..] => length += 1,
            [0xE4, 0xB8..=0xBF, _, ..] | [0xE5..=0xE9, _, _, ..] => length += 3,
            _ => return length,
        }
    }
}

/// Length of the mark-up tag (`<p>`, `</td>`) that `text` begins with.
fn tag_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let body = usize::from(bytes.get(1) == Some(&b'/')) + 1;
    let letters = bytes.iter().skip(body).take(10).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let end = body + letters;
    (letters > 0 && bytes.get(end) == Some(&b'>')).then_some(end + 1)
}

/// The character in the one spelling; none if it is left out.
fn fold(character: char) -> Option<char> {
    match character {
        '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '＂' | '*' | '＊' | '\u{feff}' | '\u{200b}' => {
            None
        }
        blank if blank.is_whitespace() => None,
        '(' | '（' | '﹙' => Some('（'),
        ')' | '）' | '﹚' => Some('）'),
        ':' | '：' | '︰' => Some('：'),
        ';' | '；' => Some('；'),
        ',' | '，' => Some('，'),
        '﹪' => Some('%'),
        wide @ '！'..='～' => char::from_u32(wide as u32 - 0xfee0),
        other => Some(other),
    }
}

/// Length in bytes of the list number that `label` begins with: `一、`, `（二）`, `1.`, `（3）`, `4、`, `①`.
#[must_use]
pub fn list_number_length(label: &str) -> usize {
    let trimmed = label.trim_start();
    let skipped = label.len() - trimmed.len();
    let bracketed = trimmed.starts_with(['（', '(']);
    let body = if bracketed { &trimmed[trimmed.chars().next().map_or(0, char::len_utf8)..] } else { trimmed };
    let digits = body.trim_start();
    let length = digits
        .char_indices()
        .take(9)
        .find(|(_, character)| !is_list_digit(*character))
        .map_or(digits.len(), |(at, _)| at);
    if length == 0 {
        let circled = trimmed.chars().next().filter(|first| matches!(first, '①'..='⑳'));
        return circled.map_or(0, |first| skipped + first.len_utf8());
    }
    let behind = &digits[length..];
    let tail = behind.trim_start();
    let closing = tail.chars().next().filter(|mark| {
        if bracketed {
            matches!(mark, '）' | ')')
        } else {
            matches!(mark, '、' | '．' | ')' | '）')
                || (*mark == '.' && !tail[1..].starts_with(|c: char| c.is_ascii_digit()))
        }
    });
    let Some(closing) = closing else { return 0 };
    let end = label.len() - tail.len() + closing.len_utf8();
    // `（10）绩效目标` is a weight where a score stands in brackets; the caller of a score sheet asks first.
    if bracketed || tail.len() > closing.len_utf8() { end } else { 0 }
}

/// Whether a list may be numbered with it.
fn is_list_digit(character: char) -> bool {
    character.is_ascii_digit()
        || matches!(character, '０'..='９' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// The label without its list numbers and 其中, as printed otherwise.
#[must_use]
pub fn bare(label: &str) -> &str {
    let mut rest = label.trim();
    for _ in 0..3 {
        let mut next = rest[list_number_length(rest)..].trim_start();
        for word in ["其中", "#", "★", "▲", "加：", "减："] {
            if let Some(behind) = next.strip_prefix(word) {
                next = behind.trim_start_matches(['：', ':', '-', '－', '—', '，', ' ', '\u{3000}']);
            }
        }
        if next.is_empty() {
            return rest;
        }
        if next.len() == rest.len() {
            break;
        }
        rest = next;
    }
    rest.trim_end_matches(['：', ':'])
}

/// The squeezed label without a bracket at its end: `合计（万元）` gives `合计`.
#[must_use]
pub fn without_bracket(squeezed: &str) -> Option<&str> {
    let body = squeezed.strip_suffix('）')?;
    let open = body.rfind('（')?;
    (open > 0).then(|| &squeezed[..open])
}

/// The words of the bracket at the end of a label as printed: `万元` of `合计（万元）`.
#[must_use]
pub fn bracket_words(label: &str) -> Option<&str> {
    let body = label.trim_end().trim_end_matches(['：', ':']).trim_end();
    let body = body.strip_suffix(['）', ')', '】', ']'])?;
    let open = body.rfind(['（', '(', '【', '['])?;
    let width = body[open..].chars().next().map_or(0, char::len_utf8);
    Some(body[open + width..].trim())
}

/// The label as one piece of text: line breaks and mark-up out, outer white space trimmed.
#[must_use]
pub fn printed(label: &str) -> Cow<'_, str> {
    if label.contains(['\n', '\r', '\t', '<']) {
        let mut out = String::with_capacity(label.len());
        let mut rest = label;
        while let Some(next) = rest.chars().next() {
            if next == '<'
                && let Some(end) = tag_length(rest)
            {
                rest = &rest[end..];
                continue;
            }
            rest = &rest[next.len_utf8()..];
            if !matches!(next, '\n' | '\r' | '\t') {
                out.push(next);
            }
        }
        return Cow::Owned(out.trim().to_owned());
    }
    Cow::Borrowed(label.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_all() {
        assert_eq!(squeeze("因公出国 (境)费："), "因公出国（境）费");
        assert_eq!(squeeze("“三公”经费　支出"), "三公经费支出");
        assert_eq!(squeeze("增减％"), "增减%");
        assert_eq!(squeeze("<p>合　计</p>"), "合计");
        assert_eq!(squeeze("Ａ<3"), "A<3");
    }

    #[test]
    fn list_numbers_and_其中_are_left_out() {
        assert_eq!(bare("一、一般公共服务支出"), "一般公共服务支出");
        assert_eq!(bare("（二）项目支出"), "项目支出");
        assert_eq!(bare("1.基本支出"), "基本支出");
        assert_eq!(bare("  其中：财政拨款"), "财政拨款");
        assert_eq!(bare("其中-财政拨款:"), "财政拨款");
        assert_eq!(bare("2、其中：公用经费"), "公用经费");
        assert_eq!(bare("1.5倍"), "1.5倍");
        assert_eq!(bare("三公经费"), "三公经费");
        assert_eq!(bare("其中："), "其中：");
        assert_eq!(bare("十、"), "十、");
        assert_eq!(bare("二十一、其他支出"), "其他支出");
    }

    #[test]
    fn brackets_at_the_end() {
        assert_eq!(without_bracket("合计（万元）"), Some("合计"));
        assert_eq!(without_bracket("（万元）"), None);
        assert_eq!(bracket_words("合计 (万元)："), Some("万元"));
        assert_eq!(bracket_words("合计"), None);
    }
}
