"""Writes a report the way services write that read scans: headings, pipes or tabs, and their damage.

No converter stands between, so places are known while writing. `Damage` says what goes wrong.
"""

from dataclasses import dataclass, field

from model import Table


@dataclass
class Damage:
    """What the service spoils in one table."""

    layout: str = "tsv"  # or "pipes"
    glue: bool = False  # code and name run together: `2050203 初中教育`
    shift: dict = field(default_factory=dict)  # row → column of a blank cell that is left out
    trim: bool = False  # blank cells at the end of a row are left out


class Writer:
    """Collects the text, and where its numbers and cells stand."""

    def __init__(self):
        self.text, self.found, self.spans = "", [], {}

    def piece(self, piece):
        """The text of a paragraph or cell; line breaks inside become spaces."""
        start = len(self.text)
        self.text += piece.text.replace("\n", " ")
        self.found += [(start + n.start, start + n.start + len(n.raw), n) for n in piece.numbers]
        stripped = piece.text.strip()
        if stripped:
            inner = start + piece.text.index(stripped)
            self.spans[piece.identity] = (inner, inner + len(stripped))

    def row(self, cells, columns, damage, at):
        """One row of a table; what a merged cell covers is left blank."""
        slots = [None] * columns
        for cell in cells:
            slots[cell.column] = cell
        if at in damage.shift:
            del slots[damage.shift[at]]
        if damage.trim:
            while slots and (slots[-1] is None or not slots[-1].text):
                slots.pop()
        pipes = damage.layout == "pipes"
        self.text += "| " if pipes else ""
        if damage.glue and slots[0] and slots[0].text[:1].isdigit():
            self.piece(slots[0])
            self.text += " "
            name = next(at for at in range(1, len(slots)) if slots[at])
            slots = [slots[name]] + slots[1:name] + slots[name + 1 :]
        for number, cell in enumerate(slots):
            if cell:
                self.piece(cell)
            self.text += "" if number == len(slots) - 1 else " | " if pipes else "\t"
        self.text += " |\n" if pipes else "\n"

    def table(self, table, damage):
        """All rows; after the first of a piped table stands the alignment row."""
        columns = len(table.widths)
        for at, cells in enumerate(table.rows):
            self.row(cells, columns, damage, at)
            if damage.layout == "pipes" and at == 0:
                self.text += "|" + " --- |" * columns + "\n"
        self.text += "\n"


def write_report(report, damages, headings=True):
    """(text, found, spans) of a report; `damages` in the order of its tables."""
    writer, damages = Writer(), iter(damages)
    for block in report.blocks:
        if isinstance(block, Table):
            writer.table(block, next(damages))
            continue
        writer.text += "#" * block.level + " " if headings and block.level else ""
        writer.piece(block)
        writer.text += "\n\n"
    return writer.text, writer.found, writer.spans
