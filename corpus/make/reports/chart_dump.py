"""A federation of a prefecture: charts dumped after the text, EMF text, and an evaluation report in prose."""

import statements as s
from accounts import ZERO, Accounts, Leaf, d
from model import Cell, Chart, Paragraph, Report
from prose import Voice

NAME = "chart-dump"
FORMS = ["tika-docx"]
AGENCY = "汐川市残疾人联合会"

ACCOUNTS = Accounts(
    year=2020,
    unit="万元",
    opening=d("24.30"),
    leaves=[
        Leaf("2012901", "行政运行", d("318.46"), approved=d("310.00")),
        Leaf("2050803", "培训支出", ZERO, d("6.20"), approved=d("6.50")),
        Leaf("2080505", "机关事业单位基本养老保险缴费支出", d("33.72"), approved=d("33.72")),
        Leaf("2081104", "残疾人康复", ZERO, d("642.80"), approved=d("600.00"), received=d("660.00")),
        Leaf("2081105", "残疾人就业和扶贫", ZERO, d("287.15"), approved=d("300.00"), received=d("280.00")),
        Leaf("2101101", "行政单位医疗", d("15.09"), approved=d("15.60")),
        Leaf("2210201", "住房公积金", d("30.44"), approved=d("30.44")),
        Leaf("2296006", "用于残疾人事业的彩票公益金支出", ZERO, d("118.00"), received=d("130.00"), fund=True),
    ],
    income={"general_budget": d("1343.91"), "government_fund": d("130.00")},
    economic=[
        ("301", "工资福利支出", ZERO),
        ("30101", "基本工资", d("98.60")),
        ("30102", "津贴补贴", d("102.77")),
        ("30108", "机关事业单位基本养老保险缴费", d("33.72")),
        ("30113", "住房公积金", d("30.44")),
        ("302", "商品和服务支出", ZERO),
        ("30201", "办公费", d("22.14")),
        ("30299", "其他商品和服务支出", ZERO),
    ],
    three_public={"operation": (d("5.00"), d("4.18")), "reception": (d("1.20"), ZERO)},
)
BEFORE = {
    "total": d("1288.77"),
    "appropriation": d("1288.77"),
    "general": d("1204.60"),
    "operating": d("70.02"),
    "operation": d("4.93"),
}


