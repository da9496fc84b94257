"""A county water bureau whose clerk left half of the template standing: the .doc form of most old reports."""

import statements as s
from accounts import ZERO, Accounts, Leaf, d
from forms import Style, form_lines
from model import Cell, Paragraph, Report, Table
from prose import Voice

NAME = "template-residue"
FORMS = ["tika-doc-classic"]
AGENCY = "云岭县水务局"

ACCOUNTS = Accounts(
    year=2018,
    unit="万元",
    opening=d("18.60"),
    leaves=[
        Leaf("2080505", "机关事业单位基本养老保险缴费支出", d("41.36"), approved=d("41.36")),
        Leaf("2101101", "行政单位医疗", d("16.08"), approved=d("16.08")),
        Leaf("2130301", "行政运行", d("412.77"), own=d("1.24"), other=d("1.24"), approved=d("405.00")),
        Leaf("2130305", "水利工程建设", ZERO, d("638.50"), approved=d("640.00"), received=d("640.00")),
        Leaf("2130314", "防汛", ZERO, d("96.20"), approved=d("80.00"), received=d("90.00")),
        Leaf("2210201", "住房公积金", d("35.19"), approved=d("35.19")),
    ],
    income={"general_budget": d("1234.16"), "other": d("1.24")},
    economic=[
        ("301", "工资福利支出", ZERO),
        ("30101", "基本工资", d("138.20")),
        ("30102", "津贴补贴", d("126.44")),
        ("30103", "奖金", d("48.06")),
        ("30108", "机关事业单位基本养老保险缴费", d("41.36")),
        ("30110", "职工基本医疗保险缴费", d("16.08")),
        ("30113", "住房公积金", d("35.19")),
        ("303", "对个人和家庭的补助", ZERO),
        ("30305", "生活补助", d("9.60")),
        ("302", "商品和服务支出", ZERO),
        ("30201", "办公费", d("12.35")),
        ("30211", "差旅费", d("14.82")),
        ("30217", "公务接待费", d("1.96")),
        ("30231", "公务用车运行维护费", d("7.44")),
        ("30239", "其他交通费用", d("31.20")),
        ("30299", "其他商品和服务支出", ZERO),
    ],
    three_public={"operation": (d("8.00"), d("7.44")), "reception": (d("2.60"), d("1.96"))},
)
STYLE = Style(row_numbers=True, column_numbers=True, name_breaks=8)
BEFORE = {
    "total": d("1121.48"),
    "appropriation": d("1120.02"),
    "general": d("1098.55"),
    "operating": d("84.61"),
    "reception": d("2.11"),
}
TEMPLATE = "flags=template;note=增加/减少 or 增长/下降 left unchosen"
EMPTY = "flags=template;note=placeholders left, no such expenditure"


