"""A court: a PDF whose labels wrap above and below their amounts and whose statements outgrow the page."""

import statements as s
from accounts import ZERO, Accounts, Leaf, d
from forms import Style, form_lines, misprint
from model import Cell, Paragraph, Report, Table
from prose import Voice

NAME = "wrapped-labels"
FORMS = ["pdftotext", "tika-pdf"]
AGENCY = "澜江市临溪区人民法院"

ACCOUNTS = Accounts(
    year=2023,
    unit="万元",
    opening=d("86.15"),
    zero="0.00",
    leaves=[
        Leaf("2040501", "行政运行", d("2086.41"), approved=d("1960.00")),
        Leaf("2040502", "一般行政管理事务", ZERO, d("118.30"), approved=d("120.00")),
        Leaf("2040504", "案件审判", ZERO, d("462.75"), approved=d("470.00"), received=d("451.60")),
        Leaf("2040505", "案件执行", ZERO, d("129.08"), approved=d("110.00")),
        Leaf("2040506", "“两庭”建设", ZERO, d("540.00"), approved=d("540.00"), received=d("600.00")),
        Leaf("2050803", "培训支出", ZERO, d("8.42"), approved=d("10.00")),
        Leaf("2080501", "行政单位离退休", d("96.74"), approved=d("96.74")),
        Leaf("2080505", "机关事业单位基本养老保险缴费支出", d("221.36"), approved=d("220.50")),
        Leaf("2080506", "机关事业单位职业年金缴费支出", d("110.68"), approved=d("110.25")),
        Leaf("2101101", "行政单位医疗", d("84.02"), approved=d("84.02")),
        Leaf("2101103", "公务员医疗补助", d("40.55"), approved=d("42.00")),
        Leaf("2210201", "住房公积金", d("198.60"), approved=d("198.60")),
        Leaf("2210203", "购房补贴", d("31.07"), approved=d("30.00")),
    ],
    income={"general_budget": d("4176.83")},
    economic=[
        ("301", "工资福利支出", ZERO),
        ("30101", "基本工资", d("486.11")),
        ("30102", "津贴补贴", d("688.24")),
        ("30103", "奖金", d("402.63")),
        ("30106", "伙食补助费", ZERO),
        ("30108", "机关事业单位基本养老保险缴费", d("221.36")),
        ("30109", "职业年金缴费", d("110.68")),
        ("30110", "职工基本医疗保险缴费", d("84.02")),
        ("30111", "公务员医疗补助缴费", d("40.55")),
        ("30112", "其他社会保障缴费", d("6.90")),
        ("30113", "住房公积金", d("198.60")),
        ("30199", "其他工资福利支出", d("88.13")),
        ("303", "对个人和家庭的补助", ZERO),
        ("30301", "离休费", d("12.40")),
        ("30302", "退休费", d("84.34")),
        ("30399", "其他对个人和家庭的补助", d("3.18")),
        ("302", "商品和服务支出", ZERO),
        ("30201", "办公费", d("38.60")),
        ("30202", "印刷费", d("12.22")),
        ("30203", "咨询费", ZERO),
        ("30205", "水费", d("3.84")),
        ("30206", "电费", d("41.07")),
        ("30207", "邮电费", d("29.55")),
        ("30209", "物业管理费", d("66.00")),
        ("30211", "差旅费", d("35.48")),
        ("30212", "因公出国（境）费用", ZERO),
        ("30213", "维修（护）费", d("18.26")),
        ("30214", "租赁费", ZERO),
        ("30215", "会议费", d("1.20")),
        ("30217", "公务接待费", d("0.86")),
        ("30228", "工会经费", d("24.11")),
        ("30231", "公务用车运行维护费", d("38.94")),
        ("30239", "其他交通费用", d("82.50")),
        ("30299", "其他商品和服务支出", ZERO),
        ("310", "资本性支出", ZERO),
        ("31002", "办公设备购置", d("8.79")),
        ("31007", "信息网络及软件购置更新", d("6.40")),
    ],
    three_public={"operation": (d("40.00"), d("38.94")), "reception": (d("3.00"), d("0.86"))},
)
STYLE = Style(row_numbers=False, column_numbers=False, repeat_header=False)
BEFORE = {
    "total": d("4410.26"),
    "income": d("4302.77"),
    "spent": d("4324.11"),
    "operating": d("428.40"),
    "operation": d("41.20"),
    "reception": d("0.79"),
}