def narrative():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    total, f, g, p = a.income_total + a.opening, "expenditure.function", "general_budget.expenditure", "three_public."
    both, funds = "income.total+expenditure.total", "appropriation.income_total+appropriation.expenditure_total"
    t, b = s.three_public_amounts(a, 1), s.three_public_amounts(a, 0)
    approved, people = a.sum("approved"), a.economic_sum("301", "303")
    public = a.general_basic - people
    wrong = "flags=inconsistent;note=the amounts give another share"
    return (
        [
            Paragraph(f"{AGENCY}2020年部门决算公开说明", align="center"),
            Paragraph("一、部门基本情况", 1, ("_Toc60000001_WPSOffice_Level1",)),
            Paragraph(
                "本部门是人民团体，内设{5|n||内设部室}个部室，所属预算单位{2|n||所属预算单位}家。2020年部门编制{31|n|staff.authorised|编制}人，实有{29|n|staff.actual|实有}人；全市持证残疾人{4.63|n||持证残疾人}万人。"
            ),
            Paragraph("二、2020年收支决算情况", 1, ("_Toc60000002_WPSOffice_Level1",)),
            Paragraph(
                f"（一）本部门2020年收、支总计{v.amount(both, '收、支总计', total)}，同比{v.compared(both, '收、支总计', total, BEFORE['total'])}。本年度收入{v.amount('income.current_year', '本年度收入', a.income_total)}，全部为财政拨款收入，占收入合计的{{100.00|s|income.appropriation|财政拨款收入}}%。"
            ),
            Paragraph(
                f"（二）本年度支出{v.amount('expenditure.current_year', '本年度支出', a.expenditure)}，其中基本支出占{v.share('expenditure.basic', '基本支出', a.sum('basic'), a.expenditure)}、项目支出占{v.share('expenditure.project', '项目支出', a.sum('project'), a.expenditure)}，分别为{v.amount('expenditure.basic', '基本支出', a.sum('basic'))}和{v.amount('expenditure.project', '项目支出', a.sum('project'))}。"
            ),
            Paragraph("图1：收、支总计变动情况"),
            Paragraph(
                f"（三）财政拨款收、支总计{v.amount(funds, '财政拨款收、支总计', a.appropriation + a.opening)}，比上年{v.compared(funds, '财政拨款收、支总计', a.appropriation + a.opening, BEFORE['appropriation'])}，原因同上。"
            ),
            Paragraph(
                f"（四）一般公共预算财政拨款支出{v.amount(g, '一般公共预算财政拨款支出', a.general)}，占本年度支出的{v.mark('94.61', 's', g, '一般公共预算财政拨款支出', wrong)}%，较上年决算数{v.compared(g, '一般公共预算财政拨款支出', a.general, BEFORE['general'])}；年初预算{v.amount(g, '一般公共预算财政拨款支出', approved, 'phase=approved')}，预算完成率{v.execution(g, '一般公共预算财政拨款支出', a.general, approved)}。"
            ),
            Paragraph("图2：一般公共预算财政拨款支出结构"),
        ]
        + [
            Paragraph(
                f"{at}、{name}（类）{v.amount(f, name, sum(x.total for x in leaves))}，主要用于{'、'.join(x.name for x in leaves)}，占{v.share(f, name, sum(x.total for x in leaves), a.general)}；年初预算为{v.amount(f, name, sum(x.approved for x in leaves), 'phase=approved')}。"
            )
            for at, (name, leaves) in enumerate(a.by_class(lambda leaf: not leaf.fund).items(), 1)
        ]
        + [
            Paragraph(
                f"（五）一般公共预算财政拨款基本支出{v.amount('general_budget.basic', '一般公共预算财政拨款基本支出', a.general_basic)}，包括人员经费{v.amount('general_budget.personnel', '人员经费', people)}、日常公用经费{v.amount('general_budget.public_use', '日常公用经费', public)}。"
            ),
            Paragraph(
                f"（六）“三公”经费决算{v.amount(p + 'total', '“三公”经费', t['total'])}，比全年预算数{v.amount(p + 'total', '“三公”经费', b['total'], 'phase=adjusted')}减少{v.mark('2.02', 'c-', p + 'total', '“三公”经费', 'base=2020;note=against 全年预算数')}万元。其中，公务用车运行维护费{v.amount(p + 'vehicle.operation', '公务用车运行维护费', t['vehicle.operation'])}，比2019年决算数{v.amount(p + 'vehicle.operation', '公务用车运行维护费', BEFORE['operation'], 'period=2019')}{v.change(p + 'vehicle.operation', '公务用车运行维护费', t['vehicle.operation'], BEFORE['operation'])}，公务用车{{2|n|{p}vehicle.owned|公务用车}}辆，车均运行维护费{{2.09|a||车均运行维护费|phase=executed}}万元；因公出国（境）费用与公务接待费均无支出。"
            ),
            Paragraph(
                f"（七）政府性基金预算拨款收入{v.amount('income.government_fund', '政府性基金预算拨款收入', d('130'))}，支出{v.amount('government_fund.expenditure', '政府性基金预算拨款支出', a.fund)}，结转{v.amount('government_fund.closing', '政府性基金预算拨款结转', d('12'))}。无国有资本经营预算拨款。"
            ),
            Paragraph(
                f"（八）机关运行经费{v.amount('agency.operating_cost', '机关运行经费', public)}，同比{v.compared('agency.operating_cost', '机关运行经费', public, BEFORE['operating'])}。政府采购支出{{0.021|a|procurement.total|政府采购支出}}亿元，其中政府采购服务支出{{187.64|a|procurement.services|政府采购服务支出}}万元、政府采购货物支出{{22.36|a|procurement.goods|政府采购货物支出}}万元。"
            ),
            Paragraph(
                "截至2020年12月31日，本部门固定资产总额{412.08|a||固定资产总额}万元，车辆{2|n|assets.vehicle|车辆|unit=vehicle}台（辆），单价{50|thr}万元（含）以上的通用设备{0|n|assets.equipment_500k|单价50万元（含）以上的通用设备}台（套）。"
            ),
        ]
    )


