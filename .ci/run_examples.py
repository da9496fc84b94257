"""Runs the SQL and Python blocks of Markdown files, from the folder that holds `out`.

    run_examples.py FILE...

Every SQL block must give rows; every Python block must run to its end.
"""

import re
import sys
from pathlib import Path

import duckdb


def main(paths: list[str]) -> None:
    for path in paths:
        blocks = re.findall(r"^```(sql|python)\n(.*?)^```$", Path(path).read_text("utf-8"), re.MULTILINE | re.DOTALL)
        assert blocks, f"{path} has no SQL or Python block"
        for place, (language, code) in enumerate(blocks, 1):
            try:
                if language == "python":
                    exec(compile(code, f"{path}, block {place}", "exec"), {})
                    print(f"{path}, block {place}: Python runs")
                else:
                    rows = duckdb.sql(code).fetchall()
                    assert rows, "no row"
                    print(f"{path}, block {place}: {len(rows)} rows")
            except Exception as error:
                sys.exit(f"{path}, block {place} fails: {error}\n{code}")


main(sys.argv[1:])
