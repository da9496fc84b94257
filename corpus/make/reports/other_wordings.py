"""A district library of 2019 that says everything differently: one sentence for each way of wording met or imagined."""

from accounts import d
from model import Cell, Paragraph, Report, Table

NAME = "other-wordings"
FORMS = ["tika-docx"]
TOTAL, GENERAL, FUNCTION = "income.total+expenditure.total", "general_budget.expenditure", "expenditure.function"


def totals():
    return [
        Paragraph("浦阳湾区图书馆2019年度部门决算情况说明", align="center"),
        Paragraph("一、2019年度收支总体情况", 1),
        Paragraph(
            "2019年度部门决算总收入{1,846.20|a|income.total|决算总收入}万元，决算总支出{1,846.20|a|expenditure.total|决算总支出}万元，同比各增收增支{223.46|c|"
            + TOTAL
            + "|决算总收入、决算总支出}万元，增幅{13.77|g|"
            + TOTAL
            + "|决算总收入、决算总支出}%。"
        ),
        Paragraph(
            "当年收入{1,790.00|a|income.current_year|当年收入}万元：财政拨款{1,712.50|a|income.appropriation|财政拨款}万元（占比{95.67|s|income.appropriation|财政拨款}%），事业收入{62.30|a|income.undertaking|事业收入}万元（占比{3.48|s|income.undertaking|事业收入}%），其他收入{15.20|a|income.other|其他收入}万元（占比{0.85|s|income.other|其他收入}%）。上年结转{56.20|a|balance.opening|上年结转}万元。"
        ),
        Paragraph(
            "当年支出合计{1,801.35|a|expenditure.current_year|当年支出合计}万元。按支出性质分，基本支出、项目支出分别为{1,104.85|a|expenditure.basic|基本支出}万元、{696.50|a|expenditure.project|项目支出}万元，分别占{61.33|s|expenditure.basic|基本支出}%、{38.67|s|expenditure.project|项目支出}%；经营支出、上缴上级支出均为零。结转下年{44.85|a|balance.closing|结转下年}万元，较年初净减少{11.35|c-|balance.closing|结转下年|base=2019;note=against the opening balance}万元。"
        ),
        Paragraph(
            "财政拨款收入由上年的{1,560.18|a|income.appropriation|财政拨款收入|period=2018}万元增至{1,712.50|a|income.appropriation|财政拨款收入}万元，增加{152.32|c|income.appropriation|财政拨款收入}万元，上升{9.76|g|income.appropriation|财政拨款收入}%。"
        ),
        Paragraph(
            "事业收入比上年多{34.10|c|income.undertaking|事业收入}万元，增长{1.2|g|income.undertaking|事业收入}倍；其他收入减收{2.8|c-|income.other|其他收入}万元，降幅{15.56|g-|income.other|其他收入}%。"
        ),
        Paragraph("二、一般公共预算支出情况", 1),
        Paragraph(
            "一般公共预算财政拨款支出为{1,723.85|a|"
            + GENERAL
            + "|一般公共预算财政拨款支出}万元，占当年支出的{95.7|s|"
            + GENERAL
            + "|一般公共预算财政拨款支出}%，比2018年的{1,498.02|a|"
            + GENERAL
            + "|一般公共预算财政拨款支出|period=2018}万元增支{225.83|c|"
            + GENERAL
            + "|一般公共预算财政拨款支出}万元，增长{15.08|g|"
            + GENERAL
            + "|一般公共预算财政拨款支出}%；年初预算安排{1,650|a|"
            + GENERAL
            + "|一般公共预算财政拨款支出|phase=approved}万元，超出年初预算{73.85|c|"
            + GENERAL
            + "|一般公共预算财政拨款支出|base=2019;note=against 年初预算}万元，预算执行率{104.48|e|"
            + GENERAL
            + "|一般公共预算财政拨款支出}%。具体为："
        ),
        Paragraph(
            "（一）文化旅游体育与传媒支出（{207|id}类）文化和旅游（{01|id}款）图书馆（{04|id}项）。年初预算{1,380|a|"
            + FUNCTION
            + "|文化旅游体育与传媒支出/文化和旅游/图书馆|phase=approved}万元，调整预算{1,462.6|a|"
            + FUNCTION
            + "|文化旅游体育与传媒支出/文化和旅游/图书馆|phase=adjusted}万元，决算支出{1,452.22|a|"
            + FUNCTION
            + "|文化旅游体育与传媒支出/文化和旅游/图书馆}万元，占调整预算的{99.29|e|"
            + FUNCTION
            + "|文化旅游体育与传媒支出/文化和旅游/图书馆}%。"
        ),
        Paragraph(
            "（二）社会保障和就业支出{2080505|id}机关事业单位基本养老保险缴费支出：年初预算{138|a|"
            + FUNCTION
            + "|社会保障和就业支出/机关事业单位基本养老保险缴费支出|phase=approved}万元，决算{140.06|a|"
            + FUNCTION
            + "|社会保障和就业支出/机关事业单位基本养老保险缴费支出}万元，完成{101.49|e|"
            + FUNCTION
            + "|社会保障和就业支出/机关事业单位基本养老保险缴费支出}%，多支{2.06|c|"
            + FUNCTION
            + "|社会保障和就业支出/机关事业单位基本养老保险缴费支出|base=2019;note=against 年初预算}万元系基数调整。"
        ),
        Paragraph(
            "（三）卫生健康支出中，事业单位医疗当年支出{57.45|a|"
            + FUNCTION
            + "|卫生健康支出/事业单位医疗} 万 元，年初预算{60.00|a|"
            + FUNCTION
            + "|卫生健康支出/事业单位医疗|phase=approved} 万元，少支{2.55|c-|"
            + FUNCTION
            + "|卫生健康支出/事业单位医疗|base=2019;note=against 年初预算}万元。"
        ),
        Paragraph(
            "（四）住房保障支出{74.12|a|"
            + FUNCTION
            + "|住房保障支出}万元，其中：住房公积金{74.12|a|"
            + FUNCTION
            + "|住房保障支出/住房公积金}万元，较年初预算{72|a|"
            + FUNCTION
            + "|住房保障支出/住房公积金|phase=approved}万元增长{2.94|g|"
            + FUNCTION
            + "|住房保障支出/住房公积金|base=2019;note=against 年初预算}%。"
        ),
        Paragraph(
            "基本支出{1,027.35|a|general_budget.basic|基本支出}万元，其中用于人员方面的{871.90|a|general_budget.personnel|用于人员方面}万元，用于公用方面的{155.45|a|general_budget.public_use|用于公用方面}万元。"
        ),
    ]


