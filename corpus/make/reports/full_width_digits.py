"""A people's congress office of 2016 with full-width digits, in tabs, and the same text in two other encodings."""

import ocr
import statements as s
from accounts import ZERO, Accounts, Leaf, d
from forms import Style
from model import Cell, Paragraph, Report, Table
from prose import Voice
from truth import write_sample

NAME = "full-width-digits"
AGENCY = "枫桥区人大常委会办公室"

ACCOUNTS = Accounts(
    year=2016,
    unit="万元",
    opening=d("12.07"),
    zero="0",
    leaves=[
        Leaf("2010101", "行政运行", d("386.42"), approved=d("372.00")),
        Leaf("2010104", "人大会议", ZERO, d("88.60"), approved=d("90.00")),
        Leaf("2010108", "代表工作", ZERO, d("41.25"), approved=d("50.00"), received=d("46.00")),
        Leaf("2080501", "归口管理的行政单位离退休", d("63.18"), approved=d("63.18")),
        Leaf("2100502", "行政单位医疗", d("17.94"), approved=d("17.94")),
        Leaf("2210201", "住房公积金", d("29.70"), approved=d("29.70")),
    ],
    income={"general_budget": d("631.84")},
    economic=[
        ("301", "工资福利支出", ZERO),
        ("30101", "基本工资", d("121.30")),
        ("30102", "津贴补贴", d("134.08")),
        ("30104", "社会保障缴费", d("17.94")),
        ("303", "对个人和家庭的补助", ZERO),
        ("30302", "退休费", d("63.18")),
        ("30311", "住房公积金", d("29.70")),
        ("302", "商品和服务支出", ZERO),
        ("30201", "办公费", d("9.88")),
        ("30215", "会议费", d("6.04")),
        ("30217", "公务接待费", d("3.32")),
        ("30299", "其他商品和服务支出", ZERO),
    ],
    three_public={"operation": (d("21.00"), d("18.46")), "reception": (d("5.00"), d("3.32"))},
)
STYLE = Style(three_code_columns=True)
BEFORE = {
    "total": d("668.20"),
    "spent": d("655.13"),
    "operating": d("128.37"),
    "three": d("27.31"),
    "reception": d("4.56"),
}


def narrative():
    a, v = ACCOUNTS, Voice(ACCOUNTS, full_width=True)
    total, t, b = a.income_total + a.opening, s.three_public_amounts(ACCOUNTS, 1), s.three_public_amounts(ACCOUNTS, 0)
    public, g, p = a.general_basic - a.economic_sum("301", "303"), "general_budget.expenditure", "three_public."
    approved = a.sum("approved")
    return [
        Paragraph("第三部分 2016年度部门决算情况说明", 1),
        Paragraph("一、收支决算总体情况", 2),
        Paragraph(
            f"２０１６年度总收入{v.amount('income.total', '总收入', total)}，总支出{v.amount('expenditure.total', '总支出', total)}。总收入比２０１５年{v.compared('income.total', '总收入', total, BEFORE['total'])}，本年支出比上年{v.compared('expenditure.current_year', '本年支出', a.expenditure, BEFORE['spent'], comma='，同比')}。"
        ),
        Paragraph("二、财政拨款收支情况", 2),
        Paragraph(
            f"全年财政拨款收入{v.amount('income.appropriation', '财政拨款收入', a.appropriation)}，财政拨款支出{v.amount('appropriation.expenditure', '财政拨款支出', a.general)}。其中基本支出{v.amount('general_budget.basic', '财政拨款支出：基本支出', a.sum('basic'))}，"
            f"占财政拨款支出的{v.share('general_budget.basic', '财政拨款支出：基本支出', a.sum('basic'), a.general)}；项目支出{v.amount('expenditure.project', '财政拨款支出：项目支出', a.sum('project'))}，占{v.share('expenditure.project', '财政拨款支出：项目支出', a.sum('project'), a.general)}。"
        ),
        Paragraph(
            f"一般公共预算财政拨款支出年初预算{v.amount(g, '一般公共预算财政拨款支出', approved, 'phase=approved')}，决算{v.amount(g, '一般公共预算财政拨款支出', a.general)}，为年初预算的{v.execution(g, '一般公共预算财政拨款支出', a.general, approved)}。按功能分类："
            + "，".join(
                f"{name}{v.amount('expenditure.function', name, sum(x.total for x in leaves))}（{v.share('expenditure.function', name, sum(x.total for x in leaves), a.general)}）"
                for name, leaves in a.by_class().items()
            )
            + "。"
        ),
        Paragraph("三、“三公”经费情况", 2),
        Paragraph(
            f"２０１６年“三公”经费预算{v.amount(p + 'total', '“三公”经费', b['total'], 'phase=adjusted')}，实际支出{v.amount(p + 'total', '“三公”经费', t['total'])}，比上年{v.compared(p + 'total', '“三公”经费', t['total'], BEFORE['three'])}。其中：公务用车运行维护费{v.amount(p + 'vehicle.operation', '公务用车运行维护费', t['vehicle.operation'])}，保有车辆{{６|n|{p}vehicle.owned|保有车辆}}辆；"
            f"公务接待费{v.amount(p + 'reception', '公务接待费', t['reception'])}，比上年{v.compared(p + 'reception', '公务接待费', t['reception'], BEFORE['reception'])}，接待{{５２|n|{p}reception.batches|公务接待批次}}批次、{{４３６|n|{p}reception.persons|公务接待人次}}人次；无因公出国（境）费用。"
        ),
        Paragraph("四、其他重要事项", 2),
        Paragraph(
            f"（１）机关运行经费{v.amount('agency.operating_cost', '机关运行经费', public)}，比上年{v.compared('agency.operating_cost', '机关运行经费', public, BEFORE['operating'])}。（２）政府采购{{１０．６|a|procurement.total|政府采购}}万元，均为货物。（３）年末固定资产原值{{１，２０６．５|a||固定资产原值}}万元，无单价{{２００|thr}}万元以上大型设备。"
        ),
        Paragraph(
            "（４）全年召开常委会会议{８|n||常委会会议}次、主任会议{１４|n||主任会议}次，组织代表视察{２０|n||代表视察|flags=approximate}余次，办理代表建议{１１３|n||办理代表建议}件，满意率{９８．２|r||代表建议办理满意率}％；依据《关于加强代表工作的意见》（枫常发〔２０１６〕９号）补助代表小组每组五千元。"
        ),
    ]


