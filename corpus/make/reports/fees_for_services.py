"""A hospital that lives on fees for services, in the wording of provinces that number their totals."""

import statements as s
from accounts import ZERO, Accounts, Leaf, d
from forms import Style, form_lines
from model import Cell, Paragraph, Report, Table
from prose import Voice

NAME = "fees-for-services"
FORMS = ["tika-docx", "tika-xhtml"]
AGENCY = "青禾市第二人民医院"

ACCOUNTS = Accounts(
    year=2022,
    unit="万元",
    commas=True,
    zero="",
    opening=d("312.40"),
    leaves=[
        Leaf("2050803", "培训支出", d("12.60"), approved=d("15.00")),
        Leaf("2080502", "事业单位离退休", d("486.22"), own=d("120.00"), approved=d("366.22")),
        Leaf("2080505", "机关事业单位基本养老保险缴费支出", d("1204.18"), own=d("802.79"), approved=d("401.39")),
        Leaf(
            "2100201",
            "综合医院",
            d("14820.65"),
            d("2360.00"),
            d("13902.11"),
            d("139.41"),
            d("3000.00"),
            received=d("17388.06"),
        ),
        Leaf("2100408", "基本公共卫生服务", ZERO, d("318.50"), approved=d("300.00")),
        Leaf("2100410", "突发公共卫生事件应急处置", ZERO, d("1046.37"), approved=ZERO),
        Leaf("2210201", "住房公积金", d("688.90"), own=d("459.27"), approved=d("229.63")),
    ],
    income={
        "general_budget": d("5860.66"),
        "superior_subsidy": ZERO,
        "undertaking": d("15144.76"),
        "other": d("139.41"),
    },
    economic=[
        ("301", "工资福利支出", ZERO),
        ("30101", "基本工资", d("402.16")),
        ("30102", "津贴补贴", d("188.40")),
        ("30107", "绩效工资", d("310.55")),
        ("30108", "机关事业单位基本养老保险缴费", d("401.39")),
        ("30113", "住房公积金", d("229.63")),
        ("303", "对个人和家庭的补助", ZERO),
        ("30302", "退休费", d("366.22")),
        ("302", "商品和服务支出", ZERO),
        ("30216", "培训费", d("12.60")),
        ("30299", "其他商品和服务支出", ZERO),
    ],
    three_public={
        "abroad": (d("4.00"), ZERO),
        "purchase": (d("26.00"), d("25.88")),
        "operation": (d("9.00"), d("8.31")),
        "reception": (d("1.50"), d("0.47")),
    },
)
STYLE = Style(row_numbers=False, column_numbers=False)
BEFORE = {
    "total": d("22310.08"),
    "income": d("21996.33"),
    "spent": d("21997.68"),
    "appropriation": d("6420.15"),
    "general": d("6391.70"),
    "operation": d("9.02"),
    "reception": d("0.47"),
}


