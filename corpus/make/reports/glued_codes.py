"""A school of 2024 as a service reads a scan: pipes, tabs, glued codes, shifted cells, a cut sentence."""

import ocr
import statements as s
from accounts import ZERO, Accounts, Leaf, d
from forms import Style, misprint
from model import Cell, Paragraph, Report, Table
from prose import Voice
from truth import write_sample

NAME = "markdown-glued-codes"
AGENCY = "桐溪县实验中学"

ACCOUNTS = Accounts(
    year=2024,
    unit="元",
    opening=d("204518.6"),
    zero="0.00",
    leaves=[
        Leaf(
            "2050203",
            "初中教育",
            d("13286440.52"),
            d("1860300.00"),
            d("96200.00"),
            d("86200.00"),
            d("14600000.00"),
            received=d("15046740.52"),
        ),
        Leaf("2050299", "其他普通教育支出", ZERO, d("420000.00"), approved=d("420000.00")),
        Leaf("2080505", "机关事业单位基本养老保险缴费支出", d("1712806.40"), approved=d("1690000.00")),
        Leaf("2080506", "机关事业单位职业年金缴费支出", d("856403.20"), approved=d("856403.20")),
        Leaf("2101102", "事业单位医疗", d("688120.36"), approved=d("700000.00")),
        Leaf("2210201", "住房公积金", d("1284604.80"), approved=d("1284604.80")),
        Leaf("2296004", "用于教育事业的彩票公益金支出", ZERO, d("80000.00"), fund=True),
    ],
    income={
        "general_budget": d("19912475.28"),
        "government_fund": d("80000.00"),
        "undertaking": d("10000.00"),
        "other": d("86200.00"),
    },
    economic=[
        ("301", "工资福利支出", ZERO),
        ("30101", "基本工资", d("5120640.00")),
        ("30102", "津贴补贴", d("812300.00")),
        ("30107", "绩效工资", d("4986210.40")),
        ("30108", "机关事业单位基本养老保险缴费", d("1712806.40")),
        ("30109", "职业年金缴费", d("856403.20")),
        ("30110", "职工基本医疗保险缴费", d("688120.36")),
        ("30112", "其他社会保障缴费", d("64118.2")),
        ("30113", "住房公积金", d("1284604.80")),
        ("303", "对个人和家庭的补助", ZERO),
        ("30305", "生活补助", d("182400.00")),
        ("30308", "助学金", d("341250.00")),
        ("302", "商品和服务支出", ZERO),
        ("30201", "办公费", d("286411.07")),
        ("30205", "水费", d("98206.50")),
        ("30206", "电费", d("214880.33")),
        ("30213", "维修（护）费", d("186200.00")),
        ("30216", "培训费", d("76240.00")),
        ("30226", "劳务费", d("318600.00")),
        ("30299", "其他商品和服务支出", ZERO),
    ],
    three_public={"reception": (d("3000.00"), d("1268.00"))},
)
STYLE = Style(row_numbers=True, three_code_columns=True)
BEFORE = {"income": d("19420118.07"), "spent": d("19518220.44"), "general": d("19402116.90"), "reception": d("1268.00")}


