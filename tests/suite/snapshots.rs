//! What is made of small invented texts, one for each layout of tables and each form of sentence: a line for each
//! number (`line bytes raw → class or fact`), then tables and problems, in document order, free of paths and times.
//!
//! `cargo insta review`, or `INSTA_UPDATE=always` and `git diff`, shows what changed; it is read before it is kept.

use crate::reading::read;
use juesuan::fact::Fact;
use std::fmt::Write;

/// Everything that was found in `text`.
fn shown(text: &str) -> String {
    let extraction = read(text.as_bytes(), "document.txt");
    let mut lines = String::new();
    for (index, number) in extraction.numbers.iter().enumerate() {
        let span = extraction.source.file_span(number.span);
        let line = extraction.source.line(number.span.start);
        let facts: Vec<_> = extraction.facts.iter().filter(|fact| fact.number as usize == index).map(said).collect();
        let facts = if facts.is_empty() { number.class.as_str().to_owned() } else { facts.join(" ‖ ") };
        let _ = writeln!(lines, "{line:>3} {}..{} {} → {facts}", span.start, span.end, number.span.of(text));
    }
    for table in &extraction.tables {
        let (title, unit) = (table.title.as_deref().unwrap_or("-"), table.unit.as_deref().unwrap_or("-"));
        let (kind, layout) = (table.kind.as_str(), table.layout.as_str());
        let _ = writeln!(lines, "table {kind} {layout} {}×{} {title} {unit}", table.rows, table.columns);
    }
    for problem in &extraction.problems {
        let _ = writeln!(lines, "{}[{}]: {}", problem.severity.as_str(), problem.code, problem.message);
    }
    lines
}

fn said(fact: &Fact<'_>) -> String {
    let mut said = format!("{} {} {}", fact.value.normalize(), fact.unit.as_str(), fact.measure.as_str());
    let codes = fact.function_code.iter().chain(&fact.economic_code).map(|code| format!("#{code}"));
    let year = |year: Option<i16>| year.map(|year| year.to_string());
    let more = [
        fact.phase.map(|phase| phase.as_str().to_owned()),
        year(fact.period),
        year(fact.base_period).map(|base| format!("<{base}")),
        fact.fund.map(|fund| fund.as_str().to_owned()),
        Some(fact.concept.unwrap_or("-").to_owned()),
        Some(format!("“{}”", fact.item)),
        fact.flags.names(),
    ];
    for word in more.into_iter().flatten().chain(codes) {
        let _ = write!(said, " {word}");
    }
    said
}