def title_pages():
    return [
        Paragraph("2018年度", align="center"),
        Paragraph(AGENCY + "部门决算", align="center"),
        Paragraph("目录", align="center"),
        Paragraph("公开时间：2019年9月6日"),
        Paragraph("第一部分 部门概况\t{2|art|note=page number in the contents}", leader=True),
        Paragraph("第二部分 2018年度部门决算情况说明\t{4|art|note=page number in the contents}", leader=True),
        Paragraph("第三部分 名词解释\t{15|art|note=page number in the contents}", leader=True),
        Paragraph("第四部分 附表\t{17|art|note=page number in the contents}", leader=True),
        Paragraph("第一部分 部门概况", 1, ("_Toc20550101", "_Toc20550102"), page_break=True),
        Paragraph("一、基本职能及主要工作", 2, ("_Toc20550103",)),
        Paragraph(
            "（一）主要职能。（参照县政府批准的三定方案）负责全县水资源统一管理、水利工程建设、河湖管理和防汛抗旱工作。"
        ),
        Paragraph("（二）2018年重点工作完成情况。", 0, ("_Toc20550104",)),
        Paragraph(
            "1.工程建设提速。按照《云岭县人民政府办公室关于加快病险水库整治的通知》（云岭府办〔2018〕37号），整治病险水库由原来的{4|n||整治病险水库（原来）|period=;note=earlier number (原来)}座增加到{9|n||整治病险水库}座，"
            "新建渠道{26.4|n||新建渠道}公里，完成投资{2136.8|a||完成投资}万元，恢复灌面{1.2|l||恢复灌面（下限）|unit=亩;times=万}-{1.5|u||恢复灌面（上限）}万亩。"
        ),
        Paragraph(
            "2.河湖管护见效。巡河{1840|n||巡河}人次，清理河道垃圾{320|n||清理河道垃圾|flags=approximate}余吨，办结群众投诉{57|n||办结群众投诉}件，办结率{100|r||投诉办结率}%；水质达标率{96.7|r||水质达标率}%，比上年提高{2.3|c||水质达标率|base=2017}个百分点。"
        ),
        Paragraph(
            "3.防汛有力。汛期转移群众{3|n||转移群众|flags=approximate}千余人，争取上级抢险资金五十万元，截至12月底未发生因灾伤亡事故。"
        ),
        Paragraph("二、机构设置", 2, ("_Toc20550105",)),
        Paragraph(
            "云岭县水务局属行政单位，下属二级单位{2|n||下属二级单位}个，其中参照公务员法管理的事业单位{1|n||参照公务员法管理的事业单位}个、其他事业单位{1|n||其他事业单位}个。"
        ),
    ]


def overall():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    total, money = a.income_total + a.opening, a.appropriation + a.opening
    both, funds = "income.total+expenditure.total", "appropriation.income_total+appropriation.expenditure_total"
    g, gn = "general_budget.expenditure", "一般公共预算财政拨款支出"
    zero = "".join(
        f"{name}{{0|a|{concept}|{name}}}万元，占{{0|s|{concept}|{name}}}%；"
        for name, concept in (
            ("政府性基金预算财政拨款收入", "income.government_fund"),
            ("事业收入", "income.undertaking"),
            ("经营收入", "income.operating"),
        )
    )
    return [
        Paragraph("第二部分 2018年度部门决算情况说明", 1, ("_Toc20550106",)),
        Paragraph("一、收入支出决算总体情况说明", 2, ("_Toc20550107", "_Toc20550108")),
        Paragraph(
            f"2018年度收、支总计{v.amount(both, '收、支总计', total)}。与2017年相比，收、支总计各{v.compared(both, '收、支总计', total, BEFORE['total'])}。主要变动原因是新增水利工程建设项目。"
        ),
        Paragraph("（图1：收、支决算总计变动情况图）（柱状图）"),
        Paragraph("二、收入决算情况说明", 2, ("_Toc20550109",)),
        Paragraph(
            f"2018年本年收入合计{v.amount('income.current_year', '本年收入合计', a.income_total)}，其中：一般公共预算财政拨款收入{v.amount('income.general_budget', '一般公共预算财政拨款收入', a.appropriation)}，"
            f"占{v.share('income.general_budget', '一般公共预算财政拨款收入', a.appropriation, a.income_total)}；{zero}其他收入{v.amount('income.other', '其他收入', a.income['other'])}，占{v.share('income.other', '其他收入', a.income['other'], a.income_total)}。"
        ),
        Paragraph("（图2：收入决算结构图）（饼状图）"),
        Paragraph("三、支出决算情况说明", 2, ("_Toc20550110",)),
        Paragraph(
            f"2018年本年支出合计{v.amount('expenditure.current_year', '本年支出合计', a.expenditure)}，其中：基本支出{v.amount('expenditure.basic', '基本支出', a.sum('basic'))}，占{v.share('expenditure.basic', '基本支出', a.sum('basic'), a.expenditure)}；"
            f"项目支出{v.amount('expenditure.project', '项目支出', a.sum('project'), shown='734.7')}，占{v.share('expenditure.project', '项目支出', a.sum('project'), a.expenditure)}；上缴上级支出{{0|a|expenditure.remitted_to_superior|上缴上级支出}}万元，占{{0|s|expenditure.remitted_to_superior|上缴上级支出}}%。"
        ),
        Paragraph("四、财政拨款收入支出决算总体情况说明", 2, ("_Toc20550111",)),
        Paragraph(
            f"2018年财政拨款收、支总计{v.amount(funds, '财政拨款收、支总计', money)}。与2017年相比，财政拨款收、支总计各{v.compared(funds, '财政拨款收、支总计', money, BEFORE['appropriation'])}。"
        ),
        Paragraph("（本段不计国资经营部分，取数请先看财决Z{01|id}-{1|id}表，写的是“合计”数。）"),
        Paragraph("五、一般公共预算财政拨款支出决算情况说明", 2, ("_Toc20550112",)),
        Paragraph("（一）一般公共预算财政拨款支出决算总体情况", 3, ("_Toc20550113",)),
        Paragraph(
            f"2018年一般公共预算财政拨款支出{v.amount(g, gn, a.general)}，占本年支出合计的{v.share(g, gn, a.general, a.expenditure)}。与2017年相比，一般公共预算财政拨款{v.compared(g, gn, a.general, BEFORE['general'])}。"
        ),
        Paragraph("（二）一般公共预算财政拨款支出决算结构情况", 3),
        Paragraph(
            f"2018年一般公共预算财政拨款支出{v.amount(g, gn, a.general)}，主要用于以下方面:"
            + ";".join(
                f"{name}（类）{v.amount('expenditure.function', name, sum(x.total - x.own for x in leaves))}，占{v.share('expenditure.function', name, sum(x.total - x.own for x in leaves), a.general)}"
                for name, leaves in a.by_class().items()
            )
            + ";教育支出（类）{0|a|expenditure.function|教育支出}万元，占{0|s|expenditure.function|教育支出}%。（有几类就写几类，款和项不必写。）"
        ),
    ]


