//! Forms behind the text: a project's self-evaluation, a score sheet, a comparison of two years.
//!
//! In: projects, 三公, style. Out: [`Table`]s. Targets and results keep their bounds and units as gold has them.

use crate::figures::{About, figure, money, print_amount, print_percent};
use crate::random::Random;
use crate::small::{Planned, Project, Small};
use crate::style::{Style, Unit};
use crate::table::{Cell, Table};
use crate::text::{Meaning, Text};

/// A target: indicator, what stands before and after the number, its unit and whether it is a percentage.
const TARGETS: [(&str, &str, &str, &str); 6] = [
    ("开展业务培训次数", "数量指标", "次", "次"),
    ("改造业务用房数量", "数量指标", "间", "间"),
    ("惠及群众人数", "数量指标", "人", "person"),
    ("项目验收合格率", "质量指标", "%", "percent"),
    ("资金支付及时率", "时效指标", "%", "percent"),
    ("服务站点覆盖率", "社会效益指标", "%", "percent"),
];

fn table(title: &str, kind: &'static str, above: &[&str], rows: Vec<Vec<Cell>>, header_rows: usize) -> Table {
    Table {
        title: Text::marked(title),
        above: above.iter().map(|line| Text::marked(line)).collect(),
        kind,
        rows,
        header_rows,
        below: None,
    }
}

/// 项目支出绩效自评表 of one project, in 万元 whatever the report's unit.
pub fn self_evaluation(random: &mut Random, style: &Style, project: &Project) -> Table {
    let year = style.year;
    let fund = |fen: i64, concept: &str, row: &str, column: &str, phase: &'static str| {
        let about = About {
            concept: concept.to_owned(),
            item: format!("{} × {row} × {column}", project.name),
            phase,
            note: String::new(),
        };
        Cell::data(figure(&print_amount(fen, Unit::TenThousand, false), money(about, Unit::TenThousand, year, true)))
    };
    let rate = |concept: &str, row: &str| {
        let raw = print_percent(project.executed, project.budget, 2, false).unwrap_or_default();
        let mut text = figure(
            &raw,
            Meaning {
                unit: "percent".to_owned(),
                concept: concept.to_owned(),
                item: format!("{} × {row} × 执行率", project.name),
                measure: "execution_rate",
                phase: "executed",
                period: Some(year),
                checkable: true,
                ..Meaning::default()
            },
        );
        text.words("%");
        Cell::data(text)
    };
    let funds = |row: &str, budget: &str, executed: &str| {
        vec![
            Cell::head(row),
            fund(project.budget, budget, row, "全年预算数", "adjusted"),
            fund(project.executed, executed, row, "全年执行数", "executed"),
            rate(executed, row),
        ]
    };
    let mut rows = vec![vec![Cell::head("项目名称"), Cell::data(Text::marked(project.name)).wide(4)]];
    rows.push(vec![
        Cell::head("项目资金（万元）").tall(3),
        Cell::head("资金来源"),
        Cell::head("全年预算数（A）"),
        Cell::head("全年执行数（B）"),
        Cell::head("执行率（B/A）"),
    ]);
    rows.push(funds("年度资金总额", "project.budget", "project.executed"));
    rows.push(funds("其中：当年财政拨款", "", ""));
    rows.push(["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"].map(Cell::head).into());
    let count = 3 + random.below(3);
    let chosen = random.some(&TARGETS, count);
    for (at, (name, group, after, unit)) in chosen.iter().enumerate() {
        let first = if *group == "社会效益指标" { "效益指标" } else { "产出指标" };
        let target = if *unit == "percent" { random.between(85, 99) } else { random.between(2, 60) };
        let reached =
            if *unit == "percent" { random.between(target, 100) } else { random.between(target, target + 20) };
        let bounded = *unit == "percent" || at % 2 == 0;
        let cell = |value: i64, column: &str, measure: &'static str, phase: &'static str, sign: &str| {
            let mut text = Text::marked(sign);
            text.append(figure(
                &value.to_string(),
                Meaning {
                    unit: (*unit).to_owned(),
                    item: format!("{} × {name} × {column}", project.name),
                    measure,
                    phase,
                    period: Some(year),
                    ..Meaning::default()
                },
            ));
            text.words(after);
            Cell::data(text)
        };
        let measure = if *unit == "percent" { "rate" } else { "count" };
        rows.push(vec![
            Cell::head(first),
            Cell::head(group),
            Cell::head(name),
            cell(
                target,
                "年度指标值",
                if bounded { "lower" } else { measure },
                "target",
                if bounded { "≥" } else { "" },
            ),
            cell(reached, "实际完成值", measure, "executed", ""),
        ]);
    }
    table("项目支出绩效自评表", "self_evaluation", &[&format!("（{{^{year}}}年度）")], rows, 1)
}

