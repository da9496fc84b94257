"""Writes a sample and its truth, in the columns of the gold annotation."""

import csv

from model import Number, number_tokens

FIGURES = (
    "id,line,byte_start,byte_end,raw,class,value,unit,concept,item,measure,phase,period,base_period,flags,note"
).split(",")
TABLES = "table,title,kind,row,col,rowspan,colspan,text,byte_start,byte_end,header".split(",")


def byte_offsets(text, encoding):
    """Where each character of `text` starts in the encoded file, and its end."""
    offsets, at = [], len("\ufeff".encode(encoding)) if encoding == "utf-16-le" else 0
    for char in text:
        offsets.append(at)
        at += len(char.encode(encoding))
    return offsets + [at]


def encode(text, encoding):
    """The file's bytes; UTF-16 begins with its byte order mark, as Windows writes it."""
    return ("\ufeff" + text if encoding == "utf-16-le" else text).encode(encoding)


def write_csv(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def figure_rows(text, offsets, found):
    """Rows of figures.csv, checked: every number of the text, once."""
    if [(start, end) for start, end, _ in found] != number_tokens(text):
        raise ValueError("rows and numbers of the text differ")
    for at, (start, end, number) in enumerate(found):
        if isinstance(number, str):
            number = Number(text[start:end], number)
        if number.raw != text[start:end]:
            raise ValueError(f"{number.raw} against {text[start:end]}")
        yield [
            at,
            text.count("\n", 0, start) + 1,
            offsets[start],
            offsets[end],
            number.raw,
            number.kind,
            number.value,
            number.unit,
            number.concept,
            number.item,
            number.measure,
            number.phase,
            number.period,
            number.base_period,
            number.flags,
            number.note,
        ]


def table_rows(tables, offsets, spans):
    """Rows of tables.csv; blank cells have none."""
    for at, table in enumerate(tables, 1):
        for cell in table.cells():
            if cell.identity not in spans:
                continue
            start, end = spans[cell.identity]
            text = "".join(line.strip() for line in cell.text.splitlines())
            yield [
                at,
                table.title,
                table.kind,
                cell.row,
                cell.column,
                cell.rows,
                cell.columns,
                text,
                offsets[start],
                offsets[end],
                int(cell.header),
            ]


def write_sample(corpus, name, text, tables, found, spans, encoding="utf-8"):
    """Writes `name` with its truth below `corpus`, and reads it back."""
    offsets = byte_offsets(text, encoding)
    data = encode(text, encoding)
    stem = name.removesuffix(".txt")
    folder = corpus / "truth" / stem
    folder.mkdir(parents=True, exist_ok=True)
    (corpus / "reports").mkdir(exist_ok=True)
    (corpus / "reports" / name).write_bytes(data)
    figures = list(figure_rows(text, offsets, found))
    for row in figures:
        if data[row[2] : row[3]].decode(encoding) != row[4]:
            raise ValueError(f"{name}: offsets of {row}")
    cells = list(table_rows(tables, offsets, spans))
    write_csv(folder / "figures.csv", FIGURES, figures)
    write_csv(folder / "tables.csv", TABLES, cells)
    kinds = {}
    for row in figures:
        kinds[row[5]] = kinds.get(row[5], 0) + 1
    apart = sum("".join(data[row[8] : row[9]].decode(encoding).split()) != "".join(row[7].split()) for row in cells)
    print(f"{name}: {len(data)} bytes, {len(figures)} numbers {kinds}, {len(cells)} cells, {apart} in parts")
