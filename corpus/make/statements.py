"""The nine statements (公开01表 to 公开09表) of an invented agency, as authored grids.

Each builder takes the accounts and the style of a region and returns a `Table`.
"""

from accounts import ORDINALS, ZERO
from forms import (
    beside,
    code_heads,
    code_widths,
    finish,
    function_rows,
    head,
    label,
    money,
    number,
    numbered,
    summary_sides,
)
from model import Cell

INCOME = [
    ("general_budget", "一般公共预算财政拨款收入"),
    ("government_fund", "政府性基金预算财政拨款收入"),
    ("state_capital", "国有资本经营预算财政拨款收入"),
    ("superior_subsidy", "上级补助收入"),
    ("undertaking", "事业收入"),
    ("operating", "经营收入"),
    ("subordinate_remittance", "附属单位上缴收入"),
    ("other", "其他收入"),
]


def summary(accounts, style, title="收入支出决算总表"):
    """公开01表: income left, expenditure by class right."""
    a = accounts
    width = 3 if style.row_numbers else 2
    rows = [
        [head("收入", width), head("支出", width)],
        [head("项目")]
        + beside(style, "行次")
        + [head("决算数"), head("项目（按功能分类）" if width == 3 else "项目")]
        + beside(style, "行次")
        + [head("决算数")],
    ]
    if style.column_numbers:
        rows.append([head("栏次")] + beside(style) + [number(1), head("栏次")] + beside(style) + [number(2)])
    left = [
        (f"{ORDINALS[at]}、{name}", [money(a, a.income.get(key, ZERO), f"income.{key}", f"{name} × 决算数")])
        for at, (key, name) in enumerate(INCOME)
    ]
    totals = {name: sum((leaf.total for leaf in leaves), ZERO) for name, leaves in a.by_class().items()}
    right = [
        (f"{ORDINALS[at]}、{name}", [money(a, totals.get(name, ZERO), "expenditure.function", f"{name} × 决算数")])
        for at, name in enumerate(a.classes)
    ]
    total = a.income_total + a.opening
    left_foot = [
        ("本年收入合计", [money(a, a.income_total, "income.current_year", "本年收入合计 × 决算数")]),
        ("使用非财政拨款结余", [money(a, ZERO, "balance.non_appropriation_used", "使用非财政拨款结余 × 决算数")]),
        ("年初结转和结余", [money(a, a.opening, "balance.opening", "年初结转和结余 × 决算数")]),
        ("总计", [money(a, total, "income.total", "收入总计 × 决算数")]),
    ]
    right_foot = [
        ("本年支出合计", [money(a, a.expenditure, "expenditure.current_year", "本年支出合计 × 决算数")]),
        ("结余分配", [money(a, ZERO, "balance.distribution", "结余分配 × 决算数")]),
        ("年末结转和结余", [money(a, a.closing, "balance.closing", "年末结转和结余 × 决算数")]),
        ("总计", [money(a, total, "expenditure.total", "支出总计 × 决算数")]),
    ]
    head_count = len(rows)
    rows += summary_sides(a, style, left, right, left_foot, right_foot, 1, 1)
    widths = [6.8, 1.4, 3.4, 6.8, 1.4, 3.4] if style.row_numbers else [7.5, 3.5, 7.5, 3.5]
    return finish(title, rows, widths, style, head_count)


def income(accounts, style, title="收入决算表"):
    """公开02表: income by functional class and source."""
    a = accounts
    columns = [
        "本年收入合计",
        "财政拨款收入",
        "上级补\n助收入",
        "事业收入",
        "经营\n收入",
        "附属单位\n上缴收入",
        "其他收入",
    ]
    concepts = [
        "income.current_year",
        "income.appropriation",
        "income.superior_subsidy",
        "income.undertaking",
        "income.operating",
        "income.subordinate_remittance",
        "income.other",
    ]
    rows = code_heads(style, [[head(name, 1, 3) for name in columns], [], []])
    rows += numbered(style, len(columns), "栏次")
    cover = 4 if style.three_code_columns else 2

    def line(item, amounts, note=""):
        return [
            money(a, amount, concept, f"{item} × {name}".replace("\n", ""), note=note)
            for amount, concept, name in zip(amounts, concepts, columns)
        ]

    def values(code, path, leaves):
        total, own = sum((x.got for x in leaves), ZERO), sum((x.own for x in leaves), ZERO)
        other = sum((x.other for x in leaves), ZERO)
        return line(path, [total, total - own, ZERO, own - other, ZERO, ZERO, other], f"code={code}")

    whole = [
        a.income_total,
        a.appropriation,
        a.income.get("superior_subsidy", ZERO),
        a.income.get("undertaking", ZERO),
        a.income.get("operating", ZERO),
        ZERO,
        a.income.get("other", ZERO),
    ]
    head_count = len(rows)
    rows.append([head("合计", cover)] + line("合计", whole))
    rows += function_rows(a, style, lambda leaf: True, values)
    return finish(title, rows, code_widths(style) + [4, 4, 2, 3.4, 1.7, 2.2, 3], style, head_count)


