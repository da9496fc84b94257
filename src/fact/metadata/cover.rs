//! The cover: the lines before the contents or the first section, and the title that they make up.
//!
//! In: the layout's first paragraphs. Out: [`Cover`]. A title may take several lines, with the year
//! before, within or below it; a document without a cover (its first line is 第一部分) has no title.

use crate::layout::{BlockKind, Layout, View};
use crate::source::Span;

/// A cover is never longer.
const MOST_LINES: usize = 16;
/// A line of a cover is never longer, in bytes.
const LONGEST_LINE: usize = 240;

/// The lines of a cover.
#[derive(Debug, Default)]
pub struct Cover {
    /// The report's title, its lines joined.
    pub title: Option<String>,
    /// All lines, cleaned.
    pub lines: Vec<String>,
    /// Where the title stands.
    pub span: Option<Span>,
    /// Index of the first paragraph behind the cover.
    pub end: usize,
}

/// Words that a title holds.
const TITLE_WORDS: [&str; 6] = ["决算", "预算", "绩效", "报告", "公开", "自评"];

/// Names of a site's sections that a page may begin with.
const PLACES: [&str; 7] = [
    "预算绩效管理",
    "预算绩效",
    "财政预决算",
    "财政预决算和三公经费",
    "预决算公开",
    "预算/决算",
    "财政预决算、“三公”经费",
];

/// Reads the lines before the contents or the first section.
pub fn read_cover(text: &str, layout: &Layout) -> Cover {
    let mut cover = Cover::default();
    let mut spans = Vec::new();
    for (index, paragraph) in layout.paragraphs.iter().enumerate().take(MOST_LINES) {
        let view = View::of(text, &paragraph.pieces);
        let line = view.text().trim_start_matches('#').trim_end_matches(['|', ' ']).trim();
        if paragraph.kind == BlockKind::Contents || ends_cover(line) {
            break;
        }
        cover.end = index + 1;
        if line.is_empty() || is_aside(line) {
            continue;
        }
        let span =
            paragraph.pieces.first().zip(paragraph.pieces.last()).map(|(first, last)| Span::new(first.start, last.end));
        spans.push(span.unwrap_or_default());
        cover.lines.push(line.to_owned());
    }
    let titled = |line: &String| TITLE_WORDS.iter().any(|word| line.contains(word)) && !is_of_site(line);
    let Some(found) = cover.lines.iter().position(titled) else { return cover };
    // 财政预决算 ⏎ 云溪县水务局 ⏎ 2020年度部门决算: the site's own words for where the page stands.
    let placed = cover.lines[found..].iter().take_while(|line| PLACES.contains(&line.as_str())).count();
    let first = found + placed;
    if first >= cover.lines.len() {
        return cover;
    }
    let titled_line = (first..cover.lines.len()).find(|at| titled(&cover.lines[*at])).unwrap_or(first);
    let begin = if placed > 0 { first } else { begins_at(&cover.lines, first) };
    let first = titled_line;
    let mut last = first;
    while last + 1 < cover.lines.len() && continues(&cover.lines[begin..=last], &cover.lines[last + 1]) {
        last += 1;
    }
    cover.span = Some(Span::new(spans[begin].start, spans[last].end));
    cover.title = Some(without_extension(&join(&cover.lines[begin..=last])).to_owned());
    cover
}

/// The first line of the title that line `at` is the first to name as one.
fn begins_at(lines: &[String], at: usize) -> usize {
    const LEAST_NAME: usize = 5;
    const COMMON: [&str; 12] =
        ["年度", "年", "部门", "单位", "决算", "预算", "公开", "情况", "说明", "报告", "报表", "绩效"];
    let site = lines[..at].iter().rposition(|line| is_of_site(line)).map_or(0, |at| at + 1);
    let name = COMMON.iter().fold(lines[at].clone(), |line, word| line.replace(word, ""));
    let long = name.chars().filter(|c| c.is_alphabetic()).count() >= LEAST_NAME;
    // 云溪县水务局2023年度部门决算 names its agency; a line before it may be the region or the party, no slogan.
    let named = lines[at].contains('年') && long;
    let higher = |line: &String| line.ends_with(['省', '市', '县', '区', '州', '盟', '旗', '委', '会', '府']);
    match at.checked_sub(1) {
        Some(before) if named && before >= site && !higher(&lines[before]) => at,
        _ => site,
    }
}