def work():
    return [
        Paragraph(AGENCY, align="center"),
        Paragraph("2022年度部门决算公开", align="center"),
        Paragraph("第一部分\u3000部门概况", 1, ("_Toc140000001",)),
        Paragraph("一、主要职能", 2, ("_Toc140000002",)),
        Paragraph("承担全市居民医疗、急救、妇幼保健和医学教学任务，负责突发公共卫生事件的医疗救治。"),
        Paragraph("二、部门机构设置及决算单位构成情况", 2, ("_Toc140000003",)),
        Paragraph(
            "1.根据部门职责分工，本部门内设机构包括党政办公室、医务处、护理部、财务处等{26|n||内设机构}个，无下属单位。"
        ),
        Paragraph(
            "2.从决算单位构成看，纳入本部门2022年部门汇总决算编制范围的预算单位共计{1|n||决算编制范围的预算单位}家，为青禾市第二人民医院（本级）。"
        ),
        Paragraph("三、2022年度主要工作完成情况", 2, ("_Toc140000004",)),
        Paragraph(
            "一是诊疗量稳中有升。全年门急诊{68.42|n||门急诊}万人次，同比增长{6.15|g||门急诊}%；出院{2.31|n||出院}万人次，平均住院日由{8.6|a||平均住院日|unit=天;period=2021}天降到{7.9|a||平均住院日|unit=天}天，药占比{27.3|r||药占比}%，较上年下降{1.8|c-||药占比|base=2021}个百分点。"
        ),
        Paragraph(
            "二是救治能力增强。开放床位{860|n||开放床位}张，其中重症床位{42|n||重症床位}张；完成三四级手术{9,318|n||三四级手术|unit=台次}台次，{24|per}小时内会诊到位率不低于{95|l||会诊到位率}%。"
        ),
        Paragraph(
            "三是抗疫有力。累计派出医务人员{1.3|n||派出医务人员|flags=approximate}千余人次，核酸采样{310|n||核酸采样|flags=approximate}多万人次。落实《关于做好医疗机构价格管理的通知》（青卫价〔2022〕8号）和“{4|id}+{7|id}”带量采购，药品价格平均降幅{52|g-||药品价格|flags=approximate;base=}%左右。"
        ),
    ]


def forms():
    a = ACCOUNTS
    blocks = [Paragraph("第二部分\u30002022年度部门决算表", 1, ("_Toc140000005",))]
    tables = [
        s.summary(a, STYLE),
        s.income(a, STYLE),
        s.expenditure(a, STYLE),
        s.appropriation_summary(a, STYLE),
        s.general_expenditure(a, STYLE, total_last=True),
        s.general_basic(a, STYLE),
        s.three_public(a, STYLE),
    ]
    for at, table in enumerate(tables, 1):
        blocks += form_lines(table, at, "万元", AGENCY) + [
            table,
            Paragraph("注：本表金额转换为万元时，因四舍五入可能存在尾差。"),
        ]
    for title in ("政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款支出决算表"):
        blocks += [Paragraph(title, align="center"), Paragraph("注：本部门无此类财政拨款，故本表为空。")]
    return blocks