def details():
    a, v, f = ACCOUNTS, Voice(ACCOUNTS), "expenditure.function"
    g = "general_budget.expenditure"
    approved = a.sum("approved")
    blocks = [
        Paragraph("（三）一般公共预算财政拨款支出决算具体情况", 3, ("_Toc20550114",)),
        Paragraph(
            f"2018年一般公共预算支出决算数为{{{a.show(a.general)}|a|{g}|一般公共预算支出|unit=CNY;times=万;flags=unit_implied;note=万元 left out}}，"
            f"完成预算{v.execution(g, '一般公共预算支出', a.general, approved)}。其中："
        ),
        Paragraph(
            f"1.一般公共服务（类）***（款）***（项）:支出决算为{{0|a|{f}|一般公共服务/***/***|{EMPTY}}}万元，完成预算{{0|e|{f}|一般公共服务/***/***|{EMPTY}}}%，决算数小于/等于预算数的主要原因是…。"
        ),
        Paragraph(
            f"2.教育（类）***（款）***（项）:支出决算为{{0|a|{f}|教育/***/***|{EMPTY}}}万元，完成预算{{0|e|{f}|教育/***/***|{EMPTY}}}%，决算数小于/等于预算数的主要原因是…。"
        ),
    ]
    for at, (code, path, leaves) in enumerate((row for row in a.tree() if len(row[0]) == 7), 3):
        group, section, name = path.split("/")
        spent = leaves[0].total - leaves[0].own
        gap = " " if at % 2 else ""
        blocks.append(
            Paragraph(
                f"{at}.{gap}{group}（类）{section}（款）{name}（项）:支出决算为{v.amount(f, path, spent)}，完成预算{v.execution(f, path, spent, leaves[0].approved)}，"
                + (
                    "决算数等于预算数。"
                    if spent == leaves[0].approved
                    else "决算数大于预算数的主要原因是追加预算。"
                    if spent > leaves[0].approved
                    else "决算数小于预算数的主要原因是工程尾款未结。"
                )
            )
        )
    people = a.economic_sum("301", "303")
    blocks += [
        Paragraph("（取数请看财决{08|id}表，每个项级科目各写一句不可省。这里“预算”指的是调整后的数。）"),
        Paragraph("六、一般公共预算财政拨款基本支出决算情况说明", 2, ("_Toc20550115",)),
        Paragraph(
            f"2018年一般公共预算财政拨款基本支出{v.amount('general_budget.basic', '一般公共预算财政拨款基本支出', a.general_basic)}，其中："
        ),
        Paragraph(
            f"人员经费{v.amount('general_budget.personnel', '人员经费', people)}，主要包括：基本工资、津贴补贴、奖金、生活补助等。"
        ),
        Paragraph(
            f"\u3000\u3000公用经费{v.amount('general_budget.public_use', '公用经费', a.general_basic - people)}，主要包括：办公费、差旅费、其他交通费用等。"
        ),
    ]
    return blocks


