//! Tables of a PDF through Tika: the cells of a row on one line with single spaces.
//!
//! Surprise: nothing but the frame tells them. The unit line or the title stands above, 注：, prose
//! or the next title below, and every short line between is theirs, wrapped labels included.

use super::super::draft::Draft;
use super::super::numbering::Form;
use super::super::shape::Trait;
use super::super::{BlockKind, TableLayout};
use super::frames_table;

/// Claims what stands below unit lines and titles, and runs of rows without a frame.
pub(super) fn find(draft: &mut Draft) {
    for (first, last) in forms(draft) {
        draft.claim(first..last + 1, TableLayout::Flow);
    }
    let mut index = 0;
    while index < draft.lines.len() {
        let line = &draft.lines[index];
        let found = if !line.is_open() {
            None
        } else if line.has(Trait::Unit) || line.has(Trait::Title) {
            below_frame(draft, index)
        } else if line.shape.words >= 2 && draft.words(index).starts_with("序号") {
            below_serial_header(draft, index)
        } else {
            unframed(draft, index)
        };
        match found {
            Some((first, last)) => {
                draft.claim(first..last + 1, TableLayout::Flow);
                index = last + 1;
            }
            None => index += 1,
        }
    }
}

/// The forms and score sheets: around each row 一级指标 二级指标, from below the title to the last indicator.
fn forms(draft: &Draft) -> Vec<(usize, usize)> {
    let mut forms: Vec<(usize, usize)> = Vec::new();
    for index in 0..draft.lines.len() {
        if !draft.lines[index].is_open() || forms.last().is_some_and(|(_, last)| index <= *last) {
            continue;
        }
        let words = draft.words(index);
        let Some(tiers) = words.find("一级").filter(|_| words.len() < 200) else { continue };
        // The words before it may be the label of all indicators.
        let alone = tiers == 0 || words.starts_with("绩效指标") || words.starts_with("年度绩效");
        if alone && names_tiers(draft, index) {
            let floor = forms.last().map_or(0, |(_, last)| last + 1);
            forms.push((top_of_form(draft, index, floor), end_of_form(draft, index)));
        }
    }
    forms
}

/// Whether 一级指标 and 二级指标 follow each other from line `index` on.
fn names_tiers(draft: &Draft, index: usize) -> bool {
    let mut words = String::new();
    let mut next = Some(index);
    for _ in 0..5 {
        let Some(line) = next else { break };
        words.push_str(&draft.squeezed(line));
        next = draft.next_shown(line + 1);
    }
    words.find("一级指标").is_some_and(|at| words[at + "一级指标".len()..].starts_with("二级指标"))
}

/// The first line of the form whose tiers are named in line `tiers`; not before line `floor`.
fn top_of_form(draft: &Draft, tiers: usize, floor: usize) -> usize {
    // A form has some lines of pairs, funds and goals above its indicators, more where each cell has one.
    let most = if is_torn(draft, tiers) { 160 } else { 48 };
    let mut first = tiers;
    let mut lines = 0;
    while let Some(above) = draft.last_shown(first).filter(|above| *above >= floor && lines < most) {
        let line = &draft.lines[above];
        let begins =
            [Trait::Title, Trait::Annex, Trait::Report, Trait::Note].into_iter().any(|wanted| line.has(wanted));
        let above_form = line.has(Trait::Form) || draft.words(above).ends_with('表');
        if begins || above_form {
            return first;
        }
        if line.kind.is_some_and(|kind| kind != BlockKind::PageBreak)
            || line.shape.numbering.is_some_and(|number| number.form == Form::Part)
        {
            break;
        }
        first = above;
        lines += 1;
    }
    // No title: only the label before the tiers is sure to belong to them.
    let label = |line: usize| draft.words(line).starts_with("绩效指标");
    (tiers.saturating_sub(3)..tiers).find(|line| label(*line)).unwrap_or(tiers)
}