def overall():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    total = a.income_total + a.opening
    c = v.compared
    lines = []
    for at, (key, name) in enumerate((("undertaking", "事业收入"), ("other", "其他收入")), 3):
        lines.append(
            f"{name}{v.amount('income.' + key, name, a.income[key])}，占{v.share('income.' + key, name, a.income[key], a.income_total)}"
        )
    return [
        Paragraph("第三部分\u30002022年度部门决算情况说明", 1, ("_Toc140000006",)),
        Paragraph("一、收入支出决算总体情况说明", 2, ("_Toc140000007",)),
        Paragraph(
            f"2022年度收入、支出决算总计{v.amount('income.total+expenditure.total', '收入、支出决算总计', total)}。与上年相比，收、支总计各{c('income.total+expenditure.total', '收、支总计', total, BEFORE['total'])}。其中："
        ),
        Paragraph(f"（一）收入决算总计{v.amount('income.total', '收入决算总计', total)}。包括："),
        Paragraph(
            f"1．本年收入决算合计{v.amount('income.current_year', '本年收入决算合计', a.income_total)}。与上年相比，{c('income.current_year', '本年收入决算合计', a.income_total, BEFORE['income'])}，变动原因：防控补助减少。"
        ),
        Paragraph(
            "2．使用非财政拨款结余{0|a|balance.non_appropriation_used|使用非财政拨款结余}万元，与上年决算数相同。"
        ),
        Paragraph(f"3．年初结转和结余{v.amount('balance.opening', '年初结转和结余', a.opening)}。"),
        Paragraph(f"（二）支出决算总计{v.amount('expenditure.total', '支出决算总计', total)}。包括："),
        Paragraph(
            f"1．本年支出决算合计{v.amount('expenditure.current_year', '本年支出决算合计', a.expenditure)}。与上年相比，{c('expenditure.current_year', '本年支出决算合计', a.expenditure, BEFORE['spent'])}。"
        ),
        Paragraph("2．结余分配{0|a|balance.distribution|结余分配}万元。与上年决算数相同。"),
        Paragraph(
            f"3．年末结转和结余{v.amount('balance.closing', '年末结转和结余', a.closing)}，为病房改造项目未完工。"
        ),
        Paragraph("二、收入决算情况说明", 2, ("_Toc140000008",)),
        Paragraph(
            f"2022年度本年收入决算合计{v.amount('income.current_year', '本年收入决算合计', a.income_total)}，其中：财政拨款收入{v.amount('income.appropriation', '财政拨款收入', a.appropriation)}，占{v.share('income.appropriation', '财政拨款收入', a.appropriation, a.income_total)}；上级补助收入{{0|a|income.superior_subsidy|上级补助收入}}万元，占{{0|s|income.superior_subsidy|上级补助收入}}%；"
            + "；".join(lines)
            + "。"
        ),
        Paragraph("三、支出决算情况说明", 2, ("_Toc140000009",)),
        Paragraph(
            f"2022年度本年支出决算合计{v.amount('expenditure.current_year', '本年支出决算合计', a.expenditure)}，其中：基本支出{v.amount('expenditure.basic', '基本支出', a.sum('basic'))}，占{v.share('expenditure.basic', '基本支出', a.sum('basic'), a.expenditure)}；项目支出{v.amount('expenditure.project', '项目支出', a.sum('project'))}，占{v.share('expenditure.project', '项目支出', a.sum('project'), a.expenditure)}。"
        ),
        Paragraph("四、财政拨款收入支出决算总体情况说明", 2, ("_Toc140000010",)),
        Paragraph(
            f"2022年度财政拨款收入、支出决算总计{v.amount('appropriation.income_total+appropriation.expenditure_total', '财政拨款收入、支出决算总计', a.appropriation + a.opening)}。与上年相比，财政拨款收、支总计各{c('appropriation.income_total+appropriation.expenditure_total', '财政拨款收、支总计', a.appropriation + a.opening, BEFORE['appropriation'])}，变动原因：疫情防控专项结束。"
        ),
    ]


def general_budget():
    a, v, g, f = ACCOUNTS, Voice(ACCOUNTS), "general_budget.expenditure", "expenditure.function"
    approved = a.sum("approved")
    blocks = [
        Paragraph("五、一般公共预算财政拨款支出决算情况说明", 2, ("_Toc140000011",)),
        Paragraph(
            f"2022年度一般公共预算财政拨款支出{v.amount(g, '一般公共预算财政拨款支出', a.general)}，占本年支出合计的{v.share(g, '一般公共预算财政拨款支出', a.general, a.expenditure)}，较上年{v.compared(g, '一般公共预算财政拨款支出', a.general, BEFORE['general'])}；"
            f"年初预算{v.amount(g, '一般公共预算财政拨款支出', approved, 'phase=approved')}，完成年初预算的{v.execution(g, '一般公共预算财政拨款支出', a.general, approved)}。其中："
        ),
    ]
    names = "一二三四五六七"
    for at, (group, leaves) in enumerate(a.by_class().items()):
        blocks.append(Paragraph(f"（{names[at]}）{group}（类）"))
        for number, leaf in enumerate(leaves, 1):
            path = next(path for code, path, _ in a.tree() if code == leaf.code)
            section, spent = path.split("/")[1], leaf.total - leaf.own
            budget = (
                v.amount(f, path, leaf.approved, "phase=approved")
                if leaf.approved
                else f"{{0|a|{f}|{path}|phase=approved}}万元"
            )
            tail = (
                "（年初预算数为{0|a|"
                + f
                + "|"
                + path
                + "|phase=approved}万元，无法计算完成比率），决算数与年初预算数的差异原因：执行中追加疫情防控经费"
                if not leaf.approved
                else (
                    f"，完成年初预算的{v.execution(f, path, spent, leaf.approved)}。"
                    + (
                        "决算数与年初预算数相同"
                        if spent == leaf.approved
                        else "决算数与年初预算数存在差异的原因：据实列支"
                    )
                )
            )
            blocks.append(
                Paragraph(
                    f"{number}．{section}（款）{leaf.name}（项）。年初预算{budget}，支出决算{v.amount(f, path, spent)}{tail}。"
                )
            )
    people = a.economic_sum("301", "303")
    return blocks + [
        Paragraph("六、一般公共预算财政拨款基本支出决算情况说明", 2),
        Paragraph(
            f"2022年度一般公共预算财政拨款基本支出决算{v.amount('general_budget.basic', '一般公共预算财政拨款基本支出', a.general_basic)}，其中："
        ),
        Paragraph(
            f"（一）人员经费{v.amount('general_budget.personnel', '人员经费', people)}。主要包括：基本工资、津贴补贴、绩效工资、退休费。"
        ),
        Paragraph(
            f"（二）公用经费{v.amount('general_budget.public_use', '公用经费', a.general_basic - people)}。主要包括：培训费、其他商品和服务支出。"
        ),
    ]