def three_public():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    t, budget = s.three_public_amounts(a, 1), s.three_public_amounts(a, 0)
    abroad, vehicle, operation, reception = (
        "three_public.abroad",
        "three_public.vehicle",
        "three_public.vehicle.operation",
        "three_public.reception",
    )
    visits = [
        ("州水利普查组来局核查数据", "0.42"),
        ("邻县水务局考察河长制工作", "0.88"),
        ("省防办检查防汛准备", "0.66"),
    ]
    return [
        Paragraph("七、“三公”经费财政拨款支出决算情况说明", 2, ("_Toc20550116",)),
        Paragraph(
            f"2018年“三公”经费财政拨款支出决算为{v.amount('three_public.total', '“三公”经费财政拨款支出', t['total'], shown='9.4')}，完成预算{v.execution('three_public.total', '“三公”经费财政拨款支出', t['total'], budget['total'])}，决算数小于预算数（或与预算数持平）的主要原因是厉行节约。"
        ),
        Paragraph(
            f"其中，因公出国（境）费支出决算{{0|a|{abroad}|因公出国（境）费}}万元，占{{0|s|{abroad}|因公出国（境）费}}%；公务用车购置及运行维护费支出决算{v.amount(vehicle, '公务用车购置及运行维护费', t['vehicle'])}，占{v.share(vehicle, '公务用车购置及运行维护费', t['vehicle'], t['total'])}；"
            f"公务接待费支出决算{v.amount(reception, '公务接待费', t['reception'])}，占{v.share(reception, '公务接待费', t['reception'], t['total'])}。具体情况如下："
        ),
        Paragraph("（图7：“三公”经费财政拨款支出结构）（饼状图）"),
        Paragraph(
            f"1.因公出国（境）经费支出{{0|a|{abroad}|因公出国（境）经费}}万元，完成预算{{0|e|{abroad}|因公出国（境）经费}}%。全年安排因公出国（境）团组{{0|n|three_public.abroad.groups|因公出国（境）团组|unit=group}}次，出国（境）{{0|n|three_public.abroad.persons|出国（境）人数}}人。"
            f"因公出国（境）支出决算比2017年增加/减少{{0|c|{abroad}|因公出国（境）支出|{TEMPLATE}}}万元，增长/下降{{0|g|{abroad}|因公出国（境）支出|{TEMPLATE}}}%。主要原因是……。"
        ),
        Paragraph("开支内容包括：…（团组名称、出访地点、取得成效）等。"),
        Paragraph(
            f"2.公务用车购置及运行维护费支出{v.amount(vehicle, '公务用车购置及运行维护费', t['vehicle'])},完成预算{v.execution(vehicle, '公务用车购置及运行维护费', t['vehicle'], budget['vehicle'])}。其中：公务用车购置支出{{0|a|three_public.vehicle.purchase|公务用车购置}}万元。"
            f"全年按规定更新购置公务用车{{0|n|three_public.vehicle.purchased|更新购置公务用车}}辆，其中：轿车{{0|n||更新购置公务用车：轿车|phase=executed}}辆、金额{{0|a||更新购置公务用车：轿车金额|phase=executed}}万元。截至2018年12月底，单位共有公务用车{{3|n|three_public.vehicle.owned|公务用车}}辆，"
            f"其中：轿车{{1|n||公务用车：轿车}}辆、越野车{{2|n||公务用车：越野车}}辆。公务用车运行维护费支出{v.amount(operation, '公务用车运行维护费', t['vehicle.operation'])}。主要用于…（具体工作）等所需的燃料费、维修费支出。"
        ),
        Paragraph(
            f"3.公务接待费支出{v.amount(reception, '公务接待费', t['reception'])}，完成预算{v.execution(reception, '公务接待费', t['reception'], budget['reception'])}。公务接待费支出决算比2017年{v.compared(reception, '公务接待费', t['reception'], BEFORE['reception'])}。"
            f"国内公务接待{{17|n|three_public.reception.batches|国内公务接待批次}}批次，{{139|n|three_public.reception.persons|国内公务接待人次}}人次（不包括陪同人员），共计支出{v.amount('three_public.reception.domestic', '国内公务接待', t['reception'])}，具体内容包括："
            + "".join(
                f"（{at}）{text}{{{amount}|a||公务接待费：{text}|phase=executed}}万元" + "；。"[at == 3]
                for at, (text, amount) in enumerate(visits, 1)
            )
        ),
        Paragraph(
            "外事接待支出{0|a|three_public.reception.foreign|外事接待}万元，外事接待{0|n|three_public.reception.foreign_batches|外事接待批次}批次，{0|n|three_public.reception.foreign_persons|外事接待人次|unit=person}人，主要用于接待…（具体项目）。"
        ),
        Paragraph("八、政府性基金预算支出决算情况说明", 2, ("_Toc20550117",)),
        Paragraph("2018年政府性基金预算拨款支出{0|a|government_fund.expenditure|政府性基金预算拨款支出}万元。"),
        Paragraph("九、国有资本经营预算支出决算情况说明", 2, ("_Toc20550118",)),
        Paragraph("2018年国有资本经营预算拨款支出{0|a|state_capital.expenditure|国有资本经营预算拨款支出}万元。"),
    ]