/// The last line of the form whose tiers are named in line `tiers`.
fn end_of_form(draft: &Draft, tiers: usize) -> usize {
    let torn = is_torn(draft, tiers);
    let mut last = tiers;
    let mut next = draft.next_shown(tiers + 1);
    while let Some(index) = next {
        let line = &draft.lines[index];
        let wide = line.width + 12 >= draft.wrap.unwrap_or(70).min(80);
        let prose = wide && (line.shape.is_prose() || line.has(Trait::Closed) || line.shape.words <= 2);
        let heading = line.shape.numbering.is_some_and(|number| number.form == Form::Part) || is_chapter(draft, index);
        let framed = [Trait::Title, Trait::Note, Trait::Annex, Trait::Report, Trait::Caption]
            .into_iter()
            .any(|wanted| line.has(wanted))
            && !draft.words(index).starts_with(['（', '(']);
        let ends = line.kind.is_some_and(|kind| kind != BlockKind::PageBreak) || framed || line.tabs > 0;
        // A cell's sentences stand before the row's points.
        if ends || (prose || heading) && !(torn && has_points_below(draft, index)) {
            break;
        }
        last = index;
        if draft.squeezed(index).starts_with("总分") || torn && is_total(draft, index) {
            return if torn { end_of_total(draft, index) } else { last };
        }
        next = draft.next_shown(index + 1);
    }
    last
}

/// Whether the headings of the form stand on lines of their own.
fn is_torn(draft: &Draft, tiers: usize) -> bool {
    let next = draft.next_shown(tiers + 1);
    draft.squeezed(tiers) == "一级指标" && next.is_some_and(|next| draft.squeezed(next) == "二级指标")
}

/// Whether a line not far below line `index` is a number alone, before anything that ends a form.
fn has_points_below(draft: &Draft, index: usize) -> bool {
    const REACH: usize = 8;
    let mut next = draft.next_shown(index + 1);
    for _ in 0..REACH {
        let Some(below) = next else { return false };
        let line = &draft.lines[below];
        if line.kind.is_some() || [Trait::Title, Trait::Annex, Trait::Report].into_iter().any(|wanted| line.has(wanted))
        {
            return false;
        }
        if is_number(draft, below) {
            return true;
        }
        next = draft.next_shown(below + 1);
    }
    false
}

/// Whether line `index` is nothing but a number.
fn is_number(draft: &Draft, index: usize) -> bool {
    let words = draft.words(index);
    words.len() < 12 && words.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !words.is_empty()
}

/// Whether line `index` is the label of a total, with a number on the next.
fn is_total(draft: &Draft, index: usize) -> bool {
    matches!(&*draft.squeezed(index), "总分" | "总得分" | "合计" | "总计")
        && draft.next_shown(index + 1).is_some_and(|next| is_number(draft, next))
}

/// The last of the numbers below a total's label.
fn end_of_total(draft: &Draft, total: usize) -> usize {
    const MOST: usize = 6;
    let mut last = total;
    for _ in 0..MOST {
        match draft.next_shown(last + 1) {
            Some(next) if draft.lines[next].is_open() && is_number(draft, next) => last = next,
            _ => break,
        }
    }
    last
}

/// Whether line `index` is a chapter's heading: 四、其他情况说明.
fn is_chapter(draft: &Draft, index: usize) -> bool {
    let words = draft.words(index);
    let numeral = words.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    numeral > 0 && words.chars().nth(numeral) == Some('、')
        || draft.lines[index].shape.numbering.is_some() && words.ends_with(['明', '况', '释', '表'])
}

/// Whether line `index` ends a table.
fn ends_table(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let prose = line.shape.is_prose() || line.has(Trait::Closed) || line.has(Trait::Colon) && line.width > 16;
    // A row of twelve amounts or headings may be wider than the text.
    let row = line.shape.words >= 5 && !line.has(Trait::Comma) && !line.has(Trait::Closed);
    let wide = line.width > 110 && !row || line.shape.words <= 2 && line.width + 8 >= draft.wrap.unwrap_or(70);
    let heading = line.shape.numbering.is_some_and(|number| {
        number.form == Form::Part
            || ["说明", "情况", "概况", "职责", "职能", "解释", "构成", "设置"]
                .iter()
                .any(|end| draft.words(index).ends_with(end))
    });
    let other = [Trait::Caption, Trait::Annex, Trait::Report].into_iter().any(|wanted| line.has(wanted));
    line.kind.is_some_and(|kind| kind != BlockKind::PageBreak)
        || frames_table(draft, index)
        || prose
        || wide
        || heading
        || other
        || line.tabs > 0
}

