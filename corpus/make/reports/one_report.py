"""A township with government-managed funds, kept in all five forms: merges, multi-line cells, long statements."""

import statements as s
from accounts import ZERO, Accounts, Leaf, d
from forms import Style, form_lines
from model import Cell, Paragraph, Report, Table
from prose import Voice

NAME = "one-report"
FORMS = ["tika-doc", "tika-docx", "tika-xhtml", "pdftotext", "tika-pdf"]
AGENCY = "石屏岭镇人民政府"

ACCOUNTS = Accounts(
    year=2021,
    unit="元",
    commas=True,
    zero="",
    opening=d("126480.55"),
    leaves=[
        Leaf("2010301", "行政运行", d("4286310.57"), ZERO, d("12306.44"), d("12306.44"), d("4102600.00")),
        Leaf("2010302", "一般行政管理事务", ZERO, d("385000.00"), approved=d("420000.00"), received=d("402519.45")),
        Leaf("2012999", "其他群众团体事务支出", ZERO, d("26800.00"), approved=d("26800.00")),
        Leaf("2013699", "其他共产党事务支出", ZERO, d("158420.30"), approved=d("150000.00")),
        Leaf("2070109", "群众文化", d("212640.18"), d("60000.00"), approved=d("265000.00")),
        Leaf("2080505", "机关事业单位基本养老保险缴费支出", d("466208.64"), ZERO, approved=d("466208.64")),
        Leaf("2080506", "机关事业单位职业年金缴费支出", d("123480.32"), ZERO, approved=d("130000.00")),
        Leaf("2080801", "死亡抚恤", d("88412.00"), ZERO, approved=ZERO),
        Leaf("2101101", "行政单位医疗", d("151330.06"), ZERO, approved=d("151330.06")),
        Leaf("2101103", "公务员医疗补助", d("62048.00"), ZERO, approved=d("62048.00")),
        Leaf("2110302", "水体", ZERO, d("240000.00"), approved=d("200000.00")),
        Leaf("2120199", "其他城乡社区管理事务支出", ZERO, d("180500.00"), approved=d("180500.00")),
        Leaf("2120816", "农业农村生态环境支出", ZERO, d("620000.00"), received=d("650000.00"), fund=True),
        Leaf("2130314", "防汛", ZERO, d("300000.00"), approved=d("200000.00")),
        Leaf("2130701", "对村级公益事业建设的补助", ZERO, d("1250000.00"), approved=d("900000.00")),
        Leaf("2130705", "对村民委员会和村党支部的补助", ZERO, d("1986600.00"), approved=d("1986600.00")),
        Leaf("2210201", "住房公积金", d("398214.00"), ZERO, approved=d("398214.00")),
        Leaf("2296002", "用于社会福利的彩票公益金支出", ZERO, d("50000.00"), fund=True),
    ],
    income={"general_budget": d("10381177.08"), "government_fund": d("700000.00"), "other": d("12306.44")},
    economic=[
        ("301", "工资福利支出", ZERO),
        ("30101", "基本工资", d("1328640.00")),
        ("30102", "津贴补贴", d("986312.50")),
        ("30103", "奖金", d("640218.00")),
        ("30107", "绩效工资", d("211406.18")),
        ("30108", "机关事业单位基本养老保险缴费", d("466208.64")),
        ("30109", "职业年金缴费", d("123480.32")),
        ("30110", "职工基本医疗保险缴费", d("151330.06")),
        ("30111", "公务员医疗补助缴费", d("62048.00")),
        ("30112", "其他社会保障缴费", d("18822.91")),
        ("30113", "住房公积金", d("398214.00")),
        ("303", "对个人和家庭的补助", ZERO),
        ("30304", "抚恤金", d("88412.00")),
        ("30305", "生活补助", d("236480.00")),
        ("302", "商品和服务支出", ZERO),
        ("30201", "办公费", d("186420.33")),
        ("30205", "水费", d("8640.20")),
        ("30206", "电费", d("62318.74")),
        ("30207", "邮电费", d("31206.00")),
        ("30211", "差旅费", d("43880.50")),
        ("30213", "维修（护）费", d("58200.00")),
        ("30217", "公务接待费", d("48620.00")),
        ("30228", "工会经费", d("60411.27")),
        ("30231", "公务用车运行维护费", d("93514.88")),
        ("30239", "其他交通费用", d("208800.00")),
        ("30299", "其他商品和服务支出", ZERO),
        ("310", "资本性支出", ZERO),
        ("31002", "办公设备购置", d("46730.00")),
    ],
    three_public={"operation": (d("100000.00"), d("93514.88")), "reception": (d("60000.00"), d("48620.00"))},
)
STYLE = Style(three_code_columns=True, name_breaks=9, repeat_header=True)
LAST_YEAR = {
    "total": d("10013240.16"),
    "appropriation": d("9998011.20"),
    "general": d("9402118.73"),
    "operating": d("1106288.40"),
    "vehicle": d("97210.35"),
    "reception": d("51236.00"),
}