def self_evaluation(name, budget, done, at, targets):
    """The form of label: / value pairs, its title in the first cell."""

    def head(text, columns=1, rows=1):
        return Cell(text, columns, rows, True)

    def one(text):
        return Cell(text)

    rows = [
        [head(f"项目支出绩效目标完成情况表\n(2018 年度)（{at}）", 6)],
        [head("项目名称"), Cell(name, 5)],
        [head("预算单位"), Cell(AGENCY, 5)],
        [
            head("预算执行情况(万元)", 1, 3),
            head("预算数:", 2),
            one(f"{{{budget}|a|project.budget|{name} × 预算数|phase=adjusted}}万元"),
            head("执行数:"),
            one(f"{{{done}|a|project.executed|{name} × 执行数}}万元"),
        ],
        [
            head("其中-财政拨款:", 2),
            one(f"{{{budget}|a||{name} × 其中-财政拨款 × 预算数|phase=adjusted;note=part of project.budget}}万元"),
            head("其中-财政拨款:"),
            one(""),
        ],
        [
            head("其它资金:", 2),
            one(f"{{0|a||{name} × 其它资金|unit=CNY;times=万;phase=adjusted;note=unit 万元 from the row label}}"),
            head("其它资金:"),
            one(""),
        ],
        [head("年度目标完成情况", 1, 2), head("预期目标", 3), head("实际完成目标", 2)],
        [Cell(targets[0], 3), Cell(targets[1], 2)],
        [
            head("绩效指标完成情况", 1, 7),
            head("一级指标"),
            head("二级指标"),
            head("三级指标"),
            head("预期指标值(包含数字及文字描述)"),
            head("实际完成指标值(包含数字及文字描述)"),
        ],
    ]
    for label, text in (
        ("项目完成指标", targets[2:4]),
        ("项目完成指标", targets[4:6]),
        ("项目完成指标", ("", "")),
        ("……", ("", "")),
        ("效益指标", ("防洪能力有所提高", "防洪能力有所提高")),
        ("满意度指标", ("", "受益群众满意度达到{92|r||受益群众满意度 × 实际完成指标值|phase=executed}%")),
    ):
        rows.append([head(label), one(""), one("")] + [one(part) for part in text])
    return Table(f"项目支出绩效目标完成情况表(2018 年度)（{at}）", "self_evaluation", rows, [2, 2, 2, 2, 3.6, 4.4])


