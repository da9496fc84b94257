"""What a report says and what each of its numbers means, written once.

A report is a list of blocks: `Paragraph` and `Table`. Their text carries the annotation of every
number in braces, which are cut before anybody sees the text:

    {203.47|c|income.total+expenditure.total|收、支总计}万元

is the number 203.47, measure `change`, stating two concepts, its item, its unit read from the text
that follows. A fifth field holds what differs from the usual, `phase=approved;note=…`. Numbers that
are no figures carry their class alone: `{12|thr}`. Years, dates, list numbers and document numbers
(〔2018〕62号) need no braces; any other bare number is an error.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

NUMBER = re.compile(r"[0-9０-９]+")
MARKED = re.compile(r"\{([^{}]*)\}")
CLASSES = {
    "ord": "ordinal",
    "id": "identifier",
    "per": "period",
    "thr": "threshold",
    "axis": "axis",
    "art": "artefact",
}
MEASURES = {
    "a": "amount",
    "s": "share",
    "c": "change",
    "g": "growth",
    "e": "execution_rate",
    "n": "count",
    "p": "score",
    "r": "rate",
    "l": "lower",
    "u": "upper",
}
UNITS = {
    "元": "CNY",
    "人次": "person_time",
    "人（次）": "person_time",
    "人": "person",
    "名": "person",
    "%": "percent",
    "％": "percent",
    "辆": "vehicle",
    "台（套）": "set",
    "台": "set",
    "套": "set",
    "批次": "batch",
    "批": "batch",
    "个团组": "group",
    "平方米": "square_metre",
    "分": "point",
    "个百分点": "百分点",
}
MULTIPLIERS = {"": 1, "千": 1000, "万": 10000, "百万": 1000000, "亿": 100000000}
UNIT_AHEAD = re.compile(
    r"\s*(?:余|多|来)?\s*(百万|千|万|亿)?(?:余|多)?\s*("
    + "|".join(sorted(UNITS, key=len, reverse=True))
    + r"|公里|[家个项次件条份处场亩户所张名期篇本座只株吨倍册])"
)
# Concepts that describe a stock or a rating: their phase stays empty.
WITHOUT_PHASE = ("assets.", "staff.", "performance.", "three_public.vehicle.owned")
BARE = [
    (re.compile(r"〔([0-9０-９]{4})〕"), "identifier"),
    (re.compile(r"〔[0-9０-９]{4}〕([0-9０-９]+)号"), "identifier"),
    (re.compile(r"公开\s?([0-9]{2})\s?表"), "identifier"),
    (re.compile(r"([0-9０-９]+)\s*(?:年|月|日)"), "period"),
    (re.compile(r"^\s*([0-9０-９]+)[、.．]"), "ordinal"),
    (re.compile(r"[（(]([0-9０-９]{1,2})[)）]"), "ordinal"),
    (re.compile(r"(?:图|附件|附表)([0-9０-９]+)"), "ordinal"),
]


def number_tokens(text):
    """Every number of `text` as (start, end), by the rule of the ledger."""
    tokens, at = [], 0
    while match := NUMBER.search(text, at):
        end = match.end()
        if end - match.start() <= 3:
            end += len(re.match(r"(?:,[0-9]{3}(?![0-9０-９])|，[０-９]{3}(?![0-9０-９]))*", text[end:])[0])
        fraction = re.match(r"[.．][0-9０-９]+", text[end:])
        if fraction:
            end += fraction.end()
        tokens.append((match.start(), end))
        at = end
    return tokens


def half_width(raw):
    """`raw` with full-width digits and marks folded."""
    return "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in raw)


def plain(value):
    """A decimal as the truth prints it: no exponent, no trailing zeros."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@dataclass
class Number:
    """One number of the report and its annotation, the columns of `figures.csv`."""

    raw: str
    kind: str
    value: str = ""
    unit: str = ""
    concept: str = ""
    item: str = ""
    measure: str = ""
    phase: str = ""
    period: str = ""
    base_period: str = ""
    flags: str = ""
    note: str = ""
    start: int = 0
    identity: int = 0


def read_options(text):
    """`phase=approved;note=…` → dict; the last of several with one name holds."""
    return dict(part.split("=", 1) for part in text.split(";") if part)


def read_unit(options, ahead, where):
    """Unit and multiplier: given, or read from the text after the number."""
    if "unit" in options:
        return options["unit"], MULTIPLIERS[options.get("times", "")]
    match = UNIT_AHEAD.match(ahead)
    if not match:
        raise ValueError(f"no unit after the number: {where}")
    return UNITS.get(match[2], match[2]), MULTIPLIERS[match[1] or ""]


