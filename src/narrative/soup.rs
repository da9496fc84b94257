//! Whatever a passage holds: every number is read once, nothing panics, positions are whole.

use super::{Context, read_passage};
use crate::figure::scan_numbers;
use crate::grammar::{GrammarFiles, Grammars};
use proptest::prelude::*;
use std::sync::LazyLock;

static GRAMMARS: LazyLock<Grammars> =
    LazyLock::new(|| Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars load"));

/// The grammar's own words, marks and numbers, as hostile texts would mix them.
const PIECES: [&str; 72] = [
    "收入",
    "支出",
    "收、支总计",
    "基本支出",
    "项目支出",
    "财政拨款",
    "“三公”经费",
    "公务接待",
    "公务用车",
    "机关运行经费",
    "教育支出",
    "（类）",
    "（款）",
    "（项）",
    "2010301",
    "单价50万元以上通用设备",
    "其中：",
    "分别为",
    "均为",
    "各",
    "增加",
    "减少",
    "增加/减少",
    "增减率为",
    "与",
    "比",
    "上年",
    "2018年",
    "相比",
    "持平",
    "无",
    "没有",
    "占",
    "完成预算的",
    "年初预算",
    "决算数",
    "由",
    "升至",
    "主要原因",
    "主要用于",
    "平均住院日",
    "等",
    "的",
    "中，",
    "项目绩效自评综述",
    "“甲”项目",
    "全年预算数",
    "（",
    "）",
    "《",
    "》",
    "，",
    "、",
    "；",
    "。",
    "：",
    " ",
    "\n",
    "1",
    "12.5",
    "1,226.83",
    "万元",
    "亿元",
    "%",
    "个",
    "人次",
    "天",
    "批次",
    "-",
    "≥",
    "壹佰元伍角",
    "百分之五",
];

const SECTIONS: [&str; 6] = ["overall", "income", "general_budget", "government_fund", "performance", "definitions"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_number_is_read_once(picks in prop::collection::vec(0..PIECES.len(), 0..60), section in 0..SECTIONS.len()) {
        let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        let tags = GRAMMARS.narrative().tag(SECTIONS[section]);
        let mut context = Context { tags, fiscal_year: Some(2021), ..Context::default() };
        let readings = read_passage(&text, &mut context, &GRAMMARS);
        for reading in &readings {
            prop_assert!(text.get(reading.range.clone()).is_some_and(|words| !words.is_empty()));
        }
        for number in scan_numbers(&text) {
            let of_it = readings.iter().filter(|reading| reading.range == number.span.range()).count();
            prop_assert_eq!(of_it, 1, "{:?} in {}", number, text);
        }
    }
}
