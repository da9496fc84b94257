//! The seven tables that `juesuan extract` writes.
//!
//! Names, types and meaning are public: notebooks rely on them. New columns go last in their table.

use super::super::column::{Columns, Value};
use super::super::exact::Exact;
use super::{Definition, Level, OF_DOCUMENT, OF_NUMBER, OF_TABLE, ReportKind, Row, Table};
use crate::check::Status;
use crate::fact::FactSource;
use crate::layout::{Converter, TableLayout};
use crate::problem::Severity;
use crate::quantity::{Fund, Measure, NumberClass, Phase};
use crate::table::TableKind;

tables! {
    /// Every table of `juesuan extract`, in the order of [`TableName`](super::TableName).
    TABLES [];

    "documents" DocumentRow / DOCUMENTS:
    "One row for every input file, also for those that could not be read: what is not known is missing.",
    "文件", "每个输入文件一行，包括未能读取的文件；未知的内容留空。",
    key ["document"], references [] {
        document: &'a str = "Path of the file relative to the input folder, with `/`; its name for a single file.", "文件", "文件相对于输入文件夹的路径，以“/”分隔；单个文件时为文件名。";
        sha256: Option<&'a str> = "SHA-256 of the file's bytes, in lower-case hexadecimal digits.", "校验值", "文件字节的SHA-256，小写十六进制。";
        size: Option<u64> ["byte"] = "Size of the file.", "大小", "文件大小。";
        encoding: Option<&'a str> = "Encoding that the file was decoded with: `UTF-8`, `GB18030`, `UTF-16LE` …", "编码", "解码所用的字符编码：UTF-8、GB18030、UTF-16LE等。";
        converter: Option<&'a str> as Converter = "What the text came through.", "转换工具", "文本由哪种工具转换而来。";
        title: Option<&'a str> = "Title of the report.", "标题", "报告的标题。";
        entity: Option<&'a str> : "administrative-classification:generic:label" = "The reporting agency as it names itself.", "部门（单位）", "公开部门（单位）的自称全名。";
        region: Option<&'a str> : "geo:source:title" = "Name of the region.", "地区", "所属地区的名称。";
        region_code: Option<&'a str> : "geo:source:code" = "Six digits of the region, GB/T 2260.", "行政区划代码", "六位行政区划代码（GB/T 2260）。";
        level: Option<&'a str> as Level = "How high the government stands that the agency belongs to.", "政府层级", "部门所属政府的层级：中央、省、地市、县、乡。";
        fiscal_year: Option<i16> : "date:fiscal-year" = "The year reported about.", "年度", "报告所反映的年度，不是公开的年份。";
        report_kind: Option<&'a str> as ReportKind = "What kind of report it is.", "报告类型", "部门决算、部门预算、绩效评价报告或其他。";
        numbers: Option<u32> = "Rows of this document in `numbers`.", "数字个数", "本文件在numbers表中的行数。";
        unread: Option<u32> = "Those of them with class `unread`.", "未识别数字个数", "其中类别为unread（未能识别）的个数。";
        tables: Option<u32> = "Rows of this document in `tables`.", "表格个数", "本文件在tables表中的行数。";
        facts: Option<u32> = "Rows of this document in `facts`.", "事实个数", "本文件在facts表中的行数。";
        checks_held: Option<u32> = "Rows of this document in `checks` with status `holds`.", "相符的勾稽关系", "本文件在checks表中结论为holds（相符）的行数。";
        checks_failed: Option<u32> = "Rows of this document in `checks` with status `fails`.", "不符的勾稽关系", "本文件在checks表中结论为fails（不符）的行数。";
        problems: Option<u32> = "Rows of this document in `problems`.", "问题个数", "本文件在problems表中的行数。";
        grammar_version: &'a str = "Which grammars read it.", "语法版本", "读取时所用语法文件的版本。";
        program_version: &'a str = "Which version of juesuan read it.", "程序版本", "读取时所用程序的版本。";
        units: Option<&'a str> = "Units whose accounts the report says it includes, joined with `|`; the agency's own name stands for what it spends itself.", "编制范围", "报告所称纳入编制范围的单位，以“|”连接；部门自己的名称指其本级。";
    }

    "numbers" NumberRow / NUMBERS:
    "The ledger: one row for every number in the document, none left out.",
    "数字清单", "数字总账：文件中的每个数字一行，无一遗漏。",
    key ["document", "number"], references [OF_DOCUMENT] {
        document: &'a str = "The document.", "文件", "所在文件。";
        number: u32 = "Ordinal of the number in the document, from 0.", "序号", "数字在文件中的序号，从0开始。";
        byte_start: u64 ["byte"] = "First byte of the digits in the file on disk.", "起始字节", "数字在磁盘文件中的第一个字节。";
        byte_end: u64 ["byte"] = "One past their last byte.", "结束字节", "最后一个字节之后的位置。";
        line: u32 = "Line that holds the first digit, from 1.", "行号", "第一位数字所在的行，从1开始。";
        raw: &'a str = "The digits as printed, with separators and decimals, without sign, percent mark and unit.", "原文", "原文数字，含分隔符和小数，不含正负号、百分号和单位。";
        class: &'a str as NumberClass = "What the number is.", "类别", "数字的类别：数值、时期、序号、标识、界限、坐标刻度、转换残留或未识别。";
        value: Option<Exact> ["see column unit"] = "Value after sign and multiplier, if it is a figure: money in yuan, percentages in percent.", "数值", "计入正负号和倍数之后的数值：金额以元计，百分比以百分点计。";
        unit: Option<&'a str> = "Unit of the value: `CNY`, `percent`, `person` … or as printed.", "单位", "数值的单位：CNY（元）、percent、person等，其余照原文。";
        rule: Option<&'a str> = "What read it: a rule of the grammars or a reader of tables.", "规则", "由哪条语法规则或哪个读表程序识别。";
    }

    "facts" FactRow / FACTS:
    "What the figures mean: one row for each thing that a figure states.",
    "事实", "数字的含义：数字所陈述的每件事一行。",
    key ["document", "fact"], references [OF_DOCUMENT, OF_NUMBER, OF_TABLE] {
        document: &'a str = "The document.", "文件", "所在文件。";
        fact: u32 = "Ordinal of the fact in the document, from 0.", "序号", "事实在文件中的序号，从0开始。";
        number: u32 = "Its number in the ledger; one number may state several facts.", "数字序号", "对应numbers表中的序号；一个数字可陈述多件事。";
        byte_start: u64 ["byte"] = "First byte of the digits in the file on disk.", "起始字节", "数字在磁盘文件中的第一个字节。";
        byte_end: u64 ["byte"] = "One past their last byte.", "结束字节", "最后一个字节之后的位置。";
        raw: &'a str = "The digits as printed.", "原文", "原文数字。";
        value: Option<Exact> ["see column unit"] : "value" = "Value after sign and multiplier: money in yuan, percentages in percent; a decrease is negative. Missing only if it does not fit decimal(28,6), which is a problem of its own.", "数值", "计入正负号和倍数之后的数值：金额以元计，百分比以百分点计，减少为负。只有超出decimal(28,6)时才留空，并记入problems。";
        unit: &'a str : "value-currency:code" = "`CNY`, `percent`, `person`, `person_time`, `vehicle`, `set`, `batch`, `group`, `square_metre`, `point`, else as printed.", "单位", "CNY（元）、percent（%）、person（人）、person_time（人次）、vehicle（辆）、set（台、套）、batch（批次）、group（团组）、square_metre（平方米）、point（分），其余照原文。";
        concept: Option<&'a str> = "Vocabulary id of what is measured, where one fits.", "概念", "所度量内容在词汇表中的标识，没有合适的则留空。";
        item: Option<&'a str> = "What is measured, in the report's words; for functional classes the path 类/款/项. Missing where the report has no words for it (a form left blank).", "项目名称", "以报告原话表示所度量的内容；功能分类为“类/款/项”路径。报告未写明（表格空白）时留空。";
        measure: &'a str as Measure : "value-kind:code" = "What is measured about it.", "度量", "度量的方面：金额、占比、增减额、增减率、预算完成率、数量、得分、比率、下限、上限。";
        phase: Option<&'a str> as Phase : "phase:id" = "The budget phase: approved 年初预算, adjusted 调整预算, executed 决算, target 预期指标.", "阶段", "预算阶段：approved年初预算，adjusted调整预算（全年预算），executed决算，target预期指标。";
        period: Option<i16> : "date:fiscal-year" = "The fiscal year spoken of.", "年度", "所说的年度。";
        base_period: Option<i16> = "The year compared with.", "基期", "与之比较的年度。";
        fund: Option<&'a str> as Fund : "fin-source:generic:code" = "The public fund.", "资金性质", "资金性质：一般公共预算、政府性基金预算、国有资本经营预算或全部。";
        function_code: Option<&'a str> : "functional-classification:generic:code" = "Functional classification (支出功能分类), 3, 5 or 7 digits.", "功能分类编码", "支出功能分类科目编码，3位（类）、5位（款）或7位（项）。";
        function_name: Option<&'a str> : "functional-classification:generic:label" = "Its name as printed.", "功能分类名称", "原文中的功能分类科目名称。";
        economic_code: Option<&'a str> : "economic-classification:generic:code" = "Economic classification (支出经济分类), 3 or 5 digits.", "经济分类编码", "支出经济分类科目编码，3位（类）或5位（款）。";
        economic_name: Option<&'a str> : "economic-classification:generic:label" = "Its name as printed.", "经济分类名称", "原文中的经济分类科目名称。";
        project: Option<&'a str> : "activity:generic:project:label" = "The project that it speaks of.", "项目", "所说的项目。";
        source: &'a str as FactSource = "Where it was read.", "来源", "读自叙述文字、表格还是图。";
        section: Option<&'a str> = "Heading path joined with ` > `; missing above the first heading.", "章节", "标题路径，以“ > ”连接；第一个标题之前留空。";
        table: Option<u32> = "Its table, if it was read in one.", "表格序号", "若读自表格，则为该表格的序号。";
        row: Option<u32> = "Row of its cell, from 0.", "行", "单元格所在的行，从0开始。";
        column: Option<u32> = "Column of its cell, from 0.", "列", "单元格所在的列，从0开始。";
        rule: &'a str = "What read it: a rule of the grammars or a reader of tables.", "规则", "由哪条语法规则或哪个读表程序识别。";
        flags: Option<&'a str> = "Doubts, joined with `|`: `template`, `unit_implied`, `inconsistent`, `ocr`, `approximate`.", "标记", "存疑之处，以“|”连接：模板残留、单位系推定、与他处不符、扫描识别、约数。";
        entity: Option<&'a str> : "administrative-classification:generic:label" = "As in `documents`.", "部门（单位）", "同documents表。";
        region_code: Option<&'a str> : "geo:source:code" = "As in `documents`.", "行政区划代码", "同documents表。";
        fiscal_year: Option<i16> = "As in `documents`.", "报告年度", "同documents表。";
        paragraph: Option<u32> = "Ordinal of its paragraph in the document, if it was read in prose.", "段落序号", "若读自叙述文字，则为所在段落的序号。";
        before: Option<&'a str> = "Words of its paragraph between the figure before and this one; `…` first if the sentence began in a paragraph that was cut off.", "前文", "本段中前一个数值与本数值之间的文字；句子开头在被截断的前一段时以“…”起始。";
        after: Option<&'a str> = "Words of its paragraph between this figure and the next one.", "后文", "本段中本数值与后一个数值之间的文字。";
    }

    "tables" TableRow / TABLES_TABLE:
    "One row for every table, as the reader of the original saw it.",
    "表格", "每个表格一行，与原文读者所见一致。",
    key ["document", "table"], references [OF_DOCUMENT] {
        document: &'a str = "The document.", "文件", "所在文件。";
        table: u32 = "Ordinal of the table in the document, from 0.", "序号", "表格在文件中的序号，从0开始。";
        kind: &'a str as TableKind = "Which statement or form it is.", "表格类型", "是哪一张决算报表或其他表格。";
        layout: &'a str as TableLayout = "How it stands in the text.", "排版", "表格在文本中的排列方式。";
        title: Option<&'a str> = "Its title.", "标题", "表格的标题。";
        form: Option<&'a str> = "The form's code as printed: 公开01表.", "表号", "原文表号，如“公开01表”。";
        unit: Option<&'a str> = "Unit of its amounts as printed: 万元.", "计量单位", "原文计量单位，如“万元”。";
        section: Option<&'a str> = "Heading path joined with ` > `; missing above the first heading.", "章节", "标题路径，以“ > ”连接；第一个标题之前留空。";
        rows: u32 = "Rows of the grid.", "行数", "表格的行数。";
        columns: u32 = "Columns of the grid.", "列数", "表格的列数。";
        byte_start: u64 ["byte"] = "First byte in the file on disk.", "起始字节", "在磁盘文件中的第一个字节。";
        byte_end: u64 ["byte"] = "One past the last byte.", "结束字节", "最后一个字节之后的位置。";
    }

    "cells" CellRow / CELLS:
    "One row for every cell with text; blank cells that a merged cell covers have none.",
    "单元格", "每个有文字的单元格一行；被合并单元格覆盖的空格没有单独的行。",
    key ["document", "table", "row", "column"], references [OF_DOCUMENT, OF_TABLE] {
        document: &'a str = "The document.", "文件", "所在文件。";
        table: u32 = "Ordinal of its table in the document.", "表格序号", "所在表格的序号。";
        row: u32 = "Row from 0; the top one of a merged cell.", "行", "行，从0开始；合并单元格取最上一行。";
        column: u32 = "Column from 0; the left one of a merged cell.", "列", "列，从0开始；合并单元格取最左一列。";
        row_span: u32 = "Rows that it covers.", "跨行数", "跨越的行数。";
        column_span: u32 = "Columns that it covers.", "跨列数", "跨越的列数。";
        header: bool = "Whether it is a label or heading rather than data.", "是否表头", "是否为表头或项目名称，而非数据。";
        text: &'a str = "Its text, trimmed, line breaks inside removed.", "文本", "单元格文字，去掉首尾空白和内部换行。";
        byte_start: u64 ["byte"] = "First byte in the file on disk.", "起始字节", "在磁盘文件中的第一个字节。";
        byte_end: u64 ["byte"] = "One past the last byte.", "结束字节", "最后一个字节之后的位置。";
    }

    "checks" CheckRow / CHECKS:
    "The identities that the figures should obey, and how each came out.",
    "勾稽关系", "数字应当满足的勾稽关系及其核对结果。",
    key ["document", "check"], references [OF_DOCUMENT] {
        document: &'a str = "The document.", "文件", "所在文件。";
        check: u32 = "Ordinal of the check in the document, from 0.", "序号", "核对在文件中的序号，从0开始。";
        identity: &'a str = "Id of the rule.", "规则", "勾稽关系规则的标识。";
        status: &'a str as Status = "`holds`: the printed intervals meet; `rounding`: only if a figure was cut off or parts were rounded; `fails`: they cannot meet; `undecided`: a figure is missing.", "结论", "holds：在原文精度内相符；rounding：仅因舍入或截尾而有差；fails：不可能相符；undecided：缺少数字，无法判断。";
        left: Option<Exact> = "Value of the left side; calculated values are given to the nearest millionth.", "左值", "等式左边的值；计算所得的值精确到百万分之一。";
        right: Option<Exact> = "Value of the right side; calculated values are given to the nearest millionth.", "右值", "等式右边的值；计算所得的值精确到百万分之一。";
        difference: Option<Exact> = "Left minus right, to the nearest millionth.", "差额", "左值减右值，精确到百万分之一。";
        tolerance: Option<Exact> = "How far the printed intervals reach, to the nearest millionth.", "容差", "原文精度所允许的差额，精确到百万分之一。";
        facts: Option<&'a str> = "Ordinals of the facts that take part, joined with `|`; missing if an identity is undecided because none was found.", "涉及事实", "所涉及事实的序号，以“|”连接；未找到任何事实而无法判断时留空。";
        message: &'a str = "What was found, in plain words.", "说明", "以文字说明核对结果。";
        byte_start: u64 ["byte"] = "First byte, in the file on disk, of the figure most likely wrong, else of the first.", "起始字节", "最可能有误的数字（否则为第一个数字）在磁盘文件中的第一个字节。";
        byte_end: u64 ["byte"] = "One past its last byte.", "结束字节", "该数字最后一个字节之后的位置。";
    }

    "problems" ProblemRow / PROBLEMS:
    "What went wrong, for people.",
    "问题", "读取中遇到的问题，供人查阅。",
    key [], references [OF_DOCUMENT] {
        document: &'a str = "The document.", "文件", "所在文件。";
        severity: &'a str as Severity = "`error`: something is lost; `warning`: something is doubtful; `note`: worth knowing.", "严重程度", "error：有内容丢失；warning：有内容存疑；note：值得了解。";
        code: &'a str = "One code for each kind of problem, to search and count by.", "代码", "每类问题一个代码，便于查找和统计。";
        message: &'a str = "What was met, what was expected, what to do.", "说明", "遇到了什么、本应是什么、怎样处理。";
        byte_start: Option<u64> ["byte"] = "First byte in the file on disk; missing for the document as a whole.", "起始字节", "在磁盘文件中的第一个字节；涉及整个文件时留空。";
        byte_end: Option<u64> ["byte"] = "One past the last byte.", "结束字节", "最后一个字节之后的位置。";
    }
}