/// Whether `line` goes on with the title that `lines` begin.
fn continues(lines: &[String], line: &String) -> bool {
    let dated = |line: &str| line.contains(|c: char| c.is_ascii_digit()) && line.contains('年');
    let titled = TITLE_WORDS.iter().any(|word| line.contains(word));
    let again = lines.contains(line);
    is_year(line) || again || (titled && !is_of_site(line) && !(lines.iter().any(|line| dated(line)) && dated(line)))
}

/// Words of a site, not of the report: 欢迎访问…, 首页 > 政务公开, 无障碍阅读.
fn is_of_site(line: &str) -> bool {
    const WORDS: [&str; 14] = [
        "欢迎",
        "首页",
        "无障碍",
        "长者",
        "适老",
        "门户网站",
        "网站",
        "索引号",
        "浏览",
        "当前位置",
        "通知公告",
        "字体",
        "设为首页",
        "政务公开",
    ];
    const COLUMNS: [&str; 11] = [
        "政府信息公开",
        "信息公开",
        "财政信息",
        "财务信息",
        "公开目录",
        "公开日期",
        "公开方式",
        "公开时限",
        "公开范围",
        "发布日期",
        "成文日期",
    ];
    let column = COLUMNS.contains(&line.trim_end_matches(['：', ':']));
    // 公开方式主动公开所属机构云溪县水务局: columns in one line.
    let columns = COLUMNS[4..].iter().any(|word| line.starts_with(word) && line.chars().count() > 6);
    column || columns || line.matches(['|', '>', '＞', '»']).count() > 1 || WORDS.iter().any(|word| line.contains(word))
}

/// The name of a file, as sites print it above its text, without its ending; no 目录 of the contents below.
fn without_extension(title: &str) -> &str {
    let title = title.strip_suffix("目录").unwrap_or(title).trim_end();
    let ends = [".pdf", ".docx", ".doc", ".xlsx", ".xls", ".wps", ".ofd"];
    ends.iter().find_map(|end| title.strip_suffix(end)).unwrap_or(title)
}

/// Whether `line` begins what follows a cover.
fn ends_cover(line: &str) -> bool {
    let begins = ["目录", "目次", "第一部分", "第一章", "一、", "（一）", "1.", "1、"];
    let numeral = line.trim_start_matches('（').trim_start_matches(|c: char| "一二三四五六七八九十".contains(c));
    let numbered = !line.starts_with(numeral) && numeral.starts_with(['、', '）']);
    // 决算公开目录, but not the site's 公开目录 above the title.
    let contents = line.ends_with("目录") && line != "公开目录" && line.chars().count() <= 8;
    numbered
        || contents
        || begins.iter().any(|begin| line.starts_with(begin))
        || line.len() > LONGEST_LINE
        || line.contains('。')
}

/// Whether `line` is no part of a title: 附件1, 公开时间：…, a page number, a date.
fn is_aside(line: &str) -> bool {
    let annex = line.starts_with('附') && line.chars().count() <= 5;
    let number = line.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '—' | '.'));
    let date = line.ends_with(['日', '月']) && line.contains('年');
    annex || number || date || line.contains('|') || line.contains(['：', ':'])
}

/// Whether `line` is nothing but a year: (2020年度).
fn is_year(line: &str) -> bool {
    let inner = line.trim_matches(['(', ')', '（', '）', ' ']);
    inner.contains('年') && inner.chars().all(|c| c.is_ascii_digit() || "年度〇○零一二三四五六七八九Ｏ ".contains(c))
}