def overview():
    return [
        Paragraph("澄江口县" + AGENCY, align="center"),
        Paragraph("2021年度部门决算公开", align="center"),
        Paragraph("目\u3000\u3000录", align="center"),
        Paragraph("第一部分\u3000单位概况"),
        Paragraph("第二部分\u30002021年度部门决算表"),
        Paragraph("第三部分\u30002021年度部门决算情况说明"),
        Paragraph("第四部分\u3000名词解释"),
        Paragraph("第一部分\u3000单位概况", 1, ("_Toc88120001",), page_break=True),
        Paragraph("一、主要职责", 2, ("_Toc88120002",)),
        Paragraph("（一）落实国家政策，严格依法行政，组织本镇经济社会发展规划的编制和实施。"),
        Paragraph(
            "（二）负责辖区内{11|n||行政村}个行政村、{2|n||社区}个社区的村（居）民自治指导，服务户籍人口{2.86|n||户籍人口}万人，镇域面积{134.7|a||镇域面积|unit=平方公里}平方公里。"
        ),
        Paragraph("（三）抓好安全生产、防汛抗旱、护林防火等工作，承担县政府交办的其他事项。"),
        Paragraph("二、机构设置及人员情况", 2, ("_Toc88120003",)),
        Paragraph(
            "本单位内设党政综合办公室等{6|n||内设机构}个机构，无独立核算的下属单位。年末编制人数{47|n|staff.authorised|编制人数}人，在职人员{43|n|staff.actual|在职人员}人，"
            "退休人员{19|n|staff.retired|退休人员}人。"
        ),
    ]


def forms():
    a, blocks = ACCOUNTS, [Paragraph("第二部分\u30002021年度部门决算表", 1, ("_Toc88120004",), page_break=True)]
    tables = [
        s.summary(a, STYLE),
        s.income(a, STYLE),
        s.expenditure(a, STYLE),
        s.appropriation_summary(a, STYLE),
        s.general_expenditure(a, STYLE),
        s.general_basic(a, STYLE),
        s.three_public(a, STYLE),
        s.government_fund(a, STYLE),
        s.state_capital(a, STYLE),
    ]
    notes = [
        "注：本表反映部门本年度的总收支和年末结转结余情况。",
        "注：本表反映部门本年度取得的各项收入情况。",
        "注：本表反映部门本年度各项支出情况。",
        "注：本表反映部门本年度财政拨款的总收支和年末结转结余情况。",
        "注：本表反映部门本年度一般公共预算财政拨款支出情况。",
        "注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。",
        "注：预算数为全年预算数，决算数含以前年度结转资金安排的实际支出。",
        "注：本表反映部门本年度政府性基金预算财政拨款收支情况。",
        "说明：本单位没有国有资本经营预算财政拨款支出，故本表为空。",
    ]
    for at, (table, note) in enumerate(zip(tables, notes), 1):
        blocks += form_lines(table, at, "元", AGENCY) + [table, Paragraph(note)]
    return blocks


