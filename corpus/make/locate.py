"""Finds every number and cell of a report in what a converter made of it, by construction.

The report is converted once as it is and five times painted: in painting `n` every digit of a
number is replaced by the n-th digit of that number's identity, every Chinese character of a cell or
paragraph by one of ten characters standing for the n-th digit of that piece's identity. Widths and
line breaks stay the same, so the six texts have the same characters in the same order, and the five
painted texts read at one place spell the identity of what stands there. Nothing is searched for, so
it cannot be found at the wrong place, however a converter reorders rows and cells.
"""

import re
import tempfile
from pathlib import Path

from model import Paragraph, number_tokens
from word import FIRST_PLACEHOLDER, bookmark_names, write_docx

INK = "甲乙丙丁戊己庚辛壬癸"
HAN = re.compile(r"[\u4e00-\u9fff]")
DIGIT = re.compile(r"[0-9０-９]")
PAINTINGS = 5


def identity_digits(identity):
    """Four digits and a check digit; text that nobody painted never passes the check."""
    digits = [int(d) for d in f"{identity:04}"]
    return digits + [(sum(digits) + 1) % 10]


def painter(layer):
    """The text of a piece in painting `layer`; None leaves it as it is."""

    def paint(piece):
        if layer is None:
            return piece.text
        ink = INK[identity_digits(piece.identity)[layer]]
        text = list(HAN.sub(ink, piece.text))
        for number in piece.numbers:
            digit = identity_digits(number.identity)[layer]
            for at in range(number.start, number.start + len(number.raw)):
                if DIGIT.match(text[at]):
                    text[at] = chr(ord("０" if text[at] >= "０" else "0") + digit)
        return "".join(text)

    return paint


def body_start(text):
    """Where the report's own text starts: after the head of an XHTML file."""
    return text.find("<body") + 1 if "<body" in text else 0


def convert_painted(report, form, placeholder=False):
    """The converted text, and its five painted twins; `placeholder` as in `write_docx`."""
    texts = []
    with tempfile.TemporaryDirectory() as folder:
        for layer in [None, *range(PAINTINGS)]:
            path = Path(folder, "report.docx")
            write_docx(report, path, painter(layer), placeholder)
            text = form(path)
            if placeholder:
                for at, name in enumerate(bookmark_names(report), 1):
                    text = text.replace(chr(FIRST_PLACEHOLDER + at), f"[bookmark: {name}]")
            texts.append(text)
    return texts


def shape(text):
    """Text with all that painting changes blotted out."""
    return DIGIT.sub("0", HAN.sub("字", text))


def visible(text):
    """Places of the characters that are no white space (pdftotext's columns may differ by a space)."""
    return [at for at in range(body_start(text), len(text)) if not text[at].isspace()]


def same_shape(texts, places):
    """Fails where a painted text differs from the first in more than paint."""
    plain = shape("".join(texts[0][at] for at in places[0]))
    for layer, (text, where) in enumerate(zip(texts[1:], places[1:])):
        other = shape("".join(text[at] for at in where))
        if other != plain:
            at = next((i for i, (a, b) in enumerate(zip(plain, other)) if a != b), min(len(plain), len(other)) - 1)
            near = texts[0][max(0, places[0][at] - 60) : places[0][at] + 60]
            raise ValueError(f"painting {layer} changed the layout near: {near!r}")


def read_identities(texts):
    """For each character of the first text, the identity painted there, or None."""
    places = [visible(text) for text in texts]
    same_shape(texts, places)
    found = [None] * len(texts[0])
    for at, *others in zip(*places):
        layers = [text[place] for text, place in zip(texts[1:], others)]
        if DIGIT.match(texts[0][at]):
            digits = [ord(c) - ord("０" if c >= "０" else "0") for c in layers]
        elif HAN.match(texts[0][at]) and all(c in INK for c in layers):
            digits = [INK.index(c) for c in layers]
        else:
            continue
        identity = int("".join(map(str, digits[:4])))
        if digits == identity_digits(identity):
            found[at] = identity
    return found


def leftover_class(text, start, end):
    """Class of a number that the report's author never wrote: bookmarks, markup, page numbers."""
    if re.search(r"\[bookmark: [^\]\n]*$", text[max(0, start - 60) : start]):
        return "identifier"
    tag = text.rfind("<", 0, start)
    if tag > text.rfind(">", 0, start):
        return "identifier" if re.match(r'<a (?:name|href)="#?_', text[tag:start]) else "artefact"
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    if "\x0c" in line:
        line = line.replace("\x0c", "")
    words = re.sub(r"<[^>]*>", "", line).strip()
    if words == text[start:end] or re.fullmatch(r"image[0-9]+\.[a-z]+", words):
        return "artefact"
    if start < body_start(text) and f"{text[start:end]}年" in words:
        return "period"  # the title in the head
    return None


def locate_numbers(report, text, identities):
    """[(start, end, Number or class)], one for every number of `text`; fails on any left over."""
    known = {number.identity: number for piece in report.pieces() for number in piece.numbers}
    found, missing = [], set(known)
    for start, end in number_tokens(text):
        painted = set(identities[at] for at in range(start, end) if DIGIT.match(text[at]))
        number = known.get(painted.pop()) if len(painted) == 1 else None
        if number is not None and number.raw == text[start:end]:
            missing.discard(number.identity)
            found.append((start, end, number))
            continue
        kind = leftover_class(text, start, end)
        if kind is None or number is not None:
            line = text.count("\n", 0, start) + 1
            raise ValueError(
                f"line {line}: {text[start:end]} stands for {number} in {text[max(0, start - 40) : end + 40]!r}"
            )
        found.append((start, end, kind))
    if missing:
        lost = [known[identity].raw for identity in sorted(missing)]
        raise ValueError(f"numbers that the converter lost: {lost}")
    return found


def locate_cells(report, text, identities):
    """{cell identity: (start, end)} in characters of `text`; first occurrence where it is repeated."""
    owner = {}
    for piece in report.pieces():
        owner[piece.identity] = piece
        for number in piece.numbers:
            owner[number.identity] = piece
    places = {}
    for at, identity in enumerate(identities):
        piece = owner.get(identity)
        if piece is not None:
            places.setdefault(piece.identity, []).append(at)
    spans, after = {}, 0
    for piece in report.pieces():
        wanted = re.sub(r"\s", "", piece.text)
        coded = [at for at, char in enumerate(wanted) if HAN.match(char) or DIGIT.match(char)]
        if isinstance(piece, Paragraph) or not wanted:
            if piece.identity in places:
                after = places[piece.identity][-1] + 1
            continue
        if coded:
            here = places[piece.identity][: len(coded)]  # a header repeated on the next page comes later
            start = extend(text, here[0], wanted[: coded[0]], -1)
            end = extend(text, here[-1], wanted[coded[-1] + 1 :], 1) + 1
        else:
            start = text.index(piece.text.strip(), after)
            end = start + len(piece.text.strip())
        spans[piece.identity], after = (start, end), end
    return spans


def extend(text, at, marks, step):
    """Moves `at` over `marks`, the punctuation before (-1) or after (1) the painted characters."""
    for mark in reversed(marks) if step < 0 else marks:
        at += step
        while 0 <= at < len(text) and text[at].isspace():
            at += step
        if text[at : at + 1] != mark:
            rest = text.find(mark, at, at + 200) if step > 0 else text.rfind(mark, max(0, at - 200), at)
            if rest < 0:
                raise ValueError(f"{mark!r} expected near {text[max(0, at - 30) : at + 30]!r}")
            at = rest
    return at
