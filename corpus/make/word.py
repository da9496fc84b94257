"""Writes a report as .docx: paragraphs with bookmarks, tables with merged cells.

`paint` changes the text of every piece on its way (see `locate`): same length, same widths.
"""

import io
import struct
import zlib
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from model import Chart, Paragraph, Table

FONT = "WenQuanYi Zen Hei"  # its digits are equally wide, which `locate` relies on
FIRST_PLACEHOLDER = 0xE000  # private use: bookmark n is printed as this character + n
PAGE_WIDTH = 9860  # twentieths of a point between the margins


def runs(text, size=None):
    """Runs of one paragraph; line breaks inside are `w:br`."""
    look = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' if size else ""
    breaks = f"<w:r>{look}<w:br/></w:r>"
    parts = [
        f'<w:r>{look}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>' if part else "" for part in text.split("\n")
    ]
    return breaks.join(parts).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')


def paragraph_xml(block, text, marks, placeholder):
    """One paragraph of the body; `marks` numbers the bookmarks, printed if `placeholder`."""
    style = f'<w:pStyle w:val="Heading{block.level}"/>' if block.level else ""
    page = "<w:pageBreakBefore/>" if block.page_break else ""
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9800"/></w:tabs>' if block.leader else ""
    starts = ends = printed = ""
    for name in block.bookmarks:
        marks[0] += 1
        printed += chr(FIRST_PLACEHOLDER + marks[0]) if placeholder else ""
        starts += f'<w:bookmarkStart w:id="{marks[0]}" w:name="{name}"/>'
        ends += f'<w:bookmarkEnd w:id="{marks[0]}"/>'
    return (
        f'<w:p {nsdecls("w")}><w:pPr>{style}{page}{tabs}<w:jc w:val="{block.align}"/></w:pPr>'
        f"{starts}{runs(printed + text)}{ends}</w:p>"
    )


def cell_xml(cell, text, width, merge):
    """One `w:tc`; `merge` is None, "restart" or "continue"."""
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    vertical = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    body = "" if merge == "continue" else runs(text, 16)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{vertical}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{cell.align}"/></w:pPr>{body}</w:p></w:tc>'
    )


def table_xml(table, paint):
    """One `w:tbl` with its merged cells spelled out."""
    scale = PAGE_WIDTH / sum(table.widths)
    widths = [round(width * scale) for width in table.widths]
    covering = {
        (cell.row + r, cell.column): (cell, "continue" if r else "restart" if cell.rows > 1 else None)
        for cell in table.cells()
        for r in range(cell.rows)
    }
    rows = ""
    for at in range(len(table.rows)):
        look = "<w:cantSplit/>"
        if table.repeat_header and at < table.header_rows:
            look += "<w:tblHeader/>"
        rows += f"<w:tr><w:trPr>{look}</w:trPr>"
        for row, column in sorted(spot for spot in covering if spot[0] == at):
            cell, merge = covering[(row, column)]
            width = sum(widths[column : column + cell.columns])
            rows += cell_xml(cell, paint(cell), width, merge)
        rows += "</w:tr>"
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def block_xml(block, paint, marks, placeholder):
    """The elements of one block."""
    if isinstance(block, Chart):
        lines = ["".join(paint(cell) + "\t" for cell in row) for row in block.rows]
        return [paragraph_xml(Paragraph(""), line, marks, placeholder) for line in lines]
    if isinstance(block, Table):
        return [table_xml(block, paint)]
    return [paragraph_xml(block, paint(block), marks, placeholder)]


def grey_png():
    """The smallest picture: one grey pixel."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def bookmark_names(report):
    """The bookmarks in reading order."""
    return [name for piece in report.pieces() for name in getattr(piece, "bookmarks", ())]


def write_docx(report, path, paint, placeholder=False):
    """Writes the report; `paint(piece)` gives the text of a paragraph or cell.

    With `placeholder` every bookmark is also printed as a character, because LibreOffice's .doc
    keeps bookmarks where Tika does not look for them.
    """
    document = docx.Document()
    document.core_properties.title = report.title
    document.core_properties.author = "财务科"
    document.core_properties.comments = ""
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.size = Pt(10.5)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    if report.footer:
        page = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        section.footer.paragraphs[0]._p.append(parse_xml(page))
    body, marks = document.element.body, [0]
    for block in report.blocks:
        for xml in block_xml(block, paint, marks, placeholder):
            body.insert(len(body) - 1, parse_xml(xml))
        if getattr(block, "picture", False):
            inline = document.part.new_pic_inline(io.BytesIO(grey_png()), Mm(20), Mm(10))
            inline.docPr.set("descr", "")
            run = parse_xml(f"<w:r {nsdecls('w')}><w:drawing/></w:r>")
            run[0].append(inline)
            body[len(body) - 2].append(run)
    document.save(path)
