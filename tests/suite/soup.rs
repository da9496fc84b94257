//! Documents that look like reports and are invented from the first word to the last figure: headings, sentences,
//! tables in the layouts of converters and what converters leave behind, in any order.
//!
//! In: nothing. Out: a strategy for [`Soup`], which is printed in a [`Style`]: full-width digits, spaces around
//! figures, Windows line ends. What the styles change is how a figure is printed, never what it says.
//! Surprise: tables by spaces (`columns`) keep their digits and spaces in every style, since those make the columns.

use proptest::prelude::*;
use std::fmt::Write;

/// Around every figure that a style may print otherwise.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// A document, not yet printed.
#[derive(Clone, Debug)]
pub struct Soup(String);

/// How a document is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub full_width: bool,
    pub spaces: bool,
    pub windows: bool,
}

impl Soup {
    /// The document's text.
    pub fn print(&self, style: Style) -> String {
        let (mut text, mut inside) = (String::new(), false);
        for character in self.0.chars() {
            match character {
                OPEN | CLOSE => {
                    inside = character == OPEN;
                    text.extend(style.spaces.then_some(' '));
                }
                '\n' if style.windows => text.push_str("\r\n"),
                _ if inside && style.full_width => text.push(full_width(character)),
                _ => text.push(character),
            }
        }
        text
    }
}

/// The full-width twin of a digit or of what stands between digits.
fn full_width(character: char) -> char {
    char::from_u32(character as u32 + 0xfee0).filter(|_| character.is_ascii_graphic()).unwrap_or(character)
}

/// A figure that a style may print otherwise.
fn figure(raw: &str) -> String {
    format!("{OPEN}{raw}{CLOSE}")
}

/// An amount in hundredths as reports print it.
pub fn printed(hundredths: u64, separators: bool) -> String {
    let whole = (hundredths / 100).to_string();
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if separators && index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let _ = write!(text, ".{:02}", hundredths % 100);
    text
}

fn amount() -> impl Strategy<Value = String> {
    let size = prop_oneof![2 => 0..100_000_u64, 4 => 0..100_000_000_u64, 1 => Just(0)];
    (size, any::<bool>()).prop_map(|(hundredths, separators)| figure(&printed(hundredths, separators)))
}

fn percentage() -> impl Strategy<Value = String> {
    (0..20_000_u64).prop_map(|hundredths| figure(&printed(hundredths, false)))
}

fn count() -> impl Strategy<Value = String> {
    (1..2_000_u32).prop_map(|count| figure(&count.to_string()))
}

const HEADINGS: [&str; 9] = [
    "第一部分 部门概况\n",
    "第二部分 部门决算情况说明\n",
    "一、收入支出决算总体情况说明\n",
    "（二）收入决算情况说明\n",
    "三、“三公”经费财政拨款支出决算情况说明\n",
    "1.因公出国（境）经费支出\n",
    "八、政府性基金预算支出决算情况说明\n",
    "（三）国有资产占有使用情况\n",
    "第四部分 附件\n",
];

fn heading() -> impl Strategy<Value = String> {
    (proptest::sample::select(HEADINGS.to_vec()), any::<bool>(), 0..9999_u32).prop_map(|(heading, marked, number)| {
        if marked { format!("[bookmark: _Toc{number}]{heading}") } else { heading.to_owned() }
    })
}

fn sentence() -> impl Strategy<Value = String> {
    (0..11_usize, amount(), amount(), percentage(), count(), count(), 2012..2026_u16).prop_map(
        |(form, a, b, p, n, m, year)| {
            let before = year - 1;
            match form {
                0 => format!("{year}年本年收入合计{a}万元，其中：一般公共预算财政拨款收入{b}万元，占{p}%。\n"),
                1 => format!("与{before}年相比，收、支总计各减少{a}万元，下降{p}%。主要原因是{n}个项目已经结束。\n"),
                2 => format!("“三公”经费财政拨款支出决算为{a}万元，完成预算{p}%，决算数小于预算数。\n"),
                3 => format!("国内公务接待{n}批次，{m}人次，共计支出{a}万元。\n"),
                4 => format!("教育支出（类）普通教育（款）小学教育（项）：支出决算为{a}万元，完成预算{p}%。\n"),
                5 => format!("截至{year}年12月31日，共有车辆{n}辆，单价50万元以上通用设备{m}台（套）。\n"),
                6 => format!("根据云溪财〔{year}〕{n}号文件，政府性基金预算拨款支出增加/减少0万元，增长/下降0%。\n"),
                7 => format!("群众满意度≥{p}%，每月补助{a}-{b}元，惠及约{n}万人次。\n"),
                8 => format!("收入、支出总计各增加{a}元和{b}元，增长分别为{p}%和{p}%。\n"),
                9 => format!("教育支出年初预算为{a}万元，支出决算为{b}万元，完成年初预算的{p}%。\n"),
                _ => format!("会议费支出{a}万元，与上年持平。联系电话：0999-8{year}12。\n"),
            }
        },
    )
}

