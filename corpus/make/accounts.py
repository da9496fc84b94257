"""The accounts of an invented agency: figures that agree with each other, and their printed forms."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

SECTIONS = {  # class and section names (类、款) by code, as the samples need them
    "201": "一般公共服务支出",
    "20101": "人大事务",
    "20103": "政府办公厅（室）及相关机构事务",
    "20129": "群众团体事务",
    "20136": "其他共产党事务支出",
    "204": "公共安全支出",
    "20405": "法院",
    "205": "教育支出",
    "20502": "普通教育",
    "20508": "进修及培训",
    "207": "文化旅游体育与传媒支出",
    "20701": "文化和旅游",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "20808": "抚恤",
    "20811": "残疾人事业",
    "210": "卫生健康支出",
    "21002": "公立医院",
    "21004": "公共卫生",
    "21011": "行政事业单位医疗",
    "211": "节能环保支出",
    "21103": "污染防治",
    "212": "城乡社区支出",
    "21201": "城乡社区管理事务",
    "21208": "国有土地使用权出让收入安排的支出",
    "213": "农林水支出",
    "21303": "水利",
    "21307": "农村综合改革",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "229": "其他支出",
    "22960": "彩票公益金安排的支出",
}
CLASSES = [
    "一般公共服务支出",
    "外交支出",
    "国防支出",
    "公共安全支出",
    "教育支出",
    "科学技术支出",
    "文化旅游体育与传媒支出",
    "社会保障和就业支出",
    "卫生健康支出",
    "节能环保支出",
    "城乡社区支出",
    "农林水支出",
    "交通运输支出",
    "资源勘探工业信息等支出",
    "商业服务业等支出",
    "金融支出",
    "援助其他地区支出",
    "自然资源海洋气象等支出",
    "住房保障支出",
    "粮油物资储备支出",
    "国有资本经营预算支出",
    "灾害防治及应急管理支出",
    "其他支出",
    "债务还本支出",
    "债务付息支出",
    "抗疫特别国债安排的支出",
]
ORDINALS = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
    "二十二",
    "二十三",
    "二十四",
    "二十五",
    "二十六",
]
# Names before the reform of 2019.
OLD_SECTIONS = SECTIONS | {
    "207": "文化体育与传媒支出",
    "20805": "行政事业单位离退休",
    "210": "医疗卫生与计划生育支出",
    "21005": "医疗保障",
}
OLD_CLASSES = [
    "一般公共服务支出",
    "外交支出",
    "国防支出",
    "公共安全支出",
    "教育支出",
    "科学技术支出",
    "文化体育与传媒支出",
    "社会保障和就业支出",
    "医疗卫生与计划生育支出",
    "节能环保支出",
    "城乡社区支出",
    "农林水支出",
    "交通运输支出",
    "资源勘探信息等支出",
    "商业服务业等支出",
    "金融支出",
    "援助其他地区支出",
    "国土海洋气象等支出",
    "住房保障支出",
    "粮油物资储备支出",
    "其他支出",
    "债务还本支出",
    "债务付息支出",
]
ZERO = Decimal(0)


def d(text):
    """A decimal from what is printed."""
    return Decimal(text)


def percent(part, whole, places=2):
    """`part` of `whole` in percent, rounded half up as spreadsheets do."""
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@dataclass
class Leaf:
    """One item (项) of the functional classification, in the unit of the report."""

    code: str
    name: str
    basic: Decimal = ZERO
    project: Decimal = ZERO
    own: Decimal = ZERO  # of basic + project, what other income than appropriations paid
    other: Decimal = ZERO  # of own, what is other income (其他收入); the rest is fees (事业收入)
    approved: Decimal = ZERO  # budget at the beginning of the year
    fund: bool = False  # government-managed fund
    received: Decimal = None  # income of the year for this item; as much as was spent if not given

    @property
    def total(self):
        return self.basic + self.project

    @property
    def got(self):
        return self.total if self.received is None else self.received


@dataclass
class Accounts:
    """Everything the nine statements and the narrative need."""

    year: int
    unit: str
    leaves: list
    income: dict  # field of `Statement.INCOME` → amount
    opening: Decimal = ZERO
    economic: list = field(default_factory=list)  # (code, name, amount) of basic expenditure, general budget
    three_public: dict = field(default_factory=dict)  # abroad, purchase, operation, reception → (budget, executed)
    commas: bool = False
    zero: str = ""  # how a statement prints nothing
    balancing: str = "30299"  # economic item that takes what is left of basic expenditure

    def __post_init__(self):
        left = self.general_basic - self.economic_sum("301", "302", "303", "310")
        self.economic = [
            (code, name, amount + left if code == self.balancing else amount) for code, name, amount in self.economic
        ]
        received, own = self.sum("got"), self.sum("own")
        if self.sum("other") != self.income.get("other", ZERO):
            raise ValueError("accounts: other income of the items differs from the total")
        if received != self.income_total or own != self.income_total - self.appropriation or self.closing < 0:
            raise ValueError(
                f"accounts: received {received}, income {self.income_total}, own {own}, closing {self.closing}"
            )
        if self.economic and self.economic_sum(self.balancing[:3]) <= left or left < 0:
            raise ValueError(f"accounts: {left} left for {self.balancing}")

    @property
    def sections(self):
        return OLD_SECTIONS if self.year < 2019 else SECTIONS

    @property
    def classes(self):
        return OLD_CLASSES if self.year < 2019 else CLASSES

    @property
    def times(self):
        return "万" if self.unit == "万元" else ""

    def show(self, amount, places=2):
        """An amount as the report prints it."""
        amount = Decimal(amount)
        return f"{amount:,.{places}f}" if self.commas else f"{amount:.{places}f}"

    def sum(self, attribute="total", where=lambda leaf: True):
        return sum((getattr(leaf, attribute) for leaf in self.leaves if where(leaf)), ZERO)

    @property
    def income_total(self):
        return sum(self.income.values(), ZERO)

    @property
    def expenditure(self):
        return self.sum()

    @property
    def closing(self):
        return self.income_total + self.opening - self.expenditure

    @property
    def appropriation(self):
        return sum((self.income.get(key, ZERO) for key in ("general_budget", "government_fund", "state_capital")), ZERO)

    @property
    def general(self):
        """General public budget expenditure."""
        return self.sum(where=lambda leaf: not leaf.fund) - self.sum("own", lambda leaf: not leaf.fund)

    @property
    def general_basic(self):
        """Basic expenditure from the general public budget (other income pays basic expenditure first)."""
        return self.sum("basic", lambda leaf: not leaf.fund) - self.sum("own", lambda leaf: not leaf.fund)

    @property
    def fund(self):
        return self.sum(where=lambda leaf: leaf.fund)

    def economic_sum(self, *prefixes):
        return sum((amount for code, _, amount in self.economic if len(code) > 3 and code[:3] in prefixes), ZERO)

    def tree(self, where=lambda leaf: True):
        """(code, path, leaves below) of every class, section and item in printed order."""
        rows = []
        for leaf in sorted(filter(where, self.leaves), key=lambda leaf: leaf.code):
            for length in (3, 5):
                code = leaf.code[:length]
                if not any(row[0] == code for row in rows):
                    path = "/".join(self.sections[code[:size]] for size in (3, 5)[: length // 2])
                    rows.append((code, path, [x for x in self.leaves if where(x) and x.code.startswith(code)]))
            path = f"{self.sections[leaf.code[:3]]}/{self.sections[leaf.code[:5]]}/{leaf.name}"
            rows.append((leaf.code, path, [leaf]))
        return rows

    def by_class(self, where=lambda leaf: True):
        """{class name: leaves}."""
        return {path: leaves for code, path, leaves in self.tree(where) if len(code) == 3}
