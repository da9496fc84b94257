//! `juesuan view`: wide, panel and codes of datasets whose figures are known.

use super::support::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A report of 云溪县水利局 about `year`; the statement is exact, the text is rounded.
fn report_of(year: i32, exact: &str, rounded: &str, opening: &str) -> String {
    format!(
        "云溪县水利局{year}年度部门决算\n\n第一部分 {year}年度部门决算情况说明\n\n一、收入支出决算总体情况说明\n\n\
         {year}年度收入总计{rounded}万元。{opening}\n\n二、收入决算情况说明\n\n{year}年本年收入合计{rounded}万元。\n\n\
         第二部分 部门决算表\n\n收入支出决算总表\n公开01表\n部门：云溪县水利局\t\t单位：元\n\n\
         \t收入\t\t\t支出\t\t\n\t项目\t行次\t决算数\t项目\t行次\t决算数\n\t栏次\t\t1\t栏次\t\t2\n\
         \t一、一般公共预算财政拨款收入\t1\t{exact}\t一、一般公共服务支出\t31\t{exact}\n\
         \t本年收入合计\t27\t{exact}\t本年支出合计\t57\t{exact}\n\
         \t总计\t30\t{exact}\t总计\t60\t{exact}\n"
    )
}

fn extracted(root: &Path, format: &str) -> std::path::PathBuf {
    let input = root.join("input");
    fs::create_dir_all(&input).expect("a folder");
    fs::write(input.join("a2030.txt"), report_of(2030, "5000000.00", "500.00", "")).expect("a report");
    let looks_back = "与2030年相比，收入总计增加12.35万元；2030年收入总计499.00万元。";
    fs::write(input.join("b2031.txt"), report_of(2031, "5123456.78", "512.35", looks_back)).expect("a report");
    let out = root.join(format);
    extract_well(&input, &out, &["--format", format]);
    out
}