def performance():
    dams = (
        "整治病险水库{9|n||整治病险水库 × 预期目标|phase=target}座",
        "2018年整治病险水库{9|n||整治病险水库 × 实际完成目标|phase=executed}座，\n\n完成投资{2136.8|a||完成投资 × 实际完成目标|phase=executed}万元。\n\n",
        "工程验收合格率≥{95|l||工程验收合格率 × 预期指标值|phase=target}%",
        "工程验收合格率{98.5|r||工程验收合格率 × 实际完成指标值|phase=executed}%，其中优良工程{6|n||优良工程 × 实际完成指标值|phase=executed}个\n",
        "2018 年 11 月底前完工",
        "2018年10月28日完工",
    )
    floods = (
        "储备防汛物资{12|n||储备防汛物资 × 预期目标|phase=target;unit=类}类",
        "储备防汛物资{12|n||储备防汛物资 × 实际完成目标|phase=executed;unit=类}类、编织袋{3.2|n||编织袋 × 实际完成目标|phase=executed;unit=条;times=万}万条",
        "",
        "",
        "抢险队伍{2|l||抢险队伍 × 预期指标值|phase=target;unit=支}-{3|u||抢险队伍 × 预期指标值|phase=target;unit=支}支",
        "抢险队伍{3|n||抢险队伍 × 实际完成指标值|phase=executed;unit=支}支",
    )
    return [
        Paragraph("十、预算绩效情况说明", 2, ("_Toc20550119",)),
        Paragraph(
            "本部门在年初预算编制阶段，对{2|n|performance.projects|事前绩效评估项目}个项目开展了预算事前绩效评估。（本单位项目绩效目标个数在{5|thr}个以上的，选取{5|thr}个项目公开，在{5|thr}个以下的全部公开。）"
        ),
        Paragraph(
            "1.水利工程建设项目绩效目标完成情况综述。项目全年预算数{640|a|project.budget|水利工程建设|phase=adjusted}万元，执行数为{638.5|a|project.executed|水利工程建设}万元，完成预算的{99.76|e|project.executed|水利工程建设|note=99.766 cut off, not rounded}%。通过项目实施，保障（支持、促进、提高……）了农村用水。"
        ),
        Paragraph(
            "2.防汛项目全年预算数{90|a|project.budget|防汛|phase=adjusted;flags=inconsistent;note=the form below gives 96.2万元}万元，执行数为{96.2|a|project.executed|防汛}万元，完成预算的{106.89|e|project.executed|防汛}%。"
        ),
        self_evaluation("水利工程建设", "640", "638.5", 1, dams),
        Paragraph(""),
        Paragraph("", bookmarks=("_GoBack",)),
        self_evaluation("防汛", "96.2", "96.2", 2, floods),
        Paragraph("本部门自行组织对XXX项目开展了绩效评价，《XX部门2018年部门整体支出绩效评价报告》见附件。"),
        Paragraph("十一、其他重要事项的情况说明", 2, ("_Toc20550120",)),
    ]


