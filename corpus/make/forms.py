"""The cells that all statements are made of, and how a region prints its forms.

`Style` chooses row numbers, column numbers and where the codes stand; the statements themselves are
in `statements`.
"""

from dataclasses import dataclass

from model import Cell, Paragraph, Table


@dataclass
class Style:
    """How a region prints its forms."""

    row_numbers: bool = True  # 行次
    column_numbers: bool = True  # 栏次
    three_code_columns: bool = False  # 类 款 项
    name_breaks: int = 0  # a line break after so many characters of a long label (multi-line cells)
    repeat_header: bool = False

    def label(self, text):
        """A label, with a line break where the form has one."""
        if self.name_breaks and len(text) > self.name_breaks + 1:
            return text[: self.name_breaks] + "\n" + text[self.name_breaks :]
        return text


def head(text, columns=1, rows=1):
    return Cell(text, columns, rows, True, "center")


def label(text, columns=1):
    return Cell(text, columns, 1, True)


def number(row):
    """A row or column number."""
    return Cell(f"{{{row}|id}}", 1, 1, True, "center")


def beside(style, text="", rows=1):
    """The heading of the column 行次, if the style has one."""
    return [head(text, 1, rows)] if style.row_numbers else []


def code_cells(style, code):
    """The cell of a functional code; over three columns where 类, 款 and 项 have their own."""
    return Cell(f"{{{code}|id}}", 3 if style.three_code_columns else 1, 1, True)


def money(accounts, amount, concept, item, phase="executed", note="", flags="", shown=None):
    """A data cell; nothing, or what the region prints for nothing, if `amount` is zero."""
    text = shown or (accounts.show(amount) if amount else accounts.zero)
    if not any(char.isdigit() for char in text):
        return Cell(text, align="right")
    options = f"unit=CNY;times={accounts.times};phase={phase};note={note};flags={flags}"
    return Cell(f"{{{text}|a|{concept}|{item}|{options}}}", align="right")


def code_heads(style, below):
    """Heading cells over code and name: rows of the head, to which `below` adds columns."""
    if style.three_code_columns:
        rows = [
            [head("项目", 4)],
            [head("功能分类科目编码", 3), head("科目名称", 1, 2)],
            [head("类"), head("款"), head("项")],
        ]
    else:
        rows = [[head("项目", 2)], [head("功能分类\n科目编码"), head("科目名称")]]
        for cell in (cell for row in below for cell in row):
            cell.rows = max(1, cell.rows - 1)
    for row, more in zip(rows, below):
        row += more
    return rows


def numbered(style, names, first, start=1, cover=None):
    """The row 栏次 under a head, if the style has it."""
    cover = cover or (4 if style.three_code_columns else 2)
    return [[head(first, cover)] + [number(start + at) for at in range(names)]] if style.column_numbers else []


def function_rows(accounts, style, where, values):
    """Rows of the functional classification; `values(path, leaves)` gives the data cells."""
    rows = []
    for code, path, leaves in accounts.tree(where):
        rows.append([code_cells(style, code), label(style.label(path.split("/")[-1]))] + values(code, path, leaves))
    return rows


def code_widths(style):
    return [1, 1, 1.6, 5.8] if style.three_code_columns else [3, 6.4]


def finish(title, rows, widths, style, header_rows):
    return Table(title, "statement", rows, widths, header_rows, style.repeat_header)


def summary_sides(accounts, style, left, right, left_foot, right_foot, right_columns, start):
    """Rows of a two-sided statement: lists of (label, cells) of unequal length."""
    height = max(len(left), len(right))
    blank = ("", [Cell("")]), ("", [Cell("") for _ in range(right_columns)])
    left += [blank[0]] * (height - len(left))
    right += [blank[1]] * (height - len(right))
    left, right = left + left_foot, right + right_foot
    rows = []
    for at, ((left_label, left_cells), (right_label, right_cells)) in enumerate(zip(left, right)):
        marks = ([number(start + at)], [number(start + len(left) + at)]) if style.row_numbers else ([], [])
        left_cells = [Cell("") if cell.marked == "" else cell for cell in left_cells]
        right_cells = [Cell("") if cell.marked == "" else cell for cell in right_cells]
        rows.append([label(left_label)] + marks[0] + left_cells + [label(right_label)] + marks[1] + right_cells)
    return rows


def misprint(table, item, old, new, flags, note, meant=None):
    """Prints `new` instead of `old` in the data cell of `item`: a clerk's or a scanner's mistake.

    Its value is what is printed; `meant` overrides it where the print is no number of its own.
    """
    for cell in table.cells():
        if cell.marked.startswith(f"{{{old}|a|") and f"|{item}|" in cell.marked:
            value = f";value={meant}" if meant else ""
            marked = cell.marked.replace(f"{{{old}|", f"{{{new}|")
            cell.marked = marked[:-1] + f";flags={flags};note={note}{value}}}"
            return table
    raise ValueError(f"{table.title}: no cell {item} with {old}")


def form_lines(table, form, unit, agency, page_break=True):
    """The lines printed above a statement."""
    return [
        Paragraph(table.title, align="center", page_break=page_break),
        Paragraph(f"公开{form:02}表", align="right"),
        Paragraph(f"部门：{agency}" + "\u3000" * 6 + f"金额单位：{unit}"),
    ]