fn view(out: &Path) -> String {
    let output = juesuan().arg("view").arg(out).output().expect("juesuan runs");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

/// The rows of a table by column name, whatever the format.
fn rows(out: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let (header, rows) = if out.join(format!("{table}.csv")).exists() {
        csv_rows(out, table)
    } else {
        let names = parquet(out, table).get_column_names().iter().map(ToString::to_string).collect();
        (names, parquet_rows(out, table))
    };
    rows.into_iter().map(|row| header.iter().cloned().zip(row).collect()).collect()
}

#[test]
fn statements_come_before_the_text_and_the_years_own_report_first() {
    let root = folder();
    for format in ["parquet", "csv"] {
        let out = extracted(root.path(), format);
        assert!(view(&out).contains("panel"), "the counts are printed");
        let wide = rows(&out, "wide");
        let short = |row: &BTreeMap<String, String>| {
            ["document", "year", "own_year", "income_total", "income_total_from", "conflicts"]
                .map(|name| row[name].clone())
                .join(" ")
        };
        let wide: Vec<String> = wide.iter().map(short).collect();
        assert_eq!(
            wide,
            [
                "a2030.txt 2030 true 5000000.000000 statement ",
                "b2031.txt 2030 false 4990000.000000 narrative ",
                "b2031.txt 2031 true 5123456.780000 statement ",
            ],
            "{format}"
        );
        let panel = rows(&out, "panel");
        let totals: Vec<String> = panel
            .iter()
            .filter(|row| row["concept"] == "income.total")
            .map(|row| {
                ["year", "value", "from", "agreement", "lowest", "highest", "facts", "documents", "document"]
                    .map(|name| row[name].clone())
                    .join(" ")
            })
            .collect();
        assert_eq!(
            totals,
            [
                "2030 5000000.000000 statement differ 4990000.000000 5000000.000000 3 2 a2030.txt",
                "2031 5123456.780000 statement agree 5123456.780000 5123500.000000 2 1 b2031.txt",
            ],
            "{format}"
        );
    }
}

#[test]
fn a_view_names_the_fact_that_it_took() {
    let root = folder();
    let out = extracted(root.path(), "parquet");
    view(&out);
    let facts: BTreeMap<(String, String), String> = rows(&out, "facts")
        .into_iter()
        .map(|row| ((row["document"].clone(), row["fact"].clone()), row["value"].clone()))
        .collect();
    let panel = rows(&out, "panel");
    assert!(panel.len() >= 6, "{panel:?}");
    for row in panel {
        assert_eq!(facts[&(row["document"].clone(), row["fact"].clone())], row["value"], "{row:?}");
        assert!(!row["concept_zh"].is_empty() && row["entity"] == "云溪县水利局", "{row:?}");
    }
}

#[test]
fn codes_are_counted_with_their_names() {
    let root = folder();
    let input = root.path().join("input");
    fs::create_dir_all(&input).expect("a folder");
    let text = "云溪县水利局2031年度部门决算\n\n支出决算表\n公开03表\n单位：万元\n\n\
                \t科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t\t30.00\t10.00\t20.00\n\
                \t213\t农林水支出\t30.00\t10.00\t20.00\n\t21303\t水利\t30.00\t10.00\t20.00\n\
                \t2130301\t行政运行\t10.00\t10.00\t0.00\n\t2130399\t其他水利支出\t20.00\t0.00\t20.00\n";
    fs::write(input.join("a.txt"), text).expect("a report");
    fs::write(input.join("b.txt"), text.replace("2031", "2032").replace("农林水支出", "农林水事务支出"))
        .expect("a report");
    let out = root.path().join("out");
    extract_well(&input, &out, &[]);
    view(&out);
    let codes: Vec<String> = rows(&out, "codes")
        .iter()
        .map(|row| {
            [
                "classification",
                "code",
                "name",
                "standard_name",
                "level",
                "parent",
                "vocabulary",
                "years",
                "documents",
                "printed",
            ]
            .map(|name| row[name].clone())
            .join(" ")
        })
        .collect();
    assert_eq!(
        codes,
        [
            "functional 213 农林水事务支出 农林水事务支出 class  true 2032 1 3",
            "functional 213 农林水支出 农林水支出 class  true 2031 1 3",
            "functional 21303 水利 水利 section 213 false 2031|2032 2 6",
            "functional 2130301 行政运行 行政运行 item 21303 false 2031|2032 2 6",
            "functional 2130399 其他水利支出 其他水利支出 item 21303 false 2031|2032 2 6",
        ]
    );
}

#[test]
fn both_formats_have_the_same_rows_and_making_views_again_changes_nothing() {
    let root = folder();
    let input = reports(root.path(), 7);
    let (parquet_out, csv_out) = (root.path().join("parquet"), root.path().join("csv"));
    extract_well(&input, &parquet_out, &["--part-bytes", "6000"]);
    extract_well(&input, &csv_out, &["--format", "csv"]);
    for out in [&parquet_out, &csv_out] {
        view(out);
        let first = files(out);
        view(out);
        assert_eq!(files(out), first);
        let described = String::from_utf8(first["datapackage.json"].clone()).expect("UTF-8");
        assert!(["wide", "panel", "codes"].iter().all(|name| described.contains(&format!("\"name\": \"{name}\""))));
    }
    for table in ["wide", "panel", "codes"] {
        assert_eq!(parquet_rows(&parquet_out, table), csv_rows(&csv_out, table).1, "{table}");
    }
    assert_eq!(parquet_rows(&parquet_out, "wide").len(), 7);
}

#[test]
fn extract_takes_old_views_away() {
    let root = folder();
    let input = reports(root.path(), 2);
    let out = root.path().join("out");
    extract_well(&input, &out, &[]);
    let before = files(&out);
    view(&out);
    for more in ["--overwrite", "--resume"] {
        extract_well(&input, &out, &[more]);
        assert_eq!(files(&out), before, "{more}");
        view(&out);
    }
    assert!(!out.join("wide.csv").exists());
}

#[test]
fn a_folder_without_dataset_is_refused() {
    let root = folder();
    let output = juesuan().arg("view").arg(root.path()).output().expect("juesuan runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("help: give the folder that `juesuan extract"), "{}", stderr(&output));
    assert!(files(root.path()).is_empty());
}
