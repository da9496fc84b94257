"""Sends a .docx through the real converters: LibreOffice, Apache Tika, pdftotext."""

import html
import re
import subprocess

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


FORMS = {
    "tika-doc-classic": lambda docx: tika_text(classic(tika_xhtml(office(docx, "doc")))),
    "tika-doc": lambda docx: tika_text(tika_xhtml(office(docx, "doc"))),
    "tika-docx": lambda docx: tika_text(tika_xhtml(docx)),
    "tika-xhtml": tika_xhtml,
    "pdftotext": lambda docx: pdftotext(office(docx, "pdf")),
    "tika-pdf": lambda docx: tika_text(tika_xhtml(office(docx, "pdf"))),
}