def overview():
    return [
        Paragraph("澜江市临溪区人民法院", align="center"),
        Paragraph("2023年度部门决算", align="center"),
        Paragraph("目    录", align="center", page_break=True),
        Paragraph("第一部分  澜江市临溪区人民法院概况"),
        Paragraph("第二部分  2023年度部门决算表"),
        Paragraph("第三部分  2023年度部门决算情况说明"),
        Paragraph("第四部分  名词解释"),
        Paragraph("第一部分  澜江市临溪区人民法院概况", 1, page_break=True),
        Paragraph("一、部门主要职责", 2),
        Paragraph(
            "依法审判本辖区内的刑事、民事、行政等第一审案件，执行生效法律文书，指导人民调解委员会的工作，开展法治宣传教育。"
        ),
        Paragraph("二、部门基本情况", 2),
        Paragraph(
            "纳入本套部门决算汇编范围的单位共{1|n||决算汇编范围的单位}个。本部门2023年年末编制人数{96|n|staff.authorised|编制人数}人，其中行政编制{88|n||行政编制}人、事业编制{8|n||事业编制}人；年末实有人数{101|n|staff.actual|实有人数|flags=inconsistent;note=90 + 1 + 8 = 99}人，其中在职人员{90|n||在职人员}人，离休人员{1|n||离休人员}人，聘用制书记员等其他人员{8|n||其他人员}人。"
        ),
        Paragraph(
            "全年受理案件{9,846|n||受理案件}件，审（执）结{9,512|n||审（执）结案件}件，结案率{96.61|r||结案率}%，法官人均结案{365.8|n||法官人均结案}件，同比多结{41|c||法官人均结案}件；执行到位金额{2.17|a||执行到位金额}亿元，诉前调解成功率从{61.2|r||诉前调解成功率|period=2022}%升至{68.9|r||诉前调解成功率}%，平均审理天数缩短{5|c-||平均审理天数|unit=天;flags=approximate}天左右。"
            "根据《关于规范诉讼费管理的通知》（临法发〔2023〕14号），缓减免诉讼费{36|a||缓减免诉讼费|flags=approximate}余万元，惠及当事人一百二十人。"
        ),
    ]


def forms():
    a = ACCOUNTS
    blocks = [Paragraph("第二部分  2023年度部门决算表", 1, page_break=True)]
    tables = [
        s.summary(a, STYLE),
        s.income(a, STYLE),
        s.expenditure(a, STYLE),
        s.appropriation_summary(a, STYLE),
        narrow(s.general_expenditure(a, STYLE, total_last=True)),
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
        "注：本表反映部门本年度一般公共预算财政拨款实际支出情况。",
        "注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。",
        "注：2023年度预算数为全年预算数，反映按规定程序调整后的预算数。",
        "注：本部门本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",
        "注：本部门本年度没有国有资本经营预算财政拨款支出，故本表无数据。",
    ]
    for at, (table, note) in enumerate(zip(tables, notes), 1):
        blocks += form_lines(table, at, "万元", AGENCY, page_break=at != 1) + [table, Paragraph(note)]
    return blocks


def narrow(table):
    """The same table with a narrow name column, and two digits of one amount swapped."""
    table.widths = [2, 2.2, 3, 3, 3]
    item = "公共安全支出/法院/“两庭”建设 × 项目支出（一般公共预算财政拨款）"
    return misprint(
        table, item, "540.00", "504.00", "inconsistent", "the row's total and the other statements give 540.00"
    )