def contrast():
    """A comparison of two years, budget beside accounts."""

    def h(text, columns=1, rows=1):
        return Cell(text, columns, rows, True)

    def line(name, concept, now, budget, before):
        delta = d(now) - d(before)
        return [
            h(name),
            Cell(f"{{{before}|a|{concept}|{name} × 2015年决算数|unit=CNY;times=万;period=2015}}"),
            Cell(f"{{{budget}|a|{concept}|{name} × 2016年预算数|unit=CNY;times=万;phase=adjusted}}"),
            Cell(f"{{{now}|a|{concept}|{name} × 2016年决算数|unit=CNY;times=万}}"),
            Cell(f"-{{{-delta}|c-|{concept}|{name} × 比上年增减额|unit=CNY;times=万}}"),
            Cell(f"-{{{abs((delta * 100 / d(before)).quantize(d('0.01')))}|g-|{concept}|{name} × 比上年增减率}}%"),
        ]

    rows = [
        [h("项目", 1, 2), h("2015年决算数", 1, 2), h("2016年", 2), h("比上年增减", 2)],
        [h("预算数"), h("决算数"), h("金额"), h("百分比")],
        line("合计", "three_public.total", "21.78", "26.00", "27.31"),
        line("公务用车运行维护费", "three_public.vehicle.operation", "18.46", "21.00", "22.75"),
        line("公务接待费", "three_public.reception", "3.32", "5.00", "4.56"),
    ]
    return Table("“三公”经费支出对比表", "comparison", rows, [3, 2, 2, 2, 2, 2])


def report():
    a = ACCOUNTS
    blocks = [
        Paragraph(f"{AGENCY}2016年度部门决算"),
        Paragraph("目录"),
        Paragraph("第一部分 部门概况"),
        Paragraph("第二部分 2016年度部门决算表"),
        Paragraph("第三部分 2016年度部门决算情况说明"),
        Paragraph("第一部分 部门概况", 1),
        Paragraph(
            "枫桥区人大常委会办公室为常委会的综合办事机构，行政编制{２４|n|staff.authorised|行政编制}名，实有在职人员{２２|n|staff.actual|实有在职人员}人、退休人员{３１|n|staff.retired|退休人员}人，下设{５|n||委室}个委室。"
        ),
        Paragraph("第二部分 2016年度部门决算表", 1),
    ]
    tables = [
        (1, s.summary(a, STYLE)),
        (3, s.expenditure(a, STYLE)),
        (5, s.general_expenditure(a, STYLE)),
        (6, s.general_basic(a, STYLE)),
        (8, s.government_fund(a, STYLE)),
    ]
    for form, table in tables:
        blocks += [
            Paragraph(table.title),
            Paragraph(f"公开{form:02}表\n金额单位：万元"),
            Paragraph(f"编制单位：{AGENCY}"),
            table,
            Paragraph("注：本表数据取自部门决算报表，以万元为单位保留两位小数。"),
        ]
    return Report(2016, blocks + narrative() + [Paragraph("“三公”经费支出对比表"), Paragraph("单位：万元"), contrast()])


def write(corpus):
    made = report()
    damages = [ocr.Damage(), ocr.Damage(trim=True), ocr.Damage(), ocr.Damage(trim=True), ocr.Damage(), ocr.Damage()]
    text, found, spans = ocr.write_report(made, damages, headings=False)
    for prefix, encoding in (("tsv", "utf-8"), ("gb18030", "gb18030"), ("utf16", "utf-16-le")):
        write_sample(corpus, f"{prefix}-{NAME}.txt", text, made.tables(), found, spans, encoding)