def evaluation():
    project = "残疾人康复服务"
    return [
        Paragraph("2020年残疾人康复服务项目支出绩效评价报告", 1, ("_Toc60000003_WPSOffice_Level1",)),
        Paragraph(
            "根据《汐川市财政局关于开展绩效评价工作的通知》（汐财绩〔2021〕6号-{2|id}），2021年3月10日至4月2日，评价组抽查{4|n||抽查县区|period=2021}个县区、{61|n||抽查康复机构|period=2021}家康复机构。"
        ),
        Paragraph(
            f"资金到位与使用：项目年初预算{{600|a|project.budget|{project}|phase=approved}}万元，追加{{60|a||{project}追加预算|phase=adjusted}}万元，全年预算{{660|a|project.budget|{project}|phase=adjusted}}万元，实际支出{{642.8|a|project.executed|{project}}}万元，预算执行率{{97.39|e|project.executed|{project}}}%，结余十七万二千元。"
        ),
        Paragraph(
            "产出：为{8,216|n||得到康复服务的残疾人}名残疾人提供康复服务，其中{0|thr}-{6|thr}岁儿童{512|n||康复服务儿童}名；适配辅具{3,040|n||适配辅具}件，服务率达到{98|l||基本康复服务率|note=以上}%以上，超过目标值{85|r||基本康复服务率|phase=target}%十三个百分点；培训康复人员{120|n||培训康复人员|flags=approximate}余人次，人均补助标准{1,200|l||人均补助标准}元至{2,600|u||人均补助标准}元/年。"
        ),
        Paragraph(
            "效益：家庭负担平均减轻约{30|r||家庭负担平均减轻|flags=approximate}%，问卷满意率由{88.5|r||问卷满意率|period=2019}%提高至{93.2|r||问卷满意率}%，提高了{4.7|c||问卷满意率}个百分点；{2018|per}-{2020|per}年累计投入{0.18|a||累计投入}亿元。"
        ),
        Paragraph(
            "评价结论：综合得分{91.6|p|performance.score|综合得分}分，评价等级为“优”（{90|thr}分以上为优，{80|thr}-{90|thr}分为良，{60|thr}分以下为差）。"
        ),
        Paragraph(
            "存在问题：一是三分之一的机构档案不全；二是资金下达偏晚，第一季度支付进度仅{8.3|r||第一季度支付进度}%。"
        ),
        Paragraph(
            "联系电话：{0000|id|note=telephone number}-{5528130|id|note=telephone number}，邮编{000017|id|note=post code}，网址见附件2。"
        ),
        Paragraph(""),
    ]


def put(text, row, column, header=False):
    """A cell of a chart's data."""
    return Cell(text, header=header, row=row, column=column)


def charts():
    a = ACCOUNTS
    total = a.show(a.income_total + a.opening)
    both = "income.total+expenditure.total"
    item = "收、支总计"
    money = "unit=CNY;times=万;flags=unit_implied"
    years = Chart(
        "图1：收、支总计变动情况",
        "chart",
        [
            [put("2019年", 0, 1, True)],
            [
                put(item, 1, 0, True),
                put(f"{{{BEFORE['total']}|a|{both}|{item} × 2019年|{money};period=2019}}", 1, 1),
                put("2020年", 0, 2, True),
            ],
            [put(item, 2, 0, True), put(f"{{{total}|a|{both}|{item} × 2020年|{money}}}", 2, 2)],
        ],
        [1, 1, 1],
    )
    names = [
        (name, sum((x.total for x in leaves), ZERO)) for name, leaves in a.by_class(lambda leaf: not leaf.fund).items()
    ]
    shares = Chart(
        "图2：一般公共预算财政拨款支出结构",
        "chart",
        [
            [
                put(text, row, column, header)
                for at, (name, amount) in enumerate(names)
                for text, row, column, header in (
                    (name, 0, at, True),
                    (f"{{{a.show(amount)}|a|expenditure.function|{name}|{money}}}", 1, at, False),
                )
            ],
        ],
        [1] * len(names),
    )
    emf = ["image{2|art}.emf", "{0|axis}", "{200|axis}", "{400|axis}", "{600|axis}", "{800|axis}", "项目支出"]
    return [Paragraph("       ", picture=True), Paragraph(""), years, Paragraph(""), shares, Paragraph("")] + [
        Paragraph(text) for text in emf
    ]


def report():
    return Report(2020, narrative() + evaluation() + charts(), title="汐川市残疾人联合会2020年部门决算公开说明")