def narrative():
    """Before and after the self-evaluation form, which cuts the last sentence."""
    a, v = ACCOUNTS, Voice(ACCOUNTS, gap=" ", commas=True)
    f, g, e = "expenditure.function", "general_budget.expenditure", "expenditure.economic"
    approved, people = a.sum("approved"), a.economic_sum("301", "303")
    wrong = (
        "flags=inconsistent;note=personnel and public use add to the basic expenditure of the statement, not to this"
    )
    return [
        Paragraph("第三部分 2024 年度部门决算情况说明", 1),
        Paragraph("一、收入支出决算总体情况说明", 2),
        Paragraph(
            f"2024 年度本年收入合计 {v.amount('income.current_year', '本年收入合计', a.income_total)}，支出合计 {v.amount('expenditure.current_year', '支出合计', a.expenditure)}。与 2023 年度相比，本年收入合计{v.compared('income.current_year', '本年收入合计', a.income_total, BEFORE['income'])}，支出合计{v.compared('expenditure.current_year', '支出合计', a.expenditure, BEFORE['spent'])}，主要原因是新增"
        ),
        Paragraph("学生宿舍维修项目及教师正常晋级晋档。"),
        Paragraph("二、收入决算情况说明", 2),
        Paragraph(
            f"2024 年度收入合计 {v.amount('income.current_year', '收入合计', a.income_total)}，其中：财政拨款收入 {v.amount('income.appropriation', '财政拨款收入', a.appropriation)}，占{v.share('income.appropriation', '财政拨款收入', a.appropriation, a.income_total)}；事业收入 {v.amount('income.undertaking', '事业收入', a.income['undertaking'])}，占{v.share('income.undertaking', '事业收入', a.income['undertaking'], a.income_total)}；其他收入 {v.amount('income.other', '其他收入', a.income['other'])}，占{v.share('income.other', '其他收入', a.income['other'], a.income_total)}。"
        ),
        Paragraph("三、支出决算情况说明", 2),
        Paragraph(
            f"2024 年度支出合计 {v.amount('expenditure.current_year', '支出合计', a.expenditure)}，其中：基本支出 {v.amount('expenditure.basic', '基本支出', a.sum('basic'))}，占{v.share('expenditure.basic', '基本支出', a.sum('basic'), a.expenditure)}；项目支出 {v.amount('expenditure.project', '项目支出', a.sum('project'))}，占{v.share('expenditure.project', '项目支出', a.sum('project'), a.expenditure)}。"
        ),
        Paragraph("四、一般公共预算财政拨款支出决算情况说明", 2),
        Paragraph(
            f"(一) 总体情况。2024 年度一般公共预算财政拨款支出 {v.amount(g, '一般公共预算财政拨款支出', a.general)}，占本年支出合计的{v.share(g, '一般公共预算财政拨款支出', a.general, a.expenditure)}。与 2023 年度相比，一般公共预算财政拨款支出{v.compared(g, '一般公共预算财政拨款支出', a.general, BEFORE['general'])}。"
        ),
        Paragraph(
            "(二) 结构情况。主要用于以下方面："
            + "；".join(
                f"{name}（类）支出 {v.amount(f, name, sum(x.total - x.own for x in leaves))}，占{v.share(f, name, sum(x.total - x.own for x in leaves), a.general)}"
                for name, leaves in a.by_class(lambda leaf: not leaf.fund).items()
            )
            + "。"
        ),
        Paragraph(
            f"(三) 具体情况。年初预算为 {v.amount(g, '一般公共预算财政拨款支出', approved, 'phase=approved')}，支出决算为 {v.amount(g, '一般公共预算财政拨款支出', a.general)}，完成年初预算的{v.execution(g, '一般公共预算财政拨款支出', a.general, approved)}。"
        ),
        Paragraph("五、一般公共预算财政拨款基本支出决算情况说明", 2),
        Paragraph(
            f"2024 年度一般公共预算财政拨款基本支出 {v.amount('general_budget.basic', '一般公共预算财政拨款基本支出', d('17332175.28'), wrong)}，其中：人员经费，{v.amount('general_budget.personnel', '人员经费', people)}，公用经费 {v.amount('general_budget.public_use', '公用经费', a.general_basic - people)}。支出具体情况如下："
        ),
        Paragraph(
            f"1. 工资福利支出 {v.amount(e, '工资福利支出', a.economic_sum('301'))}，较 2024 年度年初预算数增加 {v.mark('125,203.36', 'c', e, '工资福利支出', 'base=2024;note=against 年初预算数')}元，增长 {v.mark('0.81', 'g', e, '工资福利支出', 'base=2024;note=against 年初预算数')}%；较 2023 年度决算数增加减少 {v.mark('86,420.00', 'c-', e, '工资福利支出', 'flags=template;note=增加减少 left over, the 降低 that follows makes it a decrease')}元，降低 {v.mark('0.55', 'g-', e, '工资福利支出')}%。"
        ),
        Paragraph(
            f"2. 对个人和家庭的补助 {v.amount(e, '对个人和家庭的补助', a.economic_sum('303'))}，较 2023 年度决算数增加 {{0|c|{e}|对个人和家庭的补助}} 元，增长 {{0|g|{e}|对个人和家庭的补助}}%。"
        ),
        Paragraph("六、“三公”经费决算情况说明", 2),
        Paragraph(
            f"2024 年度“三公”经费支出预算为 {v.amount('three_public.total', '“三公”经费支出', d('3000'), 'phase=adjusted')}，决算为 {v.amount('three_public.total', '“三公”经费支出', d('1268'))}，均为公务接待费，接待 {{4|n|three_public.reception.batches|公务接待批次}} 批次 {{31|n|three_public.reception.persons|公务接待人次}} 人次，与上年持平。"
        ),
        Paragraph("七、政府性基金预算财政拨款收入支出决算情况说明", 2),
        Paragraph(
            f"2024 年度政府性基金预算财政拨款本年收入 {v.amount('income.government_fund', '政府性基金预算财政拨款本年收入', d('80000'))}，本年支出 {v.amount('government_fund.expenditure', '政府性基金预算财政拨款本年支出', a.fund)}，年末结转和结余 {{0|a|government_fund.closing|政府性基金预算财政拨款年末结转和结余}} 元。"
        ),
        Paragraph("八、其他重要事项的情况说明", 2),
        Paragraph("(一) 本单位为事业单位，无机关运行经费。"),
        Paragraph(
            "(二) 2024 年度政府采购支出总额 {1,062,480.00|a|procurement.total|政府采购支出总额} 元，其中：货物 {402,480.00|a|procurement.goods|政府采购货物支出} 元、工程 {660,000.00|a|procurement.works|政府采购工程支出} 元、服务 {0.00|a|procurement.services|政府采购服务支出} 元。"
        ),
        Paragraph(
            "(三) 截至 2024 年 12 月 31 日，本单位房屋面积 {18,460.72|a|assets.floor_area|房屋面积} 平方米，共有车辆 {1|n|assets.vehicle|车辆} 辆，单价 {50|thr} 万元以上通用设备 {2|n|assets.equipment_500k|单价50万元以上通用设备} 台（套），单价 {100|thr} 万元以上专用设备 {0|n|assets.equipment_1m|单价100万元以上专用设备} 台（套）。"
        ),
        Paragraph(
            "(四) 预算绩效管理工作开展情况。在校学生 {2,316|n||在校学生} 人、专任教师 {148|n||专任教师} 人；一级项目 {1|n|performance.projects|开展绩效自评的一级项目} 个，二级项目 {2|n|performance.projects|开展绩效自评的二级项目} 个，共涉及资金 {236|a||绩效自评涉及资金} 万元，自评得分为 {94|p|performance.score|自评得分} 分。下一步一是加强绩效目标管理，将目标细化为具体的工作任"
        ),
    ]


