"""Reads a dataset of `juesuan extract` as a notebook would: Parquet through polars, against datapackage.json."""

import json
import sys
from pathlib import Path

import polars as pl

TABLES = ["documents", "numbers", "facts", "tables", "cells", "checks", "problems"]
DECIMALS = {"numbers": ["value"], "facts": ["value"], "checks": ["left", "right", "difference", "tolerance"]}


def main(out: Path) -> None:
    described = {resource["name"] for resource in json.loads((out / "datapackage.json").read_text("utf-8"))["resources"]}
    assert set(TABLES) <= described, f"datapackage.json does not describe {set(TABLES) - described}"
    frames = {table: pl.read_parquet(out / table / "*.parquet") for table in TABLES}
    for table, frame in frames.items():
        print(f"{table:10} {frame.height:7} rows, {frame.width} columns")
        for column in DECIMALS.get(table, []):
            kind = frame.schema[column]
            assert kind == pl.Decimal(28, 6), f"{table}.{column} is {kind}, not Decimal(28, 6)"
    for table in ["documents", "numbers", "facts", "tables", "cells"]:
        assert frames[table].height > 0, f"{table} is empty"
    documents, numbers, facts = frames["documents"], frames["numbers"], frames["facts"]
    keyed = facts.join(numbers.select("document", "number", raw_of_number="raw"), on=["document", "number"], how="left")
    wrong = keyed.filter(pl.col("raw") != pl.col("raw_of_number").fill_null(""))
    assert wrong.height == 0, f"facts whose number is another:\n{wrong}"
    assert documents["numbers"].sum() == numbers.height, "documents count other numbers than there are"
    assert documents["facts"].sum() == facts.height, "documents count other facts than there are"
    print("decimals are Decimal(28, 6), facts point at their numbers, documents count their rows")


main(Path(sys.argv[1]))