def three_public():
    p = "three_public."
    return [
        Paragraph("三、“三公”经费及会议费、培训费", 1),
        Paragraph(
            "当年“三公”经费开支{7.86|a|"
            + p
            + "total|“三公”经费}万元，比预算{12|a|"
            + p
            + "total|“三公”经费|phase=adjusted}万元节约{4.14|c-|"
            + p
            + "total|“三公”经费|base=2019;note=against 预算}万元，比上年压减{1.32|c-|"
            + p
            + "total|“三公”经费}万元，下降（增长）{14.38|g|"
            + p
            + "total|“三公”经费|flags=template;note=下降（增长） left unchosen}%。"
        ),
        Paragraph(
            "其中：出国（境）费用为零；用车费用{6.98|a|"
            + p
            + "vehicle.operation|用车费用}万元，同上年相比少{0.22|c-|"
            + p
            + "vehicle.operation|用车费用}万元，-{3.06|g-|"
            + p
            + "vehicle.operation|用车费用}%；接待费{8,800|a|"
            + p
            + "reception|接待费}元，来访{11|n|"
            + p
            + "reception.batches|来访}批{63|n|"
            + p
            + "reception.persons|来访|unit=person}人，人均{139.68|a||人均接待费|phase=executed}元。"
        ),
        Paragraph(
            "会议费{1.5|a|expenditure.economic|会议费}万元，增减额为－{0.3|c-|expenditure.economic|会议费}万元；培训费{3.26|a|expenditure.economic|培训费}万元，与上年{3.26|a|expenditure.economic|培训费|period=2018}万元一致；差旅费减少-{0.95|c-|expenditure.economic|差旅费|note=减少 and a minus sign: a decrease}万元。"
        ),
    ]


def others():
    return [
        Paragraph("四、其他事项", 1),
        Paragraph("1、本馆系公益一类事业单位，不涉及机关运行经费。"),
        Paragraph(
            "2、全年采购规模{412.66|a|procurement.total|采购规模}万元，货物、工程、服务各{288.10|a|procurement.goods|货物}万元、{0|a|procurement.works|工程}万元和{124.56|a|procurement.services|服务}万元；面向中小企业{330.13|a|procurement.sme|面向中小企业}万元，约占八成。"
        ),
        Paragraph(
            "3、房屋{9,860|a|assets.floor_area|房屋}平方米，馆车{1|n|assets.vehicle|馆车}辆，另有{50|thr}万元以上的设备{2|n|assets.equipment_500k|50万元以上的设备}台套、{100|thr}万元以上的设备{0|n|assets.equipment_1m|100万元以上的设备}台套。"
        ),
        Paragraph(
            "4、全年到馆读者{86.3|n||到馆读者}万人次，日均{2,365|n||日均到馆读者|flags=approximate}余人次；外借图书{54|n||外借图书}万册，新增藏书{3.2|n||新增藏书}万册；开展阅读活动{318|n||阅读活动}场，惠及{6|n||阅读活动惠及|flags=approximate}万多人；汽车图书馆服务半径{15|l||汽车图书馆服务半径|unit=公里}—{20|u||汽车图书馆服务半径|unit=公里}公里，按{5|thr}:{3|thr}:{2|thr}的比例由市、区、镇分担经费。"
        ),
        Paragraph(
            "5、古籍修复补助壹佰贰拾叁万元整，其中第三季度到账四十一万元，到账率三分之一；“{3|id}+{1|id}”总分馆制覆盖{9|n||总分馆制覆盖镇|unit=个}个镇。"
        ),
        Paragraph(
            "6、根据浦文旅〔2019〕12号文及《公共图书馆服务规范》（GB/T{28220|id}-{2011|id}），项目{6|n|performance.projects|绩效自评项目}个全部自评，{5|n||评为优的项目|unit=个}个为优、{1|n||评为良的项目|unit=个}个为良，平均{93.5|p|performance.score|自评平均得分}分，最高{98|p|performance.score|自评最高得分}分、最低{86|p|performance.score|自评最低得分}分。"
        ),
        Paragraph(
            "7、开放时间：周二至周日{9|per}:{00|per}—{21|per}:{00|per}；咨询电话{0000|id|note=telephone number}-{8166120|id|note=telephone number}。"
        ),
    ]