def expenditure(accounts, style, title="支出决算表"):
    """公开03表: expenditure by functional class, basic and project."""
    a = accounts
    columns = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单\n位补助支出"]
    concepts = [
        "expenditure.current_year",
        "expenditure.basic",
        "expenditure.project",
        "expenditure.remitted_to_superior",
        "expenditure.operating",
        "expenditure.subordinate_subsidy",
    ]
    rows = code_heads(style, [[head(name, 1, 3) for name in columns], [], []])
    rows += numbered(style, len(columns), "栏次")
    cover = 4 if style.three_code_columns else 2

    def line(item, leaves, names, note=""):
        basic, project = sum((x.basic for x in leaves), ZERO), sum((x.project for x in leaves), ZERO)
        return [
            money(a, amount, concept, f"{item} × {name}".replace("\n", ""), note=note)
            for amount, concept, name in zip([basic + project, basic, project, ZERO, ZERO, ZERO], names, columns)
        ]

    head_count = len(rows)
    rows.append([head("合计", cover)] + line("合计", a.leaves, concepts))
    rows += function_rows(
        a,
        style,
        lambda leaf: True,
        lambda code, path, leaves: line(path, leaves, ["expenditure.function"] * 6, f"code={code}"),
    )
    return finish(title, rows, code_widths(style) + [3.8, 3.8, 3.8, 2.1, 2, 2.3], style, head_count)


def appropriation_summary(accounts, style, title="财政拨款收入支出决算总表"):
    """公开04表: appropriations left, expenditure by class and fund right."""
    a = accounts
    width = 2 if style.row_numbers else 1
    rows = [
        [head("收     入", width + 1), head("支     出", width + 4)],
        [head("项目", 1, 2)]
        + beside(style, "行次", 2)
        + [head("决算数", 1, 2), head("项目", 1, 2)]
        + beside(style, "行次", 2)
        + [head("决算数", 4)],
        [
            head("合计"),
            head("一般公共预\n算财政拨款"),
            head("政府性基金\n预算财政拨款"),
            head("国有资本经营\n预算财政拨款"),
        ],
    ]
    if style.column_numbers:
        numbers = [number(at) for at in (2, 3, 4, 5)]
        rows.append([head("栏次")] + beside(style) + [number(1), head("栏次")] + beside(style) + numbers)
    funds = [
        ("general_budget", "一般公共预算财政拨款"),
        ("government_fund", "政府性基金预算财政拨款"),
        ("state_capital", "国有资本经营预算财政拨款"),
    ]
    left = [
        (f"{ORDINALS[at]}、{name}", [money(a, a.income.get(key, ZERO), f"income.{key}", f"{name} × 决算数")])
        for at, (key, name) in enumerate(funds)
    ]
    names = ["合计"] + [name for _, name in funds]

    def line(item, amounts, concepts):
        return [
            money(a, amount, concept, f"{item} × {name}") for amount, concept, name in zip(amounts, concepts, names)
        ]

    right = []
    classes = a.by_class()
    for at, name in enumerate(a.classes):
        leaves = classes.get(name, [])
        general = sum((x.total - x.own for x in leaves if not x.fund), ZERO)
        fund = sum((x.total for x in leaves if x.fund), ZERO)
        right.append(
            (f"{ORDINALS[at]}、{name}", line(name, [general + fund, general, fund, ZERO], ["expenditure.function"] * 4))
        )
    spent, total = a.general + a.fund, a.appropriation + a.opening
    fund_total = a.income.get("government_fund", ZERO)
    left_foot = [
        ("本年收入合计", [money(a, a.appropriation, "income.appropriation", "本年收入合计 × 决算数")]),
        ("年初财政拨款结转和结余", [money(a, a.opening, "balance.opening", "年初财政拨款结转和结余 × 决算数")]),
        ("总计", [money(a, total, "appropriation.income_total", "收入总计 × 决算数")]),
    ]
    right_foot = [
        (
            "本年支出合计",
            line(
                "本年支出合计",
                [spent, a.general, a.fund, ZERO],
                ["appropriation.expenditure", "general_budget.expenditure", "government_fund.expenditure", ""],
            ),
        ),
        (
            "年末财政拨款结转和结余",
            line(
                "年末财政拨款结转和结余",
                [total - spent, total - spent - fund_total + a.fund, fund_total - a.fund, ZERO],
                ["balance.closing", "", "government_fund.closing", ""],
            ),
        ),
        (
            "总计",
            line(
                "支出总计",
                [total, total - fund_total, fund_total, ZERO],
                ["appropriation.expenditure_total", "", "", ""],
            ),
        ),
    ]
    head_count = len(rows)
    rows += summary_sides(a, style, left, right, left_foot, right_foot, 4, 1)
    widths = [4.1, 1.3, 3.8, 4.1, 1.3, 3.8, 3.8, 3.0, 2.4] if style.row_numbers else [5, 3.4, 5, 3.4, 3.4, 2.8, 2.4]
    return finish(title, rows, widths, style, head_count)