def important():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    public = a.general_basic - a.economic_sum("301", "303")
    op = "agency.operating_cost"
    return [
        Paragraph("（一）机关运行经费支出情况", 3, ("_Toc20550121",)),
        Paragraph(
            f"2018年，云岭县水务局机关运行经费支出{v.amount(op, '机关运行经费', public)}，比2017年{v.compared(op, '机关运行经费', public, BEFORE['operating'])}（或与2017年决算数持平）。"
        ),
        Paragraph("（取数请看财决CS{05|id}表）"),
        Paragraph("（二）政府采购支出情况", 3, ("_Toc20550122",)),
        Paragraph(
            "2018年，政府采购支出总额{48.9|a|procurement.total|政府采购支出总额}万元，其中：政府采购货物支出{6.5|a|procurement.goods|政府采购货物支出}万元、政府采购工程支出{30|a|procurement.works|政府采购工程支出}万元、政府采购服务支出{11.4|a|procurement.services|政府采购服务支出|flags=inconsistent;note=6.5 + 30 + 11.4 = 47.9, total 48.9}万元。"
            "授予中小企业合同金额{36.5|a|procurement.sme|授予中小企业合同金额}万元，占政府采购支出总额的{74.64|s|procurement.sme|授予中小企业合同金额}%，其中：授予小微企业合同金额{0|a|procurement.micro|授予小微企业合同金额}万元，占政府采购支出总额的{0|s|procurement.micro|授予小微企业合同金额}%。"
        ),
        Paragraph("（三）国有资产占有使用情况", 3, ("_Toc20550123",)),
        Paragraph(
            "截至2018年12月31日，共有车辆{3|n|assets.vehicle|车辆}辆，其中：部级领导干部用车{0|n|assets.vehicle.type|部级领导干部用车}辆、一般公务用车{1|n|assets.vehicle.type|一般公务用车}辆、特种专业技术用车{2|n|assets.vehicle.type|特种专业技术用车}辆，其他用车主要是用于……单价{50|thr}万元以上通用设备{0|n|assets.equipment_500k|单价50万元以上通用设备}台（套），单价{100|thr}万元以上专用设备{1|n|assets.equipment_1m|单价100万元以上专用设备}台（套）。"
        ),
        Paragraph("第三部分 名词解释", 1, ("_Toc20550124",)),
        Paragraph("1.财政拨款收入：指单位从同级财政部门取得的财政预算资金。"),
        Paragraph("2.其他收入：指除上述收入以外的各项收入。主要是…（收入类型）等。"),
        Paragraph("3.农林水支出（类）水利（款）防汛（项）：指……。"),
        Paragraph("4.规模以上工程：指单项投资在{400|thr}万元（含）以上、工期超过{6|per}个月的工程。"),
        Paragraph("……"),
    ]


