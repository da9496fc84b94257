//! The whole reading: on the covers of `grammars/vocabulary/covers.txt` and on the real reports.

use crate::fact::Metadata;
use crate::grammar::{GrammarFiles, Grammars};
use crate::layout::lay_out;
use crate::problem::Problem;
use std::path::{Path, PathBuf};

fn grammars() -> Grammars {
    Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars are sound")
}

fn read(text: &str, grammars: &Grammars) -> (Metadata, Vec<Problem>) {
    let mut problems = Vec::new();
    let metadata = super::read_metadata(text, &lay_out(text), grammars, &mut problems);
    (metadata, problems)
}

/// entity | region | code | level | year | kind
fn row(metadata: &Metadata) -> String {
    let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".into());
    [
        word(&metadata.entity),
        word(&metadata.region),
        word(&metadata.region_code),
        metadata.level.unwrap_or("-").to_owned(),
        metadata.fiscal_year.map_or_else(|| "-".into(), |year| year.to_string()),
        metadata.report_kind.unwrap_or("-").to_owned(),
    ]
    .join(" | ")
}

#[test]
fn covers_of_every_kind_and_level_are_read() {
    let grammars = grammars();
    let files = GrammarFiles::embedded();
    let cases = files.get("vocabulary/covers.txt").expect("the cases are embedded");
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases.split("\n=== ").skip(1) {
        let (name, rest) = case.split_once('\n').expect("a case has a text below its name");
        let (text, expected) = rest.split_once("\n---\n").expect("--- ends the text of a case");
        let found = row(&read(&format!("{text}\n"), &grammars).0);
        count += 1;
        if found != expected.trim() {
            wrong.push(format!("{name}\n  expected {}\n  found    {found}", expected.trim()));
        }
    }
    assert!(count >= 100, "only {count} cases were read");
    assert!(wrong.is_empty(), "{} of {count} covers are misread:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn two_agencies_on_cover_and_captions_are_a_problem() {
    let text = "荥经县水利局2021年度部门决算\n\n目录\n\n第一部分 荥经县水利局概况\n\n公开部门：会东县水利局\n";
    let (metadata, problems) = read(text, &grammars());
    assert_eq!(metadata.entity.as_deref(), Some("荥经县水利局"));
    let disagreement = problems.iter().find(|problem| problem.code == "entity-disagrees").expect("a problem");
    assert!(
        disagreement.message.contains("“荥经县水利局” in line 1 and “会东县水利局” in line 7"),
        "{}",
        disagreement.message
    );
    assert_eq!(disagreement.span.map(|span| span.of(text)), Some("会东县水利局"));
}

#[test]
fn an_ambiguous_region_is_a_note() {
    let (metadata, problems) = read("鼓楼区旧书馆2021年度部门决算\n", &grammars());
    assert_eq!((metadata.region.as_deref(), metadata.region_code), (Some("鼓楼区"), None));
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["region-ambiguous"]);
}

#[test]
fn an_agency_of_no_known_region_is_a_note_and_a_text_without_agency_is_none() {
    let codes = |text| read(text, &grammars()).1.iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes("云溪县旧书馆2021年度部门决算\n"), ["region-unknown"]);
    assert_eq!(codes("第九实验小学2021年度部门决算\n"), ["region-unknown"]);
    assert_eq!(codes("2021年度收、支总计12.50万元。\n"), [""; 0]);
}

#[test]
fn nothing_panics_on_hostile_text() {
    let grammars = grammars();
    for text in [
        "",
        "年",
        "：",
        "公开部门：",
        "第",
        "（（（年年年",
        "四川",
        "四川省四川省四川省",
        "中共",
        "20年20年",
        "\u{feff}年：省",
    ] {
        for text in [text.to_owned(), text.repeat(300)] {
            let (metadata, problems) = read(&text, &grammars);
            assert!(metadata.fiscal_year.is_none_or(|year| (1990..2100).contains(&year)), "{text:.30}: {metadata:?}");
            let points = |problem: &Problem| problem.span.is_none_or(|span| span.end as usize <= text.len());
            assert!(problems.iter().all(points), "{text:.30}: {problems:?}");
        }
    }
}

fn reports() -> Option<PathBuf> {
    let shared = std::env::var_os("JUESUAN_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    [shared, PathBuf::from("/work/shared")].into_iter().map(|shared| shared.join("reports")).find(|path| path.is_dir())
}

#[test]
fn real_reports_are_told() {
    let Some(folder) = reports() else {
        println!("skipped: no ../shared/reports here");
        return;
    };
    let expected = [
        ("000", "攀枝花市医疗保险管理局 | 攀枝花市 | 510400 | prefecture | 2018 | final_account"),
        ("001", "桃江县医疗保障局 | 桃江县 | 430922 | county | 2019 | performance_evaluation"),
        ("002", "四川省医疗保障局 | 四川省 | 510000 | province | 2019 | final_account"),
        ("003", "固原市医疗保障局 | 固原市 | 640400 | prefecture | 2020 | final_account"),
        ("004", "盐边县医疗保障局 | 盐边县 | 510422 | county | 2022 | final_account"),
        ("putuo", "中共上海市普陀区委社会工作部 | 普陀区 | 310107 | county | 2024 | final_account"),
    ];
    let grammars = grammars();
    let mut read_count = 0;
    for entry in std::fs::read_dir(&folder).expect("the reports' folder can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((_, expected)) = expected.iter().find(|(begin, _)| name.starts_with(begin)) else { continue };
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        let (metadata, problems) = read(&text, &grammars);
        assert_eq!(row(&metadata), *expected, "{name}");
        assert!(problems.is_empty(), "{name}: {problems:?}");
        read_count += 1;
    }
    assert!(read_count > 0, "no report was read in {}", folder.display());
}