def paired():
    """“三公” budget and accounts side by side under each heading, and codes cut into three columns."""

    def h(text, columns=1, rows=1):
        return Cell(text, columns, rows, True, "center")

    def m(amount, concept, item, phase="executed"):
        return Cell(f"{{{amount}|a|{concept}|{item}|unit=CNY;times=万;phase={phase}}}", align="right")

    names = [
        ("total", "合计", "12.00", "7.86"),
        ("abroad", "因公出国（境）费", "0.00", "0.00"),
        ("vehicle", "公务用车购置及运行维护费小计", "10.00", "6.98"),
        ("vehicle.purchase", "公务用车购置费", "0.00", "0.00"),
        ("vehicle.operation", "公务用车运行维护费", "10.00", "6.98"),
        ("reception", "公务接待费", "2.00", "0.88"),
    ]
    data = []
    for key, name, budget, done in names:
        data += [
            m(budget, f"three_public.{key}", f"{name} × 预算数", "adjusted"),
            m(done, f"three_public.{key}", f"{name} × 决算数"),
        ]
    top = [
        [h("合计", 2, 2), h("因公出国\n（境）费", 2, 2), h("公务用车购置及运行维护费", 6), h("公务接待费", 2, 2)],
        [h("小计", 2), h("公务用车\n购置费", 2), h("公务用车\n运行维护费", 2)],
        [h(text) for _ in names for text in ("预算数", "决算数")],
        data,
    ]
    culture, library = "文化旅游体育与传媒支出/文化和旅游", "文化旅游体育与传媒支出/文化和旅游/图书馆"
    house = "住房保障支出/住房改革支出/住房公积金"

    def line(code, name, amounts, path):
        cells = [Cell(f"{{{part}|id}}" if part else "", header=True) for part in code]
        change = "general_budget.expenditure" if path == "合计" else FUNCTION
        now, before = amounts
        delta = (
            f"（{{{abs(now - before):.2f}|c-|{change}|{path} × 增减额|unit=CNY;times=万}}）"
            if now < before
            else f"{{{now - before:.2f}|c|{change}|{path} × 增减额|unit=CNY;times=万}}"
        )
        return cells + [
            Cell(name, header=True),
            m(f"{now:.2f}", change, f"{path} × 本年决算数"),
            Cell(f"{{{before:.2f}|a|{change}|{path} × 上年决算数|unit=CNY;times=万;period=2018}}"),
            Cell(delta, align="right"),
        ]

    rows = [
        [h("科目编码", 3), h("科目名称", 1, 2), h("本年决算数", 1, 2), h("上年决算数", 1, 2), h("增减额", 1, 2)],
        [h("类"), h("款"), h("项")],
        line(("", "", ""), "合计", (d("1723.85"), d("1498.02")), "合计"),
        line(("207", "", ""), "文化旅游体育与传媒支出", (d("1452.22"), d("1241.00")), "文化旅游体育与传媒支出"),
        line(("207", "01", ""), "文化和旅游", (d("1452.22"), d("1241.00")), culture),
        line(("207", "01", "04"), "图书馆", (d("1452.22"), d("1241.00")), library),
        line(("221", "02", "01"), "住房公积金", (d("74.12"), d("76.85")), house),
    ]
    return [
        Paragraph("财政拨款“三公”经费支出决算表", align="center"),
        Paragraph("单位：万元", align="right"),
        Table("财政拨款“三公”经费支出决算表", "statement", top, [1] * 12, 3),
        Paragraph("一般公共预算财政拨款支出对比表", align="center"),
        Paragraph("单位：万元", align="right"),
        Table("一般公共预算财政拨款支出对比表", "comparison", rows, [1, 1, 1, 4, 2, 2, 2], 2),
        Paragraph("说明：括号内为减少数；本表只列主要科目。"),
    ]


def report():
    return Report(2019, totals() + three_public() + others() + paired(), title="浦阳湾区图书馆2019年度部门决算情况说明")