def totals():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    total = a.income_total + a.opening
    both, money = "income.total+expenditure.total", "appropriation.income_total+appropriation.expenditure_total"
    spent = a.general + a.fund
    return [
        Paragraph("第三部分\u30002021年度部门决算情况说明", 1, ("_Toc88120005",), page_break=True),
        Paragraph("一、收入支出决算总体情况说明", 2),
        Paragraph(
            f"2021年度收入、支出总计均为{v.amount(both, '收入、支出总计', total)}。较上年{v.compared(both, '收入、支出总计', total, LAST_YEAR['total'])}，"
            "主要是村级公益事业建设补助增多、新增死亡抚恤支出。"
        ),
        Paragraph("二、收入决算情况说明", 2),
        Paragraph(
            f"2021年度收入合计{v.amount('income.current_year', '收入合计', a.income_total)}，其中：财政拨款收入{v.amount('income.appropriation', '财政拨款收入', a.appropriation)}，"
            f"占{v.share('income.appropriation', '财政拨款收入', a.appropriation, a.income_total)}；上级补助收入{{0|a|income.superior_subsidy|上级补助收入}}元，占{{0|s|income.superior_subsidy|上级补助收入}}%；"
            f"其他收入{v.amount('income.other', '其他收入', a.income['other'])}，占{v.share('income.other', '其他收入', a.income['other'], a.income_total)}。"
        ),
        Paragraph("三、支出决算情况说明", 2),
        Paragraph(
            f"2021年度支出合计{v.amount('expenditure.current_year', '支出合计', a.expenditure)}，其中：基本支出{v.amount('expenditure.basic', '基本支出', a.sum('basic'))}，"
            f"占{v.share('expenditure.basic', '基本支出', a.sum('basic'), a.expenditure)}；项目支出{v.amount('expenditure.project', '项目支出', a.sum('project'))}，"
            f"占{v.share('expenditure.project', '项目支出', a.sum('project'), a.expenditure)}；上缴上级支出、经营支出、对附属单位补助支出均为{{0|a|expenditure.remitted_to_superior+expenditure.operating+expenditure.subordinate_subsidy|上缴上级支出、经营支出、对附属单位补助支出}}元。"
        ),
        Paragraph("四、财政拨款收入支出决算总体情况说明", 2),
        Paragraph(
            f"2021年度财政拨款收入、支出总计{v.amount(money, '财政拨款收入、支出总计', a.appropriation + a.opening)}，与2020年度相比，"
            f"{v.compared(money, '财政拨款收入、支出总计', a.appropriation + a.opening, LAST_YEAR['appropriation'])}。本年财政拨款支出{v.amount('appropriation.expenditure', '财政拨款支出', spent)}。"
        ),
    ]


def general_budget():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    concept, item = "general_budget.expenditure", "一般公共预算财政拨款支出"
    approved = a.sum("approved", lambda leaf: not leaf.fund)
    parts = [
        f"{name}（类）{v.amount('expenditure.function', name, amount)}，占{v.share('expenditure.function', name, amount, a.general)}"
        for name, leaves in a.by_class(lambda leaf: not leaf.fund).items()
        for amount in [sum((x.total - x.own for x in leaves), ZERO)]
    ]
    lines = [
        Paragraph("五、一般公共预算财政拨款支出决算情况说明", 2),
        Paragraph("（一）一般公共预算财政拨款支出决算总体情况", 3),
        Paragraph(
            f"2021年度一般公共预算财政拨款支出{v.amount(concept, item, a.general)}，占本年支出合计的{v.share(concept, item, a.general, a.expenditure)}。"
            f"与上年相比，{v.compared(concept, item, a.general, LAST_YEAR['general'])}。"
        ),
        Paragraph("（二）一般公共预算财政拨款支出决算结构情况", 3),
        Paragraph(
            f"2021年度一般公共预算财政拨款支出{v.amount(concept, item, a.general)}，主要用于以下方面：{'；'.join(parts)}。"
        ),
        Paragraph("（三）一般公共预算财政拨款支出决算具体情况", 3),
        Paragraph(
            f"2021年度一般公共预算财政拨款支出年初预算为{v.amount(concept, item, approved, 'phase=approved')}，支出决算为{v.amount(concept, item, a.general)}，"
            f"完成年初预算的{v.execution(concept, item, a.general, approved)}。其中："
        ),
    ]
    for at, (code, path, leaves) in enumerate(
        (row for row in a.tree(lambda leaf: not leaf.fund) if len(row[0]) == 7), 1
    ):
        lines.append(item_line(at, path, leaves[0]))
    return lines