def self_evaluation():
    def h(text, columns=1, rows=1):
        return Cell(text, columns, rows, True)

    name = "学生宿舍维修"

    def target(item, planned, done):
        return [h(item), Cell(planned), Cell(done), Cell("无")]

    def money(amount, column, concept, phase):
        return Cell(f"{{{amount}|a|{concept}|{name} × 年度资金总额 × {column}|unit=CNY;times=万;phase={phase}}}")

    rows = [
        [
            h("专项（项目）名称", 2),
            Cell(name, 2),
            h("负责人及电话"),
            Cell("丁文渊 {6120384|id|note=telephone number}", 1),
        ],
        [h("主管部门", 2), Cell("桐溪县教育局", 2), h("实施单位"), Cell(AGENCY)],
        [h("项目资金（万元）", 2, 2), h(""), h("全年预算数（A）"), h("全年执行数（B）"), h("执行率（B/A）")],
        [
            h("年度资金总额："),
            money("150", "全年预算数", "project.budget", "adjusted"),
            money("144", "全年执行数", "project.executed", "executed"),
            Cell(f"{{96|e|project.executed|{name} × 年度资金总额 × 执行率}}%"),
        ],
        [h("一级指标"), h("二级指标"), h("三级指标"), h("年度指标值"), h("全年完成值"), h("未完成原因")],
        [h("产出指标", 1, 3), h("数量指标", 1, 2)]
        + target(
            "维修宿舍楼",
            f"≥{{2|l||{name} × 维修宿舍楼 × 年度指标值|unit=栋;phase=target}} 栋",
            f"{{2|n||{name} × 维修宿舍楼 × 全年完成值|unit=栋;phase=executed}} 栋",
        ),
        target(
            f"更换床架 {{400|n||{name} × 更换床架|phase=target;note=planned quantity inside the label}} 套",
            f"≤{{28|u||{name} × 更换床架400套 × 年度指标值|unit=CNY;times=万;flags=unit_implied;phase=target;note=万 without 元}} 万",
            f"{{26.5|a||{name} × 更换床架400套 × 全年完成值|unit=CNY;times=万;flags=unit_implied;phase=executed;note=万 without 元}} 万",
        ),
        [h("时效指标")] + target("完工时间", "8 月底前", "2024 年 8 月 20 日"),
        [h("满意度指标"), h("服务对象")]
        + target(
            "家长满意度",
            f"≥{{95|l||{name} × 家长满意度 × 年度指标值|phase=target}}%",
            f"≥{{95|l||{name} × 家长满意度 × 全年完成值|phase=executed}}%",
        ),
    ]
    return Table("项目支出绩效自评表", "self_evaluation", rows, [1] * 6)


