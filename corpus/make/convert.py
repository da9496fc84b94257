"""Sends a .docx through the real converters: LibreOffice, Apache Tika, pdftotext, pandoc, python-docx."""

import html
import re
import subprocess

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from iscc_tika import Extractor


def office(path, kind):
    """LibreOffice: .docx → .doc or .pdf beside it."""
    subprocess.run(
        ["soffice", "--headless", "--convert-to", kind, "--outdir", path.parent, path],
        check=True,
        capture_output=True,
    )
    return path.with_suffix("." + kind)


def tika_xhtml(path):
    """Apache Tika's XHTML of any file."""
    reader, _ = Extractor().set_xml_output(True).extract_file(str(path))
    data = bytearray()
    while chunk := reader.read(1 << 16):
        data += chunk
    return data.decode("utf-8")


def tika_text(xhtml):
    """What Tika's RichTextContentHandler writes for the same events: text, bookmarks, images."""
    body = xhtml[xhtml.index("<body>") + 6 : xhtml.index("</body>")]
    body = re.sub(r'<a name="([^"]*)" ?/>', r"[bookmark: \1]", body)
    body = re.sub(r'<img (?:[^>]*alt="([^"]*)")?[^>]*>', r"[image: \1]", body)
    return html.unescape(re.sub(r"<[^>]*>", "", body))


def pdftotext(path):
    """poppler's `pdftotext -layout`."""
    done = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def classic(xhtml):
    """A .doc as Tika 1 wrote it: one line break after a paragraph, where today's Tika leaves two."""
    return xhtml.replace("\n</p>", "</p>").replace("\n</h", "</h")


def office_text(path):
    """LibreOffice's plain text: a cell on each line, nothing between rows."""
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", path.parent, path],
        check=True,
        capture_output=True,
    )
    return path.with_suffix(".txt").read_text("utf-8-sig")


def pandoc(path):
    """pandoc's plain text: columns of spaces, lines drawn around them."""
    command = ["pandoc", "-f", "docx", "-t", "plain", "--wrap=none", path]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def joined_cells(path):
    """What scripts over python-docx write: a row on each line, ` | ` between cells, merged ones repeated."""
    lines = []
    document = docx.Document(path)
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            lines.append(Paragraph(element, document).text)
        elif element.tag.endswith("}tbl"):
            rows = Table(element, document).rows
            lines.extend(" | ".join(cell.text.replace("\n", " ") for cell in row.cells) for row in rows)
    return "\n".join(lines)


FORMS = {
    "tika-doc-classic": lambda path: tika_text(classic(tika_xhtml(office(path, "doc")))),
    "tika-doc": lambda path: tika_text(tika_xhtml(office(path, "doc"))),
    "tika-docx": lambda path: tika_text(tika_xhtml(path)),
    "tika-xhtml": tika_xhtml,
    "pdftotext": lambda path: pdftotext(office(path, "pdf")),
    "tika-pdf": lambda path: tika_text(tika_xhtml(office(path, "pdf"))),
    "office-text": office_text,
    "pandoc": pandoc,
    "joined-cells": joined_cells,
}