def item_line(at, path, leaf):
    """One item: approved budget, executed amount, execution rate, reason."""
    v, function = Voice(ACCOUNTS), "expenditure.function"
    group, section, name = path.split("/")
    spent = leaf.total - leaf.own
    start = f"{at}．{group}（类）{section}（款）{name}（项）。"
    done = f"支出决算为{v.amount(function, path, spent)}，"
    if not leaf.approved:
        return Paragraph(
            f"{start}年初预算为{{0|a|{function}|{path}|phase=approved}}元，{done}决算数大于年初预算数的主要原因是年中追加。"
        )
    rate = f"完成年初预算的{v.execution(function, path, spent, leaf.approved)}"
    reason = (
        "决算数与年初预算数持平"
        if spent == leaf.approved
        else (
            "决算数大于年初预算数的主要原因是年中追加专项"
            if spent > leaf.approved
            else "决算数小于年初预算数的主要原因是从严控制支出"
        )
    )
    return Paragraph(
        f"{start}年初预算为{v.amount(function, path, leaf.approved, 'phase=approved')}，{done}{rate}，{reason}。"
    )


def others():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    people = a.economic_sum("301", "303")
    public = a.general_basic - people
    budget, spent = s.three_public_amounts(a, 0), s.three_public_amounts(a, 1)
    fund = [leaf for leaf in a.leaves if leaf.fund]
    return [
        Paragraph("六、一般公共预算财政拨款基本支出决算情况说明", 2),
        Paragraph(
            f"2021年度一般公共预算财政拨款基本支出{v.amount('general_budget.basic', '一般公共预算财政拨款基本支出', a.general_basic)}，其中：人员经费{v.amount('general_budget.personnel', '人员经费', people)}，"
            f"占基本支出的{v.share('general_budget.personnel', '人员经费', people, a.general_basic)}，主要包括基本工资、津贴补贴、奖金、绩效工资、社会保障缴费、住房公积金、抚恤金、生活补助；"
            f"公用经费{v.amount('general_budget.public_use', '公用经费', public)}，占基本支出的{v.share('general_budget.public_use', '公用经费', public, a.general_basic)}。"
        ),
        Paragraph("七、“三公”经费财政拨款支出决算情况说明", 2),
        Paragraph(
            f"“三公”经费财政拨款支出全年预算为{v.amount('three_public.total', '“三公”经费财政拨款支出', budget['total'], 'phase=adjusted')}，支出决算为{v.amount('three_public.total', '“三公”经费财政拨款支出', spent['total'])}，"
            f"完成预算的{v.execution('three_public.total', '“三公”经费财政拨款支出', spent['total'], budget['total'])}。其中："
        ),
        Paragraph(
            "因公出国（境）费支出决算为{0.00|a|three_public.abroad|因公出国（境）费}元，与上年持平，全年安排因公出国（境）团组{0|n|three_public.abroad.groups|因公出国（境）团组|unit=group}个，累计{0|n|three_public.abroad.persons|因公出国（境）人数|unit=person}人次。"
        ),
        Paragraph(
            f"公务用车购置及运行维护费支出决算为{v.amount('three_public.vehicle', '公务用车购置及运行维护费', spent['vehicle'])}，完成预算的{v.execution('three_public.vehicle', '公务用车购置及运行维护费', spent['vehicle'], budget['vehicle'])}，"
            f"比上年{v.compared('three_public.vehicle', '公务用车购置及运行维护费', spent['vehicle'], LAST_YEAR['vehicle'])}。其中：公务用车购置{{0|n|three_public.vehicle.purchased|公务用车购置}}辆；"
            f"公务用车运行维护费{v.amount('three_public.vehicle.operation', '公务用车运行维护费', spent['vehicle'])}，年末公务用车保有量{{3|n|three_public.vehicle.owned|公务用车保有量}}辆。"
        ),
        Paragraph(
            f"公务接待费支出决算为{v.amount('three_public.reception', '公务接待费', spent['reception'])}，比上年{v.compared('three_public.reception', '公务接待费', spent['reception'], LAST_YEAR['reception'])}。"
            f"全年国内公务接待{{86|n|three_public.reception.batches|国内公务接待批次}}批次、{{712|n|three_public.reception.persons|国内公务接待人次}}人次。"
        ),
        Paragraph("八、政府性基金预算收入支出决算情况", 2),
        Paragraph(
            f"2021年度政府性基金预算财政拨款收入{v.amount('income.government_fund', '政府性基金预算财政拨款收入', a.income['government_fund'])}，年初结转和结余{{0|a|government_fund.opening|政府性基金预算年初结转和结余}}元，"
            f"支出{v.amount('government_fund.expenditure', '政府性基金预算财政拨款支出', a.fund)}，其中：城乡社区支出{v.amount('expenditure.function', '城乡社区支出', fund[0].total)}，"
            f"其他支出{v.amount('expenditure.function', '其他支出', fund[1].total)}；年末结转和结余{v.amount('government_fund.closing', '政府性基金预算年末结转和结余', a.income['government_fund'] - a.fund)}。"
        ),
        Paragraph("九、国有资本经营预算财政拨款支出决算情况", 2),
        Paragraph("本单位2021年度无国有资本经营预算财政拨款支出。"),
        Paragraph("十、机关运行经费支出情况", 2),
        Paragraph(
            f"2021年度机关运行经费支出{v.amount('agency.operating_cost', '机关运行经费', public)}，比上年决算数{v.compared('agency.operating_cost', '机关运行经费', public, LAST_YEAR['operating'])}。"
        ),
        Paragraph("十一、政府采购支出情况", 2),
        Paragraph(
            f"2021年度政府采购支出总额{v.amount('procurement.total', '政府采购支出总额', d('312480'))}，其中：政府采购货物支出{v.amount('procurement.goods', '政府采购货物支出', d('46730'))}、"
            f"政府采购工程支出{v.amount('procurement.works', '政府采购工程支出', d('198250'))}、政府采购服务支出{v.amount('procurement.services', '政府采购服务支出', d('67500'))}。"
            f"授予中小企业合同金额{v.amount('procurement.sme', '授予中小企业合同金额', d('265750'))}，占政府采购支出总额的{v.share('procurement.sme', '授予中小企业合同金额', d('265750'), d('312480'))}，"
            f"其中：授予小微企业合同金额{v.amount('procurement.micro', '授予小微企业合同金额', d('198250'))}，占授予中小企业合同金额的{v.share('procurement.micro', '授予小微企业合同金额', d('198250'), d('265750'))}。"
        ),
        Paragraph("十二、国有资产占用情况", 2),
        Paragraph(
            "截至2021年12月31日，本单位共有车辆{3|n|assets.vehicle|车辆}辆，其中：机要通信用车{1|n|assets.vehicle.type|机要通信用车}辆、应急保障用车{2|n|assets.vehicle.type|应急保障用车}辆；"
            "单位价值{50|thr}万元以上通用设备{0|n|assets.equipment_500k|单位价值50万元以上通用设备}台（套），单位价值{100|thr}万元以上专用设备{1|n|assets.equipment_1m|单位价值100万元以上专用设备}台（套）。"
        ),
    ]