/// 部门整体支出绩效评价评分表: points and scores that add up.
pub fn score_sheet(random: &mut Random, style: &Style) -> Table {
    let lines = [
        ("投入", "目标合理性", 10),
        ("投入", "预算配置", 10),
        ("过程", "预算执行率", 20),
        ("过程", "资金管理规范性", 20),
        ("产出", "任务完成率", 25),
        ("效果", "服务对象满意度", 15),
    ];
    let points = |value: i64, name: &str, column: &str, concept: &str| {
        Cell::data(figure(
            &value.to_string(),
            Meaning {
                unit: "point".to_owned(),
                concept: concept.to_owned(),
                item: format!("{name} × {column}"),
                measure: "score",
                period: Some(style.year),
                checkable: true,
                ..Meaning::default()
            },
        ))
    };
    let mut rows = vec![["一级指标", "二级指标", "分值", "自评得分"].map(Cell::head).into()];
    let mut sum = 0;
    for (group, name, weight) in lines {
        let score = random.between(weight - 3, weight);
        sum += score;
        rows.push(vec![
            Cell::head(group),
            Cell::head(name),
            points(weight, name, "分值", "performance.weight"),
            points(score, name, "自评得分", "performance.score"),
        ]);
    }
    rows.push(vec![
        Cell::head("总分").wide(2),
        points(100, "总分", "分值", "performance.weight"),
        points(sum, "总分", "自评得分", "performance.score"),
    ]);
    table("部门整体支出绩效自评评分表", "score_sheet", &[], rows, 1)
}

/// “三公” of two years beside each other.
pub fn comparison(style: &Style, small: &Small) -> Table {
    let (year, last) = (style.year, style.last_year());
    let lines: [(&str, &str, Planned); 4] = [
        ("合计", "three_public.total", small.three_public()),
        ("因公出国（境）费", "three_public.abroad", small.abroad),
        ("公务用车购置及运行维护费", "three_public.vehicle", small.vehicle()),
        ("公务接待费", "three_public.reception", small.reception),
    ];
    let mut rows = vec![vec![
        Cell::head("项目"),
        Cell::head(&format!("{{^{last}}}年决算数")),
        Cell::head(&format!("{{^{year}}}年预算数")),
        Cell::head(&format!("{{^{year}}}年决算数")),
    ]];
    for (name, concept, plan) in lines {
        let mut row = vec![Cell::head(name)];
        for (fen, period, column, phase) in [
            (plan.before, last, "上年决算数", "executed"),
            (plan.budget, year, "预算数", "adjusted"),
            (plan.executed, year, "决算数", "executed"),
        ] {
            let about =
                About { concept: concept.to_owned(), item: format!("{name} × {column}"), phase, note: String::new() };
            let raw = if fen == 0 { "0".to_owned() } else { print_amount(fen, style.unit, style.separators) };
            row.push(Cell::data(figure(&raw, money(about, style.unit, period, fen != 0))));
        }
        rows.push(row);
    }
    let unit = format!("金额单位：{}", style.unit.name());
    table("“三公”经费支出对比表", "comparison", &[&unit], rows, 1)
}