fn leftover() -> impl Strategy<Value = String> {
    let forms =
        ["\n", "\n\n\n", "- 3 -\n", "\u{c}", "[image: image3.emf]\n", "[bookmark: 二]\n", "　　\n", "12\n", "\t\n"];
    proptest::sample::select(forms.to_vec()).prop_map(ToOwned::to_owned)
}

const LABELS: [&str; 8] =
    ["工资福利支出", "商品和服务支出", "教育支出", "住房保障支出", "本年支出合计", "基本支出", "项目支出", "其他收入"];

/// Rows of a statement: code, label, amounts.
fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    let row =
        (0..LABELS.len(), 201..230_u32, amount(), amount(), any::<bool>()).prop_map(|(label, code, a, b, blank)| {
            let second = if blank { String::new() } else { b };
            vec![code.to_string(), LABELS[label].to_owned(), a, second]
        });
    proptest::collection::vec(row, 1..8).prop_map(|mut rows| {
        rows.insert(0, ["科目编码", "项目", "决算数", "上年数"].map(ToOwned::to_owned).to_vec());
        rows
    })
}

fn table() -> impl Strategy<Value = String> {
    (rows(), 0..5_usize).prop_map(|(rows, layout)| {
        let title = "支出决算表\n公开03表\n单位：万元\n";
        let body: String = match layout {
            0 => rows.iter().map(|row| joined(row, "\t", "\n") + "\n\n").collect(),
            1 => rows.iter().map(|row| row.join("\t") + "\n").collect(),
            2 => markdown(&rows),
            3 => rows.iter().map(|row| columns(row)).collect(),
            _ => format!("<table><tbody>{}</tbody></table>\n", rows.iter().map(|row| html(row)).collect::<String>()),
        };
        format!("{title}{body}\n")
    })
}

fn joined(row: &[String], before: &str, after: &str) -> String {
    row.iter().flat_map(|cell| [before, cell.as_str(), after]).collect()
}

fn markdown(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| format!("| {} |\n", row.join(" | "));
    let rule = "|---|---|---|---|\n".to_owned();
    rows.iter().take(1).map(line).chain([rule]).chain(rows.iter().skip(1).map(line)).collect()
}

fn columns(row: &[String]) -> String {
    let plain: Vec<String> = row.iter().map(|cell| cell.replace([OPEN, CLOSE], "")).collect();
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let mut line = String::new();
    for (cell, end) in plain.iter().zip([8, 30, 46, 62_usize]) {
        let room = end.saturating_sub(wide(&line) + wide(cell));
        let _ = write!(line, "{}{cell}", " ".repeat(room.max(2)));
    }
    line + "\n"
}

fn html(row: &[String]) -> String {
    format!("<tr>{}</tr>\n", joined(row, "<td><p>", "</p></td>"))
}

/// Any document.
pub fn soup() -> impl Strategy<Value = Soup> {
    let part = prop_oneof![2 => heading(), 5 => sentence(), 2 => table(), 1 => leftover()];
    proptest::collection::vec(part, 1..14)
        .prop_map(|parts| Soup(format!("云溪县第三医疗保障局2021年度部门决算\n\n{}", parts.concat())))
}

/// Only sentences below headings: what a style may change there is never structure.
pub fn prose() -> impl Strategy<Value = Soup> {
    let part = prop_oneof![1 => heading(), 4 => sentence()];
    proptest::collection::vec(part, 1..12)
        .prop_map(|parts| Soup(format!("云溪县第三医疗保障局2021年度部门决算\n\n{}", parts.concat())))
}