def overall():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    total, f, g = a.income_total + a.opening, "expenditure.function", "general_budget.expenditure"
    approved = a.sum("approved")
    parts = [
        f"（{n}）{name}年初预算数为{v.amount(f, name, sum(x.approved for x in leaves), 'phase=approved')}，决算数为{v.amount(f, name, sum(x.total for x in leaves))}，完成年初预算的{v.execution(f, name, sum(x.total for x in leaves), sum(x.approved for x in leaves))}"
        for n, (name, leaves) in zip("一二三四五", a.by_class().items())
    ]
    return [
        Paragraph("第三部分  2023年度部门决算情况说明", 1, page_break=True),
        Paragraph("一、收入决算情况说明", 2),
        Paragraph(
            f"本部门2023年度收入总计{v.amount('income.total', '收入总计', total)}，其中年初结转和结余{v.amount('balance.opening', '年初结转和结余', a.opening)}，较2022年{v.compared('income.total', '收入总计', total, BEFORE['total'])}；本年收入合计{v.amount('income.current_year', '本年收入合计', a.income_total)}，较2022年{v.compared('income.current_year', '本年收入合计', a.income_total, BEFORE['income'])}，主要原因是：“两庭”建设进入收尾阶段。"
        ),
        Paragraph(
            f"本年收入的具体构成为：财政拨款收入{v.amount('income.appropriation', '财政拨款收入', a.appropriation)}，占{{100|s|income.appropriation|财政拨款收入}}%；事业收入{{0|a|income.undertaking|事业收入}}万元，占{{0|s|income.undertaking|事业收入}}%；其他收入{{0|a|income.other|其他收入}}万元，占{{0|s|income.other|其他收入}}%。"
        ),
        Paragraph("二、支出决算情况说明", 2),
        Paragraph(
            f"本部门2023年度支出总计{v.amount('expenditure.total', '支出总计', total)}，其中本年支出合计{v.amount('expenditure.current_year', '本年支出合计', a.expenditure)}，较2022年{v.compared('expenditure.current_year', '本年支出合计', a.expenditure, BEFORE['spent'])}；年末结转和结余{v.amount('balance.closing', '年末结转和结余', a.closing)}。"
        ),
        Paragraph(
            f"本年支出的具体构成为：基本支出{v.amount('expenditure.basic', '基本支出', a.sum('basic'))}，占{v.share('expenditure.basic', '基本支出', a.sum('basic'), a.expenditure)}；项目支出{v.amount('expenditure.project', '项目支出', a.sum('project'))}，占{v.share('expenditure.project', '项目支出', a.sum('project'), a.expenditure)}；经营支出{{0|a|expenditure.operating|经营支出}}万元，占{{0|s|expenditure.operating|经营支出}}%。"
        ),
        Paragraph("三、财政拨款支出决算情况说明", 2),
        Paragraph(
            f"本部门2023年度财政拨款本年支出年初预算数为{v.amount('appropriation.expenditure', '财政拨款本年支出', approved, 'phase=approved')}，决算数为{v.amount('appropriation.expenditure', '财政拨款本年支出', a.general)}，完成年初预算的{v.execution('appropriation.expenditure', '财政拨款本年支出', a.general, approved)}。其中："
            + "；".join(parts)
            + "。"
        ),
        Paragraph(
            f"一般公共预算财政拨款支出同比减少，占比不变：2023年度支出{v.amount(g, '一般公共预算财政拨款支出', a.general)}，占本年支出合计的{{100.00|s|{g}|一般公共预算财政拨款支出}}%。"
        ),
    ]