def others():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    t, b = s.three_public_amounts(a, 1), s.three_public_amounts(a, 0)
    p = "three_public."
    return [
        Paragraph("七、财政拨款“三公”经费、会议费和培训费支出情况说明", 2),
        Paragraph("（一）“三公”经费支出总体情况说明"),
        Paragraph(
            f"2022年度财政拨款“三公”经费支出决算{v.amount(p + 'total', '财政拨款“三公”经费支出', t['total'])}（其中：一般公共预算支出{v.amount('', '财政拨款“三公”经费支出：一般公共预算支出', t['total'], 'phase=executed')}；政府性基金预算支出{{0|a||财政拨款“三公”经费支出：政府性基金预算支出|phase=executed}}万元），"
            f"占全年预算的{v.execution(p + 'total', '财政拨款“三公”经费支出', t['total'], b['total'])}。"
        ),
        Paragraph(
            f"1．因公出国（境）费支出预算{v.amount(p + 'abroad', '因公出国（境）费', b['abroad'], 'phase=adjusted')}，支出决算{{0|a|{p}abroad|因公出国（境）费}}万元，完成调整后预算的{{0|e|{p}abroad|因公出国（境）费}}%，差异原因：出访任务取消。全年使用财政拨款安排的出国（境）团组{{0|n|{p}abroad.groups|出国（境）团组|unit=group}}个，累计{{0|n|{p}abroad.persons|出国（境）人次|unit=person}}人次。"
        ),
        Paragraph(
            f"2．公务用车购置及运行维护费支出预算{v.amount(p + 'vehicle', '公务用车购置及运行维护费', b['vehicle'], 'phase=adjusted')}，支出决算{v.amount(p + 'vehicle', '公务用车购置及运行维护费', t['vehicle'])}，完成调整后预算的{v.execution(p + 'vehicle', '公务用车购置及运行维护费', t['vehicle'], b['vehicle'])}。"
            f"其中：公务用车购置支出决算{v.amount(p + 'vehicle.purchase', '公务用车购置', t['vehicle.purchase'])}，本年度购置公务用车{{1|n|{p}vehicle.purchased|购置公务用车}}辆（救护车）；公务用车运行维护费支出决算{v.amount(p + 'vehicle.operation', '公务用车运行维护费', t['vehicle.operation'])}，"
            f"较上年{v.compared(p + 'vehicle.operation', '公务用车运行维护费', t['vehicle.operation'], BEFORE['operation'])}。截至2022年12月31日，使用财政拨款开支的公务用车保有量为{{5|n|{p}vehicle.owned|公务用车保有量}}辆。"
        ),
        Paragraph(
            f"3．公务接待费支出预算{v.amount(p + 'reception', '公务接待费', b['reception'], 'phase=adjusted')}，支出决算{v.amount(p + 'reception', '公务接待费', t['reception'])}，与上年持平。其中：国内公务接待支出{v.amount(p + 'reception.domestic', '国内公务接待支出', t['reception'])}，接待{{6|n|{p}reception.batches|国内公务接待批次}}批次，{{58|n|{p}reception.persons|国内公务接待人次}}人次；"
            f"国（境）外公务接待支出{{0|a|{p}reception.foreign|国（境）外公务接待支出}}万元，接待{{0|n|{p}reception.foreign_batches|国（境）外公务接待批次}}批次，{{0|n|{p}reception.foreign_persons|国（境）外公务接待人次}}人次。"
        ),
        Paragraph(
            "（二）会议费支出决算{0|a||会议费支出决算|phase=executed}万元；培训费支出决算{12.6|a|expenditure.economic|培训费}万元，比年初预算{15|a|expenditure.economic|培训费|phase=approved}万元减少{2.4|c-|expenditure.economic|培训费|base=2022;note=against 年初预算}万元，组织培训{38|n||组织培训}个，参加培训{2,640|n||参加培训}人次。"
        ),
        Paragraph("八、政府性基金预算财政拨款支出决算情况说明", 2),
        Paragraph(
            "2022年度政府性基金预算财政拨款支出决算{0|a|government_fund.expenditure|政府性基金预算财政拨款支出}万元。"
        ),
        Paragraph("九、国有资本经营预算财政拨款支出决算情况说明", 2),
        Paragraph("本部门无国有资本经营预算财政拨款支出。"),
        Paragraph("十、机关运行经费支出决算情况说明", 2),
        Paragraph("本部门为事业单位，无机关运行经费。"),
        Paragraph("十一、政府采购支出决算情况说明", 2),
        Paragraph(
            "2022年度政府采购支出总额{4,860.12|a|procurement.total|政府采购支出总额}万元，其中：政府采购货物支出{3,205.46|a|procurement.goods|政府采购货物支出}万元、政府采购工程支出{1,180|a|procurement.works|政府采购工程支出}万元、政府采购服务支出{474.66|a|procurement.services|政府采购服务支出}万元。"
            "政府采购授予中小企业合同金额{2,618.3|a|procurement.sme|授予中小企业合同金额}万元，占政府采购支出总额的{53.87|s|procurement.sme|授予中小企业合同金额}%，其中：授予小微企业合同金额{1,904.57|a|procurement.micro|授予小微企业合同金额}万元，占政府采购支出总额的{39.19|s|procurement.micro|授予小微企业合同金额}%。"
        ),
        Paragraph("十二、国有资产占用情况", 2),
        Paragraph(
            "截至2022年12月31日，本部门共有车辆{11|n|assets.vehicle|车辆}辆，其中：特种专业技术用车{8|n|assets.vehicle.type|特种专业技术用车}辆、业务用车{2|n|assets.vehicle.type|业务用车}辆、其他用车{1|n|assets.vehicle.type|其他用车}辆。单价{100|thr}万元（含）以上的设备（不含车辆）{37|n|assets.equipment_1m|单价100万元（含）以上的设备}台（套）。房屋面积{6.85|a|assets.floor_area|房屋面积}万平方米。"
        ),
        Paragraph("十三、预算绩效评价工作开展情况", 2),
        Paragraph(
            "本部门共{1|n||整体支出绩效自评单位}家单位开展整体支出绩效自评，涉及财政性资金合计{5,860.66|a||整体支出绩效自评涉及财政性资金}万元；{7|n|performance.projects|开展绩效自评的项目}个项目开展绩效自评，涉及资金{3,724.87|a||项目绩效自评涉及资金|note=2360 + 318.5 + 1046.37}万元。自评平均得分{92.4|p|performance.score|自评平均得分}分，{2|n||得分低于90分的项目}个项目得分低于{90|thr}分。"
        ),
    ]