def read_number(body, ahead, year, where):
    """The annotation in one pair of braces."""
    fields = body.split("|")
    raw, code = fields[0], fields[1]
    if code in CLASSES:
        note = read_options(fields[2]).get("note", "") if len(fields) > 2 else ""
        return Number(raw, CLASSES[code], note=note)
    fields += [""] * (5 - len(fields))
    concept, item, options = fields[2].replace("+", "|"), fields[3], read_options(fields[4])
    unit, times = read_unit(options, ahead, where)
    measure, negative = MEASURES[code.rstrip("-")], code.endswith("-")
    value = Decimal(half_width(raw).replace(",", "")) * times
    value = Decimal(options["value"]) if "value" in options else -value if negative else value
    phase = "executed" if concept and not concept.startswith(WITHOUT_PHASE) else ""
    base = str(year - 1) if measure in ("change", "growth") else ""
    return Number(
        raw,
        "figure",
        plain(value),
        unit,
        concept,
        item,
        measure,
        options.get("phase", phase),
        options.get("period", str(year)),
        options.get("base", base),
        options.get("flags", "").replace("+", "|"),
        options.get("note", ""),
    )


def read_text(marked, year):
    """Marked text → (plain text, its numbers in order)."""
    text, numbers, at = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        ahead = MARKED.sub(lambda m: m[1].split("|")[0], marked[match.end() : match.end() + 60])
        number = read_number(match[1], ahead, year, marked)
        number.start = len(text)
        numbers.append(number)
        text += number.raw
        at = match.end()
    text += marked[at:]
    marked_at = {number.start: number for number in numbers}
    found = []
    for start, end in number_tokens(text):
        number = marked_at.pop(start, None) or bare_number(text, start, end)
        if number is None or number.raw != text[start:end]:
            raise ValueError(f"number without annotation: {text[start:end]} in {text}")
        number.start = start
        found.append(number)
    if marked_at:
        raise ValueError(f"braces around no number: {list(marked_at.values())} in {text}")
    return text, found


def bare_number(text, start, end):
    """The class that a number without braces has from its surroundings."""
    for pattern, kind in BARE:
        for match in pattern.finditer(text):
            if match.span(1) == (start, end):
                return Number(text[start:end], kind)
    return None


@dataclass
class Paragraph:
    """A paragraph; `level` makes it a heading, `bookmarks` name it."""

    marked: str
    level: int = 0
    bookmarks: tuple = ()
    align: str = "left"
    page_break: bool = False
    leader: bool = False  # a line of a contents list: text, tab, page number
    picture: bool = False  # an image without a description before the text
    text: str = ""
    numbers: list = field(default_factory=list)
    identity: int = 0


@dataclass
class Cell:
    """A cell of a table; its text may have line breaks and blank lines."""

    marked: str = ""
    columns: int = 1
    rows: int = 1
    header: bool = False
    align: str = "left"
    row: int = 0
    column: int = 0
    text: str = ""
    numbers: list = field(default_factory=list)
    identity: int = 0


@dataclass
class Table:
    """A table as the reader of the document sees it; `rows` hold cells, merged ones once."""

    title: str
    kind: str
    rows: list
    widths: list
    header_rows: int = 0
    repeat_header: bool = False

    def cells(self):
        """All cells, row by row."""
        return [cell for row in self.rows for cell in row]

    def place(self):
        """Gives every cell its row and column; fails if the grid has holes or overlaps."""
        taken = set()
        for at, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (at, column) in taken:
                    column += 1
                cell.row, cell.column = at, column
                spots = {(at + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                if spots & taken:
                    raise ValueError(f"{self.title}: overlap at row {at}, column {column}")
                taken |= spots
        if len({id(cell) for cell in self.cells()}) != len(self.cells()):
            raise ValueError(f"{self.title}: one cell stands twice")
        if len(taken) != len(self.rows) * len(self.widths):
            raise ValueError(f"{self.title}: {len(taken)} spots, expected {len(self.rows)} × {len(self.widths)}")


@dataclass
class Chart(Table):
    """A chart's data as Tika dumps it after the text: a paragraph for each row, a tab after each cell."""

    def place(self):
        """Cells keep the row and column that the author gave them, those of the chart's data."""


class Report:
    """The blocks of one report, with the annotation of every number."""

    def __init__(self, year, blocks, footer=False, title=""):
        self.year, self.blocks, self.footer, self.title = year, blocks, footer, title
        pieces = self.pieces()
        for piece in pieces:
            piece.text, piece.numbers = read_text(piece.marked, year)
        for table in self.tables():
            table.place()
        identity = 0
        for thing in pieces + [number for piece in pieces for number in piece.numbers]:
            identity += 1 + (identity == 3332)
            thing.identity = identity
        if identity > 9999:
            raise ValueError("too many pieces for four digits")

    def tables(self):
        """The tables in reading order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    def pieces(self):
        """Paragraphs and cells in reading order."""
        return [piece for block in self.blocks for piece in (block.cells() if isinstance(block, Table) else [block])]