def general_expenditure(accounts, style, title="一般公共预算财政拨款支出决算表", total_last=False):
    """公开05表: general public budget expenditure, basic and project."""
    a = accounts
    columns = ["本年支出合计", "基本支出", "项目支出"]
    rows = code_heads(style, [[head(name, 1, 3) for name in columns], [], []])
    rows += numbered(style, 3, "栏次")

    def line(item, leaves, concepts, note=""):
        basic = sum((x.basic - x.own for x in leaves), ZERO)
        project = sum((x.project for x in leaves), ZERO)
        return [
            money(a, amount, concept, f"{item} × {name}（一般公共预算财政拨款）", note=note)
            for amount, concept, name in zip([basic + project, basic, project], concepts, columns)
        ]

    def general(leaf):
        return not leaf.fund

    total = [head("合计", 4 if style.three_code_columns else 2)] + line(
        "合计",
        [x for x in a.leaves if general(x)],
        ["general_budget.expenditure", "general_budget.basic", "expenditure.project"],
    )
    body = function_rows(
        a, style, general, lambda code, path, leaves: line(path, leaves, ["expenditure.function"] * 3, f"code={code}")
    )
    head_count = len(rows)
    rows += body + [total] if total_last else [total] + body
    return finish(title, rows, code_widths(style) + [3.4, 3.4, 3.4], style, head_count)


def general_basic(accounts, style, title="一般公共预算财政拨款基本支出决算表"):
    """公开06表: basic expenditure by economic class, in two groups of code, name and amount."""
    a = accounts
    personnel = [row for row in a.economic if row[0][:3] in ("301", "303")]
    public = [row for row in a.economic if row[0][:3] not in ("301", "303")]

    def cells(row):
        if row is None:
            return [label(""), label(""), Cell("")]
        code, name, amount = row
        if len(code) == 3:
            amount = a.economic_sum(code)
        return [
            Cell(f"{{{code}|id}}", header=True),
            label(style.label(name)),
            money(a, amount, "expenditure.economic", f"{name} × 金额", note=f"code={code}"),
        ]

    rows = [
        [head("人员经费", 3), head("公用经费", 3)],
        [head("科目\n编码"), head("科目名称"), head("金额"), head("科目\n编码"), head("科目名称"), head("金额")],
    ]
    for at in range(max(len(personnel), len(public))):
        rows.append(
            cells(personnel[at] if at < len(personnel) else None) + cells(public[at] if at < len(public) else None)
        )
    people = a.economic_sum("301", "303")
    rows.append(
        [
            head("人员经费合计", 2),
            money(a, people, "general_budget.personnel", "人员经费合计 × 金额"),
            head("公用经费合计", 2),
            money(a, a.general_basic - people, "general_budget.public_use", "公用经费合计 × 金额"),
        ]
    )
    rows.append(
        [
            head("合计", 2),
            Cell(money(a, a.general_basic, "general_budget.basic", "合计 × 金额").marked, 4, align="center"),
        ]
    )
    return finish(title, rows, [2, 6, 3, 2, 6, 3], style, 2)


THREE_PUBLIC = [
    ("total", "合计"),
    ("abroad", "因公出国（境）费"),
    ("vehicle", "公务用车购置及运行费小计"),
    ("vehicle.purchase", "公务用车购置费"),
    ("vehicle.operation", "公务用车运行费"),
    ("reception", "公务接待费"),
]