def basic():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    e = "expenditure.economic"
    groups = [
        ("工资福利支出", "301", d("2290.15")),
        ("商品和服务支出", "302", d("402.66")),
        ("对个人和家庭补助支出", "303", d("102.88")),
        ("资本性支出", "310", d("15.19")),
    ]
    lines = []
    for n, (name, code, before) in zip("一二三四", groups):
        now = a.economic_sum(code)
        tail = "与2022年持平" if now == before else f"较2022年{v.compared(e, name, now, before)}"
        lines.append(
            Paragraph(
                f"（{n}）{name}{v.amount(e, name, now)}，{tail}，主要原因是：{'人员变动' if code != '302' else '落实过紧日子要求'}。"
            )
        )
    return [
        Paragraph("四、一般公共预算财政拨款基本支出决算情况说明", 2),
        Paragraph(
            f"本部门2023年度一般公共预算财政拨款基本支出{v.amount('general_budget.basic', '一般公共预算财政拨款基本支出', a.general_basic)}，其中："
        ),
    ] + lines


def others():
    a, v = ACCOUNTS, Voice(ACCOUNTS)
    t, b, p = s.three_public_amounts(a, 1), s.three_public_amounts(a, 0), "three_public."
    public = a.economic_sum("302", "310")
    return [
        Paragraph("五、财政拨款“三公”经费支出决算情况说明", 2),
        Paragraph(
            f"本部门2023年度财政拨款“三公”经费支出全年预算数为{v.amount(p + 'total', '财政拨款“三公”经费支出', b['total'], 'phase=adjusted')}，决算数为{v.amount(p + 'total', '财政拨款“三公”经费支出', t['total'])}，完成全年预算的{v.execution(p + 'total', '财政拨款“三公”经费支出', t['total'], b['total'])}，其中："
        ),
        Paragraph(
            "（一）因公出国（境）支出全年预算数为{0|a|three_public.abroad|因公出国（境）支出|phase=adjusted}万元，决算数为{0|a|three_public.abroad|因公出国（境）支出}万元。全年安排因公出国（境）团组{0|n|three_public.abroad.groups|因公出国（境）团组|unit=group}个，累计{0|n|three_public.abroad.persons|因公出国（境）人数|unit=person}人次。"
        ),
        Paragraph(
            f"（二）公务接待费支出全年预算数为{v.amount(p + 'reception', '公务接待费', b['reception'], 'phase=adjusted')}，决算数为{v.amount(p + 'reception', '公务接待费', t['reception'])}，完成全年预算的{v.execution(p + 'reception', '公务接待费', t['reception'], b['reception'])}，决算数较2022年{v.compared(p + 'reception', '公务接待费', t['reception'], BEFORE['reception'])}。全年国内公务接待{{9|n|{p}reception.batches|国内公务接待批次}}批，累计接待{{74|n|{p}reception.persons|国内公务接待人次}}人次，其中外事接待{{0|n|{p}reception.foreign_batches|外事接待批次}}批，累计接待{{0|n|{p}reception.foreign_persons|外事接待人次}}人次。"
        ),
        Paragraph(
            f"（三）公务用车购置及运行维护费支出{v.amount(p + 'vehicle', '公务用车购置及运行维护费', t['vehicle'])}，其中公务用车购置全年预算数为{{0|a|{p}vehicle.purchase|公务用车购置|phase=adjusted}}万元，决算数为{{0|a|{p}vehicle.purchase|公务用车购置}}万元，全年购置公务用车{{0|n|{p}vehicle.purchased|购置公务用车}}辆；公务用车运行维护费支出全年预算数为{v.amount(p + 'vehicle.operation', '公务用车运行维护费', b['vehicle.operation'], 'phase=adjusted')}，决算数为{v.amount(p + 'vehicle.operation', '公务用车运行维护费', t['vehicle.operation'])}，完成全年预算的{v.execution(p + 'vehicle.operation', '公务用车运行维护费', t['vehicle.operation'], b['vehicle.operation'], 'note=97.35 exactly')}，决算数较2022年{v.compared(p + 'vehicle.operation', '公务用车运行维护费', t['vehicle.operation'], BEFORE['operation'])}，年末公务用车保有{{14|n|{p}vehicle.owned|年末公务用车保有}}辆。"
        ),
        Paragraph("六、机关运行经费支出情况说明", 2),
        Paragraph(
            f"本部门2023年度机关运行经费支出{v.amount('agency.operating_cost', '机关运行经费', public)}，较年初预算数{v.mark('430.00', 'a', 'agency.operating_cost', '机关运行经费', 'phase=approved')}万元{v.change('agency.operating_cost', '机关运行经费', public, d('430'), 'base=2023;note=against 年初预算数')}，较2022年{v.compared('agency.operating_cost', '机关运行经费', public, BEFORE['operating'])}。"
        ),
        Paragraph("七、政府采购支出情况说明", 2),
        Paragraph(
            "本部门2023年度政府采购支出总额{286.4|a|procurement.total|政府采购支出总额}万元，其中：政府采购货物支出{102.15|a|procurement.goods|政府采购货物支出}万元、政府采购工程支出{118.25|a|procurement.works|政府采购工程支出}万元、政府采购服务支出{66|a|procurement.services|政府采购服务支出}万元。授予中小企业合同金额{241.06|a|procurement.sme|授予中小企业合同金额}万元，占政府采购支出总额的{84.17|s|procurement.sme|授予中小企业合同金额}%，其中授予小微企业合同金额{118.25|a|procurement.micro|授予小微企业合同金额}万元，占授予中小企业合同金额的{49.05|s|procurement.micro|授予小微企业合同金额}%；工程采购授予中小企业合同金额占工程支出金额的{100|s||工程采购授予中小企业合同金额|phase=executed}%。"
        ),
        Paragraph("八、国有资产占用情况说明", 2),
        Paragraph(
            "截至2023年12月31日，本部门国有资产占用情况见公开10表《国有资产占用情况表》。其中车辆中的其他用车主要是囚车。"
        ),
        Paragraph("国有资产占用情况表", align="center"),
        Paragraph("公开10表", align="right"),
        assets(),
        Paragraph("说明：单价{100|thr}万元（含）以上设备不含车辆。"),
        Paragraph("九、预算绩效情况说明", 2),
        Paragraph(
            "本部门组织对{5|n|performance.projects|开展绩效自评的项目}个二级项目开展绩效自评，共涉及资金{1,258.55|a||绩效自评涉及资金}万元，占项目支出总额的{100|s||绩效自评涉及资金占项目支出}%，自评得分在{90|l||自评得分|unit=point}分至{98|u||自评得分}分之间。"
        ),
        Paragraph("第四部分  名词解释", 1),
        Paragraph("一、财政拨款收入：指财政当年拨付的资金。"),
        Paragraph("二、案件审判：反映人民法院用于各类案件审判的支出。"),
        Paragraph("三、年末结转和结余：指单位按有关规定结转到下年或以后年度继续使用的资金。"),
    ]