/// The table below the unit line or title at `index`.
fn below_frame(draft: &Draft, index: usize) -> Option<(usize, usize)> {
    let is_frame = |index: usize| {
        let line = &draft.lines[index];
        line.is_open() && (line.has(Trait::Form) || line.has(Trait::Unit))
    };
    let mut first = draft.next_shown(index + 1)?;
    let mut framed = draft.lines[index].has(Trait::Unit);
    for _ in 0..4 {
        if !is_frame(first) {
            break;
        }
        framed |= draft.lines[first].has(Trait::Unit);
        first = draft.next_shown(first + 1)?;
    }
    let (last, rows, amounts) = body(draft, first)?;
    let noted = || draft.next_shown(last + 1).is_some_and(|next| draft.lines[next].has(Trait::Note));
    // 公开10表 below a title frames a form even if it has no unit: 车辆数（辆）.
    let coded = draft.lines[index].has(Trait::Title) && first > index + 1 && last > first;
    let found = amounts >= 3 || framed && (rows >= 2 || rows == 1 && noted()) || coded && amounts >= 1;
    found.then_some((first, last))
}

/// The last line of the table that begins at `first`, its lines of several words, and those of
/// them that end with an amount.
fn body(draft: &Draft, first: usize) -> Option<(usize, usize, usize)> {
    let (mut rows, mut amounts, mut last) = (0, 0, None);
    for index in first..draft.lines.len() {
        if draft.is_void(index) {
            continue;
        }
        if ends_table(draft, index) {
            break;
        }
        let line = &draft.lines[index];
        rows += usize::from(line.shape.words >= 2);
        amounts += usize::from(line.has(Trait::Amount));
        last = Some(index);
    }
    last.map(|last| (last, rows, amounts))
}

/// `序号 单位名称 备注` and the numbered rows below it.
fn below_serial_header(draft: &Draft, header: usize) -> Option<(usize, usize)> {
    let mut last = None;
    let mut index = header;
    while let Some(next) = draft.next_shown(index + 1) {
        let words = draft.words(next);
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 || !words[digits..].starts_with(' ') || ends_table(draft, next) {
            break;
        }
        last = Some(next);
        index = next;
    }
    last.map(|last| (header, last))
}

/// Three rows in a row that end with amounts, with what belongs to them.
fn unframed(draft: &Draft, index: usize) -> Option<(usize, usize)> {
    let is_row = |index: usize| {
        let line = &draft.lines[index];
        line.is_open()
            && line.has(Trait::Amount)
            && line.shape.words >= 2
            && !line.has(Trait::Comma)
            && !ends_table(draft, index)
    };
    let mut next = index;
    for _ in 0..3 {
        if !is_row(next) {
            return None;
        }
        next = draft.next_shown(next + 1)?;
    }
    let mut first = index;
    while let Some(before) = draft.last_shown(first).filter(|before| index - before <= 24) {
        let line = &draft.lines[before];
        if !line.is_open() || ends_table(draft, before) || line.shape.numbering.is_some() || line.width > 60 {
            break;
        }
        first = before;
    }
    body(draft, index).map(|(last, _, _)| (first, last))
}

#[cfg(test)]
mod tests {
    use super::super::tests::tables;
    use crate::layout::TableLayout::Flow;

    const TABLE: &str = "收入 支出\n\n项目 决算数 项目 决算数\n\n一、一般公共预算 307.82 一、一般公共服务支出 264.87\n二、政府性基金 二、外交支出\n\n2080505\n机关事业单位基本\n\n缴费支出\n6.18 6.18\n\n\n\n总计 307.82 总计 307.82\n";

    #[test]
    fn short_lines_below_a_unit_are_a_table() {
        let text = format!("收入支出决算总表\n\n单位：万元\n\n{TABLE}注：本表反映收支。\n\n第三部分 说明\n");
        assert_eq!(tables(&text), [(Flow, TABLE)]);
    }

    #[test]
    fn the_next_title_ends_it() {
        let text = format!("收入决算表\n单位：万元\n{TABLE}\n支出决算表\n单位：万元\n{TABLE}三、支出决算情况说明\n");
        assert_eq!(tables(&text).len(), 2);
    }

    #[test]
    fn a_table_without_data_has_only_a_header() {
        let text = "“三公”经费支出决算表\n\n单位：万元\n\n合计\n因公出国\n\n（境）费\n\n预算数 决算数 预算数 决算数\n\n注：本表反映“三公”经费。\n";
        assert!(tables(text)[0].1.starts_with("合计"));
    }

    #[test]
    fn a_list_with_serial_numbers_is_a_table() {
        let text = "下列单位：\n\n序号 单位名称 备注\n\n1 云溪县水务局（本级）\n\n2 云溪县供水中心\n\n正文。\n";
        assert_eq!(tables(text).len(), 1);
    }

    #[test]
    fn the_unit_of_a_lost_figure_heads_no_table() {
        assert_eq!(tables("单位：万元\n\n图4：收支变动情况\n\n五、支出决算情况说明\n2031年支出59.14万元。\n"), []);
    }
}