def performance():
    project = "村级公益事业建设补助"

    def cell(text, columns=1, rows=1, header=False):
        return Cell(text, columns, rows, header)

    def target(name, planned, done):
        return [cell(name, header=True), cell(planned), cell(done), cell("无")]

    phase = "phase=target"
    rows = [
        [cell("项目名称", 2, header=True), cell(project, 4)],
        [
            cell("项目资金\n（万元）", 2, 3, True),
            cell("", header=True),
            cell("全年预算数（A）", header=True),
            cell("全年执行数（B）", header=True),
            cell("执行率（B/A）", header=True),
        ],
        [cell("年度资金总额", header=True)]
        + [
            cell(f"{{125.00|a|project.budget|{project} × 年度资金总额 × 全年预算数|unit=CNY;times=万;phase=adjusted}}"),
            cell(f"{{125.00|a|project.executed|{project} × 年度资金总额 × 全年执行数|unit=CNY;times=万}}"),
            cell(f"{{100|e|project.executed|{project} × 年度资金总额 × 执行率}}%"),
        ],
        [cell("其中：当年财政拨款", header=True)]
        + [
            cell(
                f"{{125.00|a||{project} × 当年财政拨款 × 全年预算数|unit=CNY;times=万;phase=adjusted;note=part of project.budget}}"
            ),
            cell(
                f"{{125.00|a||{project} × 当年财政拨款 × 全年执行数|unit=CNY;times=万;phase=executed;note=part of project.executed}}"
            ),
            cell(f"{{100|e||{project} × 当年财政拨款 × 执行率|phase=executed;note=part of project.executed}}%"),
        ],
        [
            cell("一级指标", header=True),
            cell("二级指标", header=True),
            cell("三级指标", header=True),
            cell("年度指标值", header=True),
            cell("实际完成值", header=True),
            cell("偏差原因\n分析", header=True),
        ],
        [cell("产出\n指标", 1, 3, True), cell("数量指标", 1, 2, True)]
        + target(
            "硬化村组道路",
            f"≥{{4.5|l||{project} × 硬化村组道路 × 年度指标值|{phase}}}公里",
            f"{{4.8|n||{project} × 硬化村组道路 × 实际完成值|phase=executed}}公里",
        ),
        target(
            "新建提灌站",
            f"{{2|n||{project} × 新建提灌站 × 年度指标值|{phase}}}座",
            f"{{2|n||{project} × 新建提灌站 × 实际完成值|phase=executed}}座",
        ),
        [cell("时效指标", header=True)] + target("完工时间", "2021年11月底前", "2021年10月"),
        [cell("满意度\n指标", 1, 1, True), cell("服务对象\n满意度", header=True)]
        + target(
            "受益村民满意度",
            f"≥{{90|l||{project} × 受益村民满意度 × 年度指标值|{phase}}}%",
            f"{{96.4|r||{project} × 受益村民满意度 × 实际完成值|phase=executed}}%",
        ),
    ]
    table = Table("项目支出绩效自评表", "self_evaluation", rows, [2, 2.4, 4, 3, 3, 2.4])
    return [
        Paragraph("十三、预算绩效情况说明", 2),
        Paragraph(
            "本单位对{4|n|performance.projects|开展绩效自评的项目}个项目开展绩效自评，涉及资金{408.6|a||绩效自评项目涉及资金}万元，自评覆盖率{100|r||自评覆盖率}%，"
            "村级公益事业建设补助项目自评得分{97.5|p|performance.score|村级公益事业建设补助项目自评得分}分。"
        ),
        Paragraph("项目支出绩效自评表", align="center"),
        Paragraph("（2021年度）", align="center"),
        table,
        Paragraph("第四部分\u3000名词解释", 1, ("_Toc88120006",), page_break=True),
        Paragraph("一、财政拨款收入：指本级财政部门当年拨付的财政预算资金。"),
        Paragraph("二、基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。"),
        Paragraph("三、“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。"),
        Paragraph("四、机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。"),
    ]


def report():
    blocks = overview() + forms() + totals() + general_budget() + others() + performance()
    return Report(2021, blocks, footer=True, title="石屏岭镇人民政府部门决算公开")