def assets():
    """公开10表, as some provinces add it."""

    def h(text, columns=1, rows=1):
        return Cell(text, columns, rows, True, "center")

    names = [
        ("副部（省）级及以上领导用车", 0),
        ("主要负责人用车", 1),
        ("机要通信用车", 1),
        ("应急保障用车", 1),
        ("执法执勤用车", 10),
        ("特种专业技术用车", 0),
        ("离退休干部服务用车", 0),
        ("其他用车", 1),
    ]
    kinds = [Cell(f"{{{count}|n|assets.vehicle.type|{name}|unit=vehicle}}", align="center") for name, count in names]
    rows = [
        [h("", 1, 2), h("车辆数（辆）", 9), h("单价{100|thr}万元（含）以上设备（台，套）", 1, 2)],
        [h("合计")] + [h(name) for name, _ in names],
        [h("合计"), Cell("{14|n|assets.vehicle|车辆数合计|unit=vehicle}", align="center")]
        + kinds
        + [Cell("{2|n|assets.equipment_1m|单价100万元（含）以上设备|unit=set}", align="center")],
    ]
    return Table("国有资产占用情况表", "other", rows, [1.4, 1.4] + [2.2] * 8 + [2.6])


def report():
    return Report(
        2023,
        overview() + forms() + overall() + basic() + others(),
        footer=True,
        title="澜江市临溪区人民法院2023年度部门决算",
    )
