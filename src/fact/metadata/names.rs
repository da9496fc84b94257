//! Where the name of an agency begins and ends in a title, a heading, a caption or a sentence.
//!
//! In: cleaned words. Out: names without what only says which accounts are meant (（本级）, codes).

use crate::grammar::Agencies;

/// What ends the name in a title, strongest first: a year or 部门决算 can stand in no name,
/// 预算 can (预算评审中心).
const CUTS: [&[&str]; 2] = [
    &[
        "部门决算",
        "单位决算",
        "部门预算",
        "单位预算",
        "决算",
        "部门整体",
        "单位整体",
        "整体支出",
        "部门概况",
        "单位概况",
        "概况",
        "基本情况",
        "部门情况",
    ],
    &["预算", "绩效", "项目支出", "专项", "部门", "关于"],
];

/// The agency that a title or heading names: 云溪县水务局2020年度部门决算.
pub fn name_in_title(title: &str, agencies: &Agencies) -> Option<String> {
    let rest = title_start(title);
    if let Some(name) = cuts(rest, agencies).find(|name| is_full(name, agencies)) {
        return Some(name.to_owned());
    }
    // 云溪县2020年度水务局部门决算
    if let Some(at) = first_year(rest).filter(|at| *at > 0) {
        let (region, behind) = (clean(&rest[..at], agencies), title_start(&rest[at..]));
        let named = cuts(behind, agencies)
            .find(|name| name.chars().count() > 1 && agencies.is_name(name) && !agencies.is_placeholder(name));
        if let Some(name) = named
            .map(|name| format!("{region}{name}"))
            .filter(|name| region.ends_with(['省', '市', '县', '区', '州', '旗', '盟']) && is_full(name, agencies))
        {
            return Some(name);
        }
    }
    // 2020年度部门决算公开（云溪县水务局）, 2020年度部门决算——云溪县水务局
    let behind = rest.rfind(['（', '—']).map(|at| rest[at..].trim_matches(['（', '）', '—', ' ']));
    behind.map(|name| clean(name, agencies)).filter(|name| is_full(name, agencies)).map(str::to_owned)
}

/// What stands before the accounts, whatever it ends with.
pub fn words_before_accounts<'t>(title: &'t str, agencies: &'t Agencies) -> Option<&'t str> {
    cuts(title_start(title), agencies).next()
}

/// What stands before each cut, strongest first.
fn cuts<'t>(rest: &'t str, agencies: &'t Agencies) -> impl Iterator<Item = &'t str> {
    let year = first_year(rest);
    CUTS.iter().filter_map(move |words| {
        let cut = words.iter().filter_map(|word| rest.find(word)).chain(year).filter(|at| *at > 0).min()?;
        Some(clean(&rest[..cut], agencies)).filter(|name| !name.is_empty())
    })
}

/// The title from its first word on: no 第一部分, no 2020年度.
pub fn title_start(title: &str) -> &str {
    let title = trim_ordinal(title);
    let rest = title[leading_year(title)..].trim_start_matches(['度', '的', ' ']);
    rest.strip_prefix("关于").unwrap_or(rest)
}

/// Whether `name` may be that of an agency: ends as one, is long enough, stands for none.
pub fn is_full(name: &str, agencies: &Agencies) -> bool {
    let length = name.chars().count();
    (4..=60).contains(&length)
        && agencies.is_name(without_bracket(name))
        && !agencies.is_placeholder(name)
        && !name.contains(['，', '。', '；', '：', '%', '、', 'X', '×', '*'])
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// 县人民医院（县中心医院） → 县人民医院.
fn without_bracket(name: &str) -> &str {
    name.strip_suffix('）').and_then(|inner| inner.rfind('（')).map_or(name, |open| &name[..open])
}

/// Cuts what only says which accounts are meant: codes, （本级）, 本级, 关于.
pub fn clean<'t>(name: &'t str, agencies: &Agencies) -> &'t str {
    let mut name = name.trim();
    if let Some(rest) = name.strip_prefix(|c: char| c.is_ascii_digit() || c == '[' || c == '【') {
        let bare =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ']' | '】' | '-' | '_' | ' ' | '—'));
        name = if bare.is_empty() { name } else { bare };
    }
    loop {
        let before = name;
        name = name.trim().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '《' | '“' | '”'));
        for word in [
            "关于",
            "（本级）",
            "(本级)",
            "本级",
            "（机关）",
            "（汇总）",
            "乡镇汇总",
            "系统汇总",
            "汇总",
            "（部门）",
            "（单位）",
            "（盖章）",
            "（公章）",
            "（章）",
            "本年度",
            "年度",
            "部门",
            "单位",
            "的",
        ] {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        if let Some(open) = name.rfind(['（', '(']) {
            let inner = name[open..].trim_matches(['（', '）', '(', ')']);
            if name.ends_with(['）', ')']) && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
                name = &name[..open];
            }
        }
        if let Some(rest) = name.strip_suffix("机关").filter(|rest| agencies.is_name(rest)) {
            name = rest;
        }
        if name == before {
            return name;
        }
    }
}