def three_public_amounts(accounts, column):
    """{concept suffix: amount}, budget (0) or executed (1), with the sums."""
    t = {key: pair[column] for key, pair in accounts.three_public.items()}
    vehicle = t.get("purchase", ZERO) + t.get("operation", ZERO)
    return {
        "total": t.get("abroad", ZERO) + vehicle + t.get("reception", ZERO),
        "abroad": t.get("abroad", ZERO),
        "vehicle": vehicle,
        "vehicle.purchase": t.get("purchase", ZERO),
        "vehicle.operation": t.get("operation", ZERO),
        "reception": t.get("reception", ZERO),
    }


def three_public(accounts, style, title="一般公共预算财政拨款“三公”经费支出决算表"):
    """公开07表: budget left, executed right, one row of data."""
    a, year = accounts, accounts.year
    heads = [[head(f"{year}年度预算数", 6), head(f"{year}年度决算数", 6)], [], []]
    data = []
    for column, (name, phase) in enumerate((("预算数", "adjusted"), ("决算数", "executed"))):
        heads[1] += [
            head("合计", 1, 2),
            head("因公出国\n（境）费", 1, 2),
            head("公务用车购置及运行费", 3),
            head("公务接\n待费", 1, 2),
        ]
        heads[2] += [head("小计"), head("公务用车\n购置费"), head("公务用车\n运行费")]
        amounts = three_public_amounts(a, column)
        data += [
            money(a, amounts[key], f"three_public.{key}", f"{year}年度{name} × {item}", phase)
            for key, item in THREE_PUBLIC
        ]
    numbers = [[number(at) for at in range(1, 13)]] if style.column_numbers else []
    return finish(title, heads + numbers + [data], [2.7, 1.4, 2.7, 1.4, 2.7, 2.5] * 2, style, 3)


def government_fund(accounts, style, title="政府性基金预算财政拨款收入支出决算表"):
    """公开08表: government-managed funds; often empty."""
    a = accounts
    rows = code_heads(
        style,
        [
            [
                head("年初结转\n和结余", 1, 3),
                head("本年收入", 1, 3),
                head("本年支出", 3),
                head("年末结转\n和结余", 1, 3),
            ],
            [head("小计", 1, 2), head("基本支出", 1, 2), head("项目支出", 1, 2)],
            [],
        ],
    )
    rows += numbered(style, 6, "栏次")
    names = ["年初结转和结余", "本年收入", "本年支出小计", "本年支出基本支出", "本年支出项目支出", "年末结转和结余"]

    def line(item, leaves, concepts, note=""):
        spent, gained = sum((x.total for x in leaves), ZERO), sum((x.got for x in leaves), ZERO)
        basic = sum((x.basic for x in leaves), ZERO)
        return [
            money(a, amount, concept, f"{item} × {name}（政府性基金预算财政拨款）", note=note)
            for amount, concept, name in zip(
                [ZERO, gained, spent, basic, spent - basic, gained - spent], concepts, names
            )
        ]

    cover = 4 if style.three_code_columns else 2
    whole = [
        "government_fund.opening",
        "income.government_fund",
        "government_fund.expenditure",
        "expenditure.basic",
        "expenditure.project",
        "government_fund.closing",
    ]
    each = (
        ["government_fund.opening", "income.government_fund"]
        + ["expenditure.function"] * 3
        + ["government_fund.closing"]
    )
    head_count = len(rows)
    rows.append([head("合计", cover)] + line("合计", [x for x in a.leaves if x.fund], whole))
    rows += function_rows(
        a, style, lambda leaf: leaf.fund, lambda code, path, leaves: line(path, leaves, each, f"code={code}")
    )
    return finish(title, rows, code_widths(style) + [2.4, 3, 3, 2.6, 3, 2.8], style, head_count)


def state_capital(accounts, style, title="国有资本经营预算财政拨款支出决算表"):
    """公开09表: state capital operating budget, empty in all samples."""
    rows = code_heads(style, [[head("合计", 1, 3), head("基本支出", 1, 3), head("项目支出", 1, 3)], [], []])
    rows += numbered(style, 3, "栏次")
    head_count = len(rows)
    cells = [
        money(accounts, ZERO, concept, f"合计 × {name}（国有资本经营预算财政拨款）")
        for concept, name in (
            ("state_capital.expenditure", "本年支出合计"),
            ("expenditure.basic", "基本支出"),
            ("expenditure.project", "项目支出"),
        )
    ]
    rows.append([head("合计", 4 if style.three_code_columns else 2)] + cells)
    return finish(title, rows, code_widths(style) + [3.4, 3.4, 3.4], style, head_count)