/// The lines as one; a title printed twice (cover and title page) once.
fn join(lines: &[String]) -> String {
    let mut title = String::new();
    for (index, line) in lines.iter().enumerate() {
        let said = index > 0 && title.contains(line.as_str());
        let begun = lines[index + 1..].iter().any(|later| later != line && later.starts_with(line.as_str()));
        if said || begun {
            continue;
        }
        if title.ends_with(|c: char| c.is_ascii_alphanumeric()) && line.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            title.push(' ');
        }
        title.push_str(line);
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lay_out;

    fn title(text: &str) -> Option<String> {
        read_cover(text, &lay_out(text)).title
    }

    #[test]
    fn lines_of_a_title_are_joined() {
        assert_eq!(
            title("中共云溪县委\n\n统战部2023年度\n\n部门决算\n\n目录\n"),
            Some("中共云溪县委统战部2023年度部门决算".into())
        );
        // 2019 alone on its line is a number, and the rest of the title is printed twice.
        assert_eq!(
            title("2019年度云溪县妇女联合会部门决算\n\n2019\n\n云溪县妇女联合会部门决算\n\n目录\n"),
            Some("2019年度云溪县妇女联合会部门决算".into())
        );
        assert_eq!(
            title("附件1\n\n云溪县水务局 部门决算\n\n(2020 年度)\n\n目录\n"),
            Some("云溪县水务局部门决算（2020年度）".into())
        );
    }

    #[test]
    fn words_of_a_site_are_no_part_of_the_title() {
        for before in [
            "长者版 无障碍阅读\n\n",
            "欢迎访问云溪县人民政府门户网站\n\n当前位置：首页 > 政府信息公开 > 决算公开\n\n",
            "通知公告\n\n",
            "政府信息公开\n\n索引号\n\n公开日期\n\n2024-10-15\n\n",
            "财政预决算\n\n",
            "首页 | 政务公开 | 互动交流\n\n云溪县水务局\n\n",
        ] {
            assert_eq!(
                title(&format!("{before}云溪县水务局2023年度部门决算\n\n2023年度决算报表.xls\n\n目录\n")),
                Some("云溪县水务局2023年度部门决算".into()),
                "{before}"
            );
        }
        assert_eq!(
            title("国家三级医院\n\n云溪县中医医院2023年度单位决算\n\n目录\n"),
            Some("云溪县中医医院2023年度单位决算".into())
        );
        assert_eq!(
            title("2031年度云溪县水务局部门决算公开\n\n2031年度\n\n云溪县水务局部门决算\n\n一、概况\n"),
            Some("2031年度云溪县水务局部门决算公开".into())
        );
        assert_eq!(
            title("云溪县水务局2031年度部门决算目录\n\n一、概况\n"),
            Some("云溪县水务局2031年度部门决算".into())
        );
        for behind in ["公开方式 主动公开 所属机构 云溪县水务局 责任部门 云溪县水务局", "决算公开目录"]
        {
            assert_eq!(
                title(&format!("2023年度云溪县水务局部门决算\n\n{behind}\n\n一、概况\n")),
                Some("2023年度云溪县水务局部门决算".into())
            );
        }
        assert_eq!(title("云溪县水务局2023年度部门决算.pdf\n"), Some("云溪县水务局2023年度部门决算".into()));
    }

    #[test]
    fn a_numbered_heading_ends_the_cover() {
        assert_eq!(
            title("云溪县水务局2023年度部门决算\n\n七、“三公”经费支出决算情况说明\n"),
            Some("云溪县水务局2023年度部门决算".into())
        );
    }

    #[test]
    fn without_a_cover_there_is_no_title() {
        assert_eq!(title("第一部分 部门概况\n\n一、部门职责\n云溪县水务局负责水利。\n"), None);
    }
}