/// The title without 第一部分, 一、 and the like.
pub fn trim_ordinal(title: &str) -> &str {
    let title = title.trim();
    let begins = title
        .starts_with('第')
        .then(|| {
            ["部分", "章"].iter().find_map(|mark| title.find(mark).filter(|at| *at <= 12).map(|at| at + mark.len()))
        })
        .flatten();
    let title = begins.map_or(title, |at| &title[at..]);
    let numeral = |c: char| "一二三四五六七八九十（）()0123456789".contains(c);
    let stripped = title.trim_start_matches(numeral);
    match stripped.chars().next() {
        Some('、' | '.' | '．') if stripped.len() < title.len() => {
            stripped[stripped.chars().next().map_or(0, char::len_utf8)..].trim_start()
        }
        _ if title.starts_with('（') && !title.starts_with("（2") => stripped.trim_start(),
        _ => title.trim_start_matches(['：', ':', ' ', '《']),
    }
}

/// Length of the year that `text` begins with: 2020年度, 二〇二〇年.
fn leading_year(text: &str) -> usize {
    let bare = text.trim_start_matches(['（', '(']);
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(c));
    let rest = digits.trim_start();
    if digits.len() == bare.len() || !rest.starts_with('年') {
        return 0;
    }
    let rest = rest.trim_start_matches('年').trim_start_matches('度').trim_start_matches(['）', ')', ' ']);
    text.len() - rest.len()
}

/// Where the first year in `text` begins.
fn first_year(text: &str) -> Option<usize> {
    let mark = text.find('年').filter(|at| *at > 0)?;
    let before = text[..mark].trim_end();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(c));
    let bare = digits.trim_end_matches(['（', '(', ' ']);
    (digits.len() + 4 <= before.len()).then_some(bare.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::GrammarFiles;

    fn agencies() -> Agencies {
        Agencies::load(&GrammarFiles::embedded(), &mut Vec::new())
    }

    #[test]
    fn a_name_ends_where_the_accounts_begin() {
        let agencies = agencies();
        let cases = [
            ("云溪县水务局2020年度部门决算", "云溪县水务局"),
            ("2020年度云溪县水务局部门决算公开", "云溪县水务局"),
            ("云溪县财政局预算评审中心2021年度单位决算", "云溪县财政局预算评审中心"),
            ("云溪县人民法院关于2021年度部门决算的说明", "云溪县人民法院"),
            ("云溪县教育局（本级）二〇二一年度部门决算", "云溪县教育局"),
            ("第一部分 云溪县教育局概况", "云溪县教育局"),
            ("一、云溪县实验小学基本情况", "云溪县实验小学"),
            ("云溪县水务局部门决算（2020年度）", "云溪县水务局"),
            ("云溪县水务局年度部门决算", "云溪县水务局"),
        ];
        for (title, name) in cases {
            assert_eq!(name_in_title(title, &agencies).as_deref(), Some(name), "{title}");
        }
        for title in [
            "第二部分 2022年度部门决算情况说明",
            "三、支出决算情况说明",
            "云溪县2019年度部门整体支出绩效评价表",
            "第一部分 部门概况",
        ] {
            assert_eq!(name_in_title(title, &agencies), None, "{title}");
        }
    }

    #[test]
    fn codes_are_no_part_of_a_name() {
        let agencies = agencies();
        assert_eq!(clean("[105001]云溪县水务局(105)", &agencies), "云溪县水务局");
        assert_eq!(clean("105001-云溪县水务局机关", &agencies), "云溪县水务局");
    }
}
