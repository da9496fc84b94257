//! Radicals that PDF fonts give out in place of the characters that look the same: ⼀ for 一.
//!
//! Source: Unicode, compatibility decompositions of the block Kangxi Radicals; the few of CJK
//! Radicals Supplement that are characters of their own in simplified Chinese, by their look.

/// The characters of U+2F00 to U+2FD5, in order.
const KANGXI: [&str; 6] = [
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕",
    "大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日",
    "曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿",
    "目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行",
    "衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音",
    "頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠",
];

/// Characters of the supplement, sorted.
#[rustfmt::skip]
const SUPPLEMENT: [(char, char); 34] = [
    ('\u{2e81}', '厂'), ('\u{2e8b}', '卩'), ('\u{2e95}', '彐'), ('\u{2e9f}', '母'), ('\u{2ea0}', '民'), ('\u{2ec4}', '西'), ('\u{2ec5}', '见'), ('\u{2ec6}', '角'), ('\u{2ec9}', '贝'), ('\u{2ecb}', '车'), ('\u{2ecf}', '邑'), ('\u{2ed1}', '長'), ('\u{2ed3}', '长'), ('\u{2ed4}', '门'), ('\u{2ed8}', '青'), ('\u{2ed9}', '韦'), ('\u{2eda}', '页'), ('\u{2edb}', '风'), ('\u{2edc}', '飞'), ('\u{2edd}', '食'), ('\u{2ede}', '食'), ('\u{2ee2}', '马'), ('\u{2ee3}', '骨'), ('\u{2ee4}', '鬼'), ('\u{2ee5}', '鱼'), ('\u{2ee6}', '鸟'), ('\u{2ee7}', '卤'), ('\u{2ee8}', '麦'), ('\u{2ee9}', '黄'), ('\u{2eea}', '黾'), ('\u{2eec}', '齐'), ('\u{2eee}', '齿'), ('\u{2ef0}', '龙'), ('\u{2ef3}', '龟')
];

/// The ordinary character that looks like `radical`.
pub(super) fn unify(radical: char) -> Option<char> {
    if let Some(place) = (radical as usize).checked_sub(0x2f00) {
        return KANGXI.get(place / 36)?.chars().nth(place % 36);
    }
    let place = SUPPLEMENT.binary_search_by_key(&radical, |pair| pair.0).ok()?;
    Some(SUPPLEMENT[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_characters() {
        assert_eq!(unify('\u{2f00}'), Some('一'));
        assert_eq!(unify('\u{2f23}'), Some('夕'));
        assert_eq!(unify('\u{2f24}'), Some('大'));
        assert_eq!(unify('\u{2fd5}'), Some('龠'));
        assert_eq!(unify('\u{2fd6}'), None);
        assert_eq!(unify('\u{2ea0}'), Some('民'));
        assert_eq!(unify('民'), None);
        assert!(SUPPLEMENT.is_sorted());
    }
}
