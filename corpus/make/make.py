"""Makes the samples of corpus/ anew. See corpus/README.md."""

import importlib
import sys
from pathlib import Path

from convert import FORMS
from locate import convert_painted, locate_cells, locate_numbers, read_identities
from truth import write_sample

CORPUS = Path(__file__).parent.parent


def convert_report(report, name, forms, corpus):
    """Writes one sample for each form below `corpus`."""
    for form in forms:
        texts = convert_painted(report, FORMS[form], placeholder=form == "tika-doc-classic")
        identities = read_identities(texts)
        text = texts[0]
        found = locate_numbers(report, text, identities)
        spans = locate_cells(report, text, identities)
        ending = "xhtml" if form == "tika-xhtml" else "txt"
        write_sample(corpus, f"{form.removesuffix('-classic')}-{name}.{ending}", text, report.tables(), found, spans)


def main(wanted):
    for path in sorted((Path(__file__).parent / "reports").glob("[a-z]*.py")):
        if wanted and path.stem not in wanted:
            continue
        module = importlib.import_module(f"reports.{path.stem}")
        if hasattr(module, "write"):
            module.write(CORPUS)
        else:
            corpus = CORPUS.parent / getattr(module, "PLACE", CORPUS.name)
            convert_report(module.report(), module.NAME, module.FORMS, corpus)


if __name__ == "__main__":
    main(sys.argv[1:])