def indicators():
    def h(text, columns=1, rows=1):
        return Cell(text, columns, rows, True)

    name = "公立医院综合改革补助"

    def row(item, target, done, weight, score):
        return [
            h(item),
            Cell(target),
            Cell(done),
            Cell(f"{{{weight}|p|performance.weight|{item} × 分值|unit=point}}"),
            Cell(f"{{{score}|p|performance.score|{item} × 得分|unit=point}}"),
        ]

    rows = [
        [h("项目名称", 2), Cell(name, 5)],
        [
            h("年度预算\n执行情况\n（万元）", 2, 3),
            h("项目", 1, 1),
            h("全年预算数"),
            h("全年执行数"),
            h("分值"),
            h("执行率"),
        ],
        [
            h("年度资金总额"),
            Cell(f"{{1,500.00|a|project.budget|{name} × 年度资金总额 × 全年预算数|unit=CNY;times=万;phase=adjusted}}"),
            Cell(f"{{1,418.26|a|project.executed|{name} × 年度资金总额 × 全年执行数|unit=CNY;times=万}}"),
            Cell("{10|p|performance.weight|预算执行率 × 分值|unit=point}"),
            Cell(f"{{94.55|e|project.executed|{name} × 年度资金总额 × 执行率}}%"),
        ],
        [
            h("上年结转资金"),
            Cell(f"{{0.00|a||{name} × 上年结转资金 × 全年预算数|unit=CNY;times=万;phase=adjusted}}"),
            Cell(f"{{0.00|a||{name} × 上年结转资金 × 全年执行数|unit=CNY;times=万;phase=executed}}"),
            Cell("-"),
            Cell("-"),
        ],
        [h("一级\n指标"), h("二级\n指标"), h("三级指标"), h("年度指标值"), h("实际完成值"), h("分值"), h("得分")],
        [h("产出\n指标\n（{50|p|performance.weight|产出指标}分）", 1, 2), h("数量指标")]
        + row(
            "门急诊人次",
            f"≥{{65|l||{name} × 门急诊人次 × 年度指标值|phase=target}}万人次",
            f"{{68.42|n||{name} × 门急诊人次 × 实际完成值|phase=executed}}万人次",
            25,
            25,
        ),
        [h("质量指标")]
        + row(
            "平均住院日",
            f"≤{{8|u||{name} × 平均住院日 × 年度指标值|phase=target;unit=天}}天",
            f"{{7.9|a||{name} × 平均住院日 × 实际完成值|phase=executed;unit=天}}天",
            25,
            25,
        ),
        [h("满意度\n指标"), h("服务对象满意度")]
        + row(
            "患者满意度",
            f"{{88|l||{name} × 患者满意度 × 年度指标值|phase=target}}%-{{92|u||{name} × 患者满意度 × 年度指标值|phase=target}}%",
            f"{{90.6|r||{name} × 患者满意度 × 实际完成值|phase=executed}}%",
            40,
            "38.5",
        ),
        [
            h("总分", 5),
            Cell("{100|p|performance.weight|总分 × 分值|unit=point}"),
            Cell("{97.96|p|performance.score|总分 × 得分|unit=point}"),
        ],
    ]
    return [
        Paragraph("附件：项目支出绩效自评表", align="center"),
        Paragraph("（2022年度）", align="center"),
        Table("项目支出绩效自评表", "self_evaluation", rows, [1.5, 2, 3, 3, 3, 1.5, 1.6]),
        Paragraph("第四部分\u3000名词解释", 1, ("_Toc140000020",)),
        Paragraph("一、财政拨款收入：指单位从本级财政部门取得的各类财政拨款。"),
        Paragraph("二、事业收入：指事业单位开展专业业务活动及其辅助活动取得的收入。"),
        Paragraph("三、中小企业：指从业人员{300|thr}人以下或营业收入{3|thr}亿元以下的企业。"),
        Paragraph("四、卫生健康支出（类）公立医院（款）综合医院（项）：反映综合性医院的支出。"),
    ]


def report():
    return Report(
        2022,
        work() + forms() + overall() + general_budget() + others() + indicators(),
        title="青禾市第二人民医院2022年度部门决算公开",
    )