def report():
    a = ACCOUNTS
    blocks = [
        Paragraph(f"{AGENCY} 部门决算"),
        Paragraph("(2024 年度)"),
        Paragraph("第一部分 单位概况", 1),
        Paragraph(
            "桐溪县实验中学是县教育局所属的公益一类事业单位，核定编制 {152|n|staff.authorised|核定编制} 名，设教务处、德育处等 {7|n||内设机构} 个内设机构。"
        ),
        Paragraph("第二部分 2024 年度部门决算表", 1),
    ]
    income = s.income(a, STYLE)
    misprint(income, "教育支出 × 上级补助收入", "0.00", "00.00", "ocr", "printed 00.00, read as 0.00")
    tables = [
        (1, s.summary(a, STYLE)),
        (2, income),
        (5, s.general_expenditure(a, STYLE)),
        (6, s.general_basic(a, STYLE)),
        (7, s.three_public(a, STYLE)),
        (8, s.government_fund(a, STYLE)),
    ]
    for form, table in tables:
        blocks += [
            Paragraph(table.title),
            Paragraph(f"公开 {form:02} 表"),
            Paragraph("金额单位：元"),
            Paragraph(f"公开部门：{AGENCY}"),
            table,
            Paragraph("注：本表反映部门本年度相应的收支情况，数据取自财决{01|id}表。"),
        ]
    blocks += narrative()
    blocks += [
        Paragraph("项目支出绩效自评表"),
        Paragraph("(2024 年度)"),
        self_evaluation(),
        Paragraph("务，并与年度预算资金相匹配。**二是**压实各处室的支出责任。"),
        Paragraph("第四部分 名词解释", 1),
        Paragraph("一、事业收入：是指事业单位开展专业业务活动取得的收入，以超过 {1000|thr} 元为起点缴入专户。"),
    ]
    return Report(2024, blocks)


def write(corpus):
    made = report()
    damages = [
        ocr.Damage("pipes"),
        ocr.Damage("pipes", glue=True),
        ocr.Damage(glue=True, shift={3: 2}),
        ocr.Damage("pipes"),
        ocr.Damage(),
        ocr.Damage(glue=True, shift={4: 3}),
        ocr.Damage(),
    ]
    text, found, spans = ocr.write_report(made, damages)
    write_sample(corpus, f"{NAME}.txt", text, made.tables(), found, spans)