/// A test for each text, its snapshot named like it.
macro_rules! snapshots {
    ($($name:ident: $text:expr;)+) => {
        $(#[test] fn $name() { insta::assert_snapshot!(stringify!($name), shown($text)); })+
    };
}

snapshots! {
    table_a_cell_per_line: "云溪县水务局2018年度部门决算\n\n收入决算表\n公开02表\n单位：万元\n\t项目\n\t本年收入合计\n\t财政拨款收入\n\n\t功能分类\n科目编码\n\t科目名称\n\t\n\t\n\n\t合计\n\t1,238.58\n\t1,200.00\n\n\t213\n\t农林水支出\n\t38.58\n\t\n\n";
    table_with_tabs: "云溪县水务局2018年度部门决算\n\n收入支出决算总表\n公开01表\n金额单位：元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t3,046,118.20\t一、一般公共服务支出\t1,046,118.20\n本年收入合计\t3,046,118.20\t本年支出合计\t3,000,000.00\n";
    table_with_pipes: "# 云溪县第二小学2024年度部门决算\n\n## 支出决算表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| 205 | 教育支出 | 812.50 | 700.00 | 112.50 |\n| 20502 | 普通教育 | 812.50 | 700.00 | 112.50 |\n| 2050202 | 小学教育 | 812.50 | 700.00 | 112.50 |\n";
    table_in_html: "<html><body><p>云溪县水务局2018年度部门决算</p><p>“三公”经费支出决算表</p><p>单位：万元</p><table><tbody><tr><td rowspan=\"2\"><p>合计</p></td><td colspan=\"2\"><p>公务用车费</p></td></tr><tr><td><p>购置费</p></td><td><p>运行费</p></td></tr><tr><td><p>6.50</p></td><td><p>0.00</p></td><td><p>6.50</p></td></tr></tbody></table></body></html>";
    table_by_spaces: "                    收入决算表\n公开02表                                      单位：万元\n        项目                本年收入合计    财政拨款收入\n   科目编码   科目名称\n    205       教育支出            812.50          800.00\n    20502     普通教育            812.50          800.00\n    合计                          812.50          800.00\n\x0c";
    table_of_a_pdf_in_lines_of_words: "云溪县水务局2018年度部门决算\n\n支出决算表\n公开03表\n单位：万元\n项目 本年支出合计 基本支出 项目支出\n科目编码 科目名称\n合计 812.50 700.00 112.50\n213 农林水支出 812.50 700.00 112.50\n21303 水利 812.50 700.00 112.50\n";
    form_of_a_project: "云溪县水务局2018年度部门决算\n\n\t项目支出绩效目标完成情况表\n(2018 年度)（1）\n\n\t项目名称\n\t村镇供水管护\n\n\t预算单位\n\t云溪县水务局\n\n\t预算执行情况(万元)\n\t预算数:\n\t640万元\n\t执行数:\n\t600.50万元\n\n\t绩效指标完成情况\n\t一级指标\n\t二级指标\n\t三级指标\n\t预期指标值\n\t实际完成指标值\n\n\t项目完成指标\n\t数量指标\n\t管护水厂\n\t≥12座\n\t12座\n\n";
    chart_dump: "云溪县水务局2018年度部门决算\n\n一、收入支出决算总体情况说明\n2018年收、支总计1238.58万元。\n图1：收、支决算总计变动情况图（单位：万元）\n\n2017年\t\n收、支总计\t1156.02\t2018年\t\n收、支总计\t1238.58\t\n\n";

    head_with_breakdown: "云溪县水务局2019年度部门决算\n\n2019年本年收入合计5424.10万元，其中：一般公共预算财政拨款收入5000.00万元，占92.18%；其他收入424.10万元，占7.82%。";
    comparison_with_the_year_before: "云溪县水务局2019年度部门决算\n\n与2018年相比，收、支总计分别减少6.59万元，下降12.32%。";
    budget_of_a_year: "云溪县水务局2031年部门预算\n\n一、收支预算说明\n\n2031年，本局收入预算90万元，其中：财政拨款收入90万元，比2030年预算增加8万元。2030年预算执行数为81.5万元。";
    execution_of_the_budget: "云溪县水务局2019年度部门决算\n\n2020年“三公”经费财政拨款支出预算为42.73万元，支出决算为40.35万元，完成预算的94.43%。";
    paragraphs_that_go_on: "云溪县水务局2031年度部门决算\n\n一、财政拨款支出情况说明\n\n财政拨款支出46.2万元。\n\n较上年增加16.1万元，增长53.5%。\n\n2031年预算数37.1万元，调整数46.2万元，决算数46.2万元。\n";
    coordination: "云溪县水务局2019年度部门决算\n\n2019年收入、支出总计各增加2,903,896.56元和2,081,029.34元，增长分别为207.99%和149.81%。";
    class_path: "云溪县水务局2019年度部门决算\n\n社会保障和就业支出（类）行政事业单位离退休（款）事业单位离退休（项）：支出决算为22.61万元，完成预算100%。";
    counts_of_receptions: "云溪县水务局2019年度部门决算\n\n2019年国内公务接待26批次，235人次，共计支出2.77万元。";
    counts_of_assets: "云溪县水务局2019年度部门决算\n\n截至2019年12月31日，单位共有车辆7辆，单价50万元以上通用设备3台（套）。";
    bounds_and_ranges: "云溪县水务局2019年度部门决算\n\n群众满意度≥90%，每组3-15人，每月1.2-1.5万元，核查数据20余万条。";
    template_left_over: "云溪县水务局2019年度部门决算\n\n2019年政府性基金预算拨款支出增加/减少0万元，增长/下降0%。（数据来源财决08表）";
    identifiers: "云溪县水务局2019年度部门决算\n\n根据《关于落实的通知》（云水发〔2021〕17号）和“4+7”试点方案，联系电话：0999-8123456。";
    full_width_and_spaces: "云溪县水务局2019年度部门决算\n\n２０１６年支出总计 １，２０６．５ 万 元，比上年增长 ３．５ ％。";
    chinese_numerals: "云溪县水务局2019年度部门决算\n\n2019年追加预算五十万元，下降百分之五点二。";
    money_in_words_of_nothing: "云溪县水务局2019年度部门决算\n\n2019年无国有资本经营预算拨款支出，与上年持平。";
    a_character_that_cannot_be_decoded: "云溪县水务局2019年度部门决算\n\n2019年支出总计12.5\u{fffd}万元。";
}