def score_sheet():
    def head(text, columns=1, rows=1):
        return Cell(text, columns, rows, True)

    def scores(item, weight, score):
        return [
            Cell(f"{{{weight}|p|performance.weight|{item} × 分值|unit=point}}"),
            Cell(f"{{{score}|p|performance.score|{item} × 自评得分|unit=point}}"),
            Cell(""),
        ]

    def weighed(text, weight, item, rows):
        return head(f"{text}\n（{{{weight}|p|performance.weight|{item}}}分）", 1, rows)

    rows = [
        [
            head("一级\n指标"),
            head("二级\n\n指标"),
            head("三级\n\n指标"),
            head("指标说明"),
            head("分值"),
            head("自评得分"),
            head("审核得分"),
        ],
        [
            weighed("\n投入", 20, "投入", 2),
            weighed("目标\n\n设定", 12, "目标设定", 1),
            head("绩效目标\n合理性"),
            Cell("是否符合部门“三定”职责；", header=True),
        ]
        + scores("绩效目标合理性", 12, 11),
        [
            weighed("预算\n配置", 8, "预算配置", 1),
            head("在职人员控制率"),
            Cell("在职人员控制率=（在职人员数/编制数）×{100|thr}%。大于{1|thr}的视情况扣分。", header=True),
        ]
        + scores("在职人员控制率", 8, 8),
        [
            weighed("过程", 40, "过程", 2),
            weighed("预算\n执行", 25, "预算执行", 2),
            head("预算完成率"),
            Cell("{95|thr}%及以上计满分，{80|thr}%及以上计{10|thr}分，{80|thr}%以下的计{5|thr}分。", header=True),
        ]
        + scores("预算完成率", 15, 15),
        [head("结  转\n结余率"), Cell("结转结余率=结转结余总额/支出预算数×{100|thr}%", header=True)]
        + scores("结转结余率", 10, 9),
        [
            weighed("过程", 40, "过程", 1),
            weighed("预算\n管理", 15, "预算管理", 1),
            head("制度健全性"),
            Cell("制度是否健全、合规。", header=True),
        ]
        + scores("制度健全性", 15, 15),
        [
            weighed("产出及\n效果", 40, "产出及效果", 2),
            head("职责\n履行", 1, 2),
            head("实际完成率"),
            Cell("此两项指标可结合实际设置。", 1, 2, True),
        ]
        + scores("实际完成率", 25, 24),
        [head("群众满意度")] + scores("群众满意度", 15, "14.5"),
        [
            head("总  分", 4),
            Cell("{100|p|performance.weight|总分 × 分值|unit=point}"),
            Cell("{96.5|p|performance.score|总分 × 自评得分|unit=point}"),
            Cell(""),
        ],
    ]
    compare = [
        [head("指    标"), head("本年度"), head("上年度"), head("比上年增减"), head("比上年增减％")],
        [
            head("“三公”经费合计"),
            Cell("{94000|a|three_public.total|“三公”经费合计 × 本年度|unit=CNY}"),
            Cell("{101120|a|three_public.total|“三公”经费合计 × 上年度|unit=CNY;period=2017}"),
            Cell("减{7120|c-|three_public.total|“三公”经费合计 × 比上年增减|unit=CNY}"),
            Cell("-{7.04|g-|three_public.total|“三公”经费合计 × 比上年增减％}%"),
        ],
        [
            head("其中：{1|ord}、公务接待费"),
            Cell("{19600|a|three_public.reception|公务接待费 × 本年度|unit=CNY} "),
            Cell("{21100|a|three_public.reception|公务接待费 × 上年度|unit=CNY;period=2017} "),
            Cell("减{1500|c-|three_public.reception|公务接待费 × 比上年增减|unit=CNY}"),
            Cell("-{7.11|g-|three_public.reception|公务接待费 × 比上年增减％}%"),
        ],
        [
            head("2、公车运行费"),
            Cell("{74400|a|three_public.vehicle.operation|公车运行费 × 本年度|unit=CNY}"),
            Cell("{80020|a|three_public.vehicle.operation|公车运行费 × 上年度|unit=CNY;period=2017}"),
            Cell("减{5620|c-|three_public.vehicle.operation|公车运行费 × 比上年增减|unit=CNY}"),
            Cell("-{7.02|g-|three_public.vehicle.operation|公车运行费 × 比上年增减％}%"),
        ],
        [head("3、因公出国境"), Cell(""), Cell(" "), Cell(""), Cell("")],
    ]
    return [
        Paragraph("附件1"),
        Paragraph("云岭县2018年度部门整体支出绩效评价指标及评分表", align="center"),
        Paragraph("评价单位（盖章）：   云岭县水务局                    填报日期：  2019  年 5  月  16 日"),
        Table("云岭县2018年度部门整体支出绩效评价指标及评分表", "score_sheet", rows, [1.6, 1.6, 2.4, 6, 1.3, 1.5, 1.5]),
        Paragraph("“三公经费”与上年度收支情况对比说明（元）"),
        Table("“三公经费”与上年度收支情况对比说明（元）", "comparison", compare, [3, 2, 2, 2, 2]),
    ]


def forms():
    a = ACCOUNTS
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
    blocks = [Paragraph("第四部分 附表", 1, ("_Toc20550125",))]
    for at, table in enumerate(tables, 1):
        blocks += form_lines(table, at, "万元", AGENCY) + [table]
        if at > 7:
            blocks.append(Paragraph("注：本部门2018年度无此项收支，本表无数据。"))
    return blocks


def report():
    blocks = (
        title_pages() + overall() + details() + three_public() + performance() + important() + score_sheet() + forms()
    )
    return Report(2018, blocks, title="云岭县水务局部门决算")
