"""Reads a dataset of `juesuan extract` and `juesuan view` as notebooks would, against its datapackage.json.

    read_dataset.py OUT

polars, DuckDB and pandas (through pyarrow) read every table, Parquet or CSV. Each must see the columns that the
descriptor names, decimals as decimals, and the same values to the last digit; rows must point at rows that exist.
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

TABLES = ["documents", "numbers", "facts", "tables", "cells", "checks", "problems", "wide", "panel", "codes"]
POLARS = {"uint32": pl.UInt32, "uint64": pl.UInt64, "int16": pl.Int16, "bool": pl.Boolean, "string": pl.String,
          "decimal(28,6)": pl.Decimal(28, 6)}
DUCKDB = {"uint32": "UINTEGER", "uint64": "UBIGINT", "int16": "SMALLINT", "bool": "BOOLEAN", "string": "VARCHAR",
          "decimal(28,6)": "DECIMAL(28,6)"}


def described(out: Path) -> dict[str, dict]:
    resources = json.loads((out / "datapackage.json").read_text("utf-8"))["resources"]
    assert [resource["name"] for resource in resources] == TABLES, f"datapackage.json describes {resources}"
    return {resource["name"]: resource for resource in resources}


def fields(resource: dict) -> dict[str, str]:
    """Column → type as Parquet knows it."""
    return {field["name"]: field["juesuan:physicalType"] for field in resource["schema"]["fields"]}


def decimals(resource: dict) -> list[str]:
    return [name for name, kind in fields(resource).items() if kind.startswith("decimal")]


def with_polars(out: Path, resource: dict, parquet: bool) -> pl.DataFrame:
    types = {name: POLARS[kind] for name, kind in fields(resource).items()}
    if not parquet:
        return pl.read_csv(out / resource["path"], schema=types)
    frame = pl.read_parquet(out / resource["name"] / "*.parquet")
    assert dict(frame.schema) == types, f"polars sees {resource['name']} as {frame.schema}"
    return frame


def with_duckdb(out: Path, resource: dict, parquet: bool) -> duckdb.DuckDBPyRelation:
    if parquet:
        relation = duckdb.read_parquet(str(out / resource["name"] / "*.parquet"))
    else:
        types = {name: DUCKDB[kind] for name, kind in fields(resource).items()}
        relation = duckdb.read_csv(str(out / resource["path"]), columns=types, header=True)
    seen = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert seen == {name: DUCKDB[kind] for name, kind in fields(resource).items()}, f"DuckDB sees {resource['name']} as {seen}"
    return relation


def with_pandas(out: Path, resource: dict, parquet: bool) -> pd.DataFrame:
    if parquet:
        schema = pq.read_table(out / resource["name"]).schema
        for name in decimals(resource):
            assert schema.field(name).type == pa.decimal128(28, 6), f"pyarrow sees {name} as {schema.field(name).type}"
        return pd.read_parquet(out / resource["name"], engine="pyarrow", dtype_backend="pyarrow")
    converters = {name: (lambda text: Decimal(text) if text else None) for name in decimals(resource)}
    return pd.read_csv(out / resource["path"], converters=converters, keep_default_na=False, na_values=[""], low_memory=False)


def keys_hold(frames: dict[str, pl.DataFrame], resources: dict[str, dict]) -> int:
    """Primary keys tell rows apart, foreign keys name rows; half a key names none."""
    count = 0
    for name, resource in resources.items():
        schema, frame = resource["schema"], frames[name]
        if key := schema.get("primaryKey"):
            assert frame.select(key).is_duplicated().sum() == 0, f"{name}: {key} stands twice"
        for reference in schema.get("foreignKeys", []) + schema.get("juesuan:optionalForeignKeys", []):
            target = frames[reference["reference"]["resource"]].select(reference["reference"]["fields"])
            own = frame.select(reference["fields"]).drop_nulls()
            lost = own.join(target, left_on=reference["fields"], right_on=reference["reference"]["fields"], how="anti")
            assert lost.height == 0, f"{name} points at rows that are not there:\n{lost}"
            count += 1
    return count


def main(out: Path) -> None:
    parquet = not (out / "documents.csv").exists()
    resources = described(out)
    frames = {}
    for name, resource in resources.items():
        frame = frames[name] = with_polars(out, resource, parquet)
        relation = with_duckdb(out, resource, parquet)
        pandas = with_pandas(out, resource, parquet)
        rows = relation.count("*").fetchall()[0][0]
        assert frame.height == rows == len(pandas), f"{name}: {frame.height}, {rows} and {len(pandas)} rows"
        assert list(pandas.columns) == frame.columns, f"pandas sees {name} as {list(pandas.columns)}"
        for column in decimals(resource):
            sums = {
                frame[column].sum() or Decimal(0),
                relation.sum(f'"{column}"').fetchall()[0][0] or Decimal(0),
                sum((value for value in pandas[column] if isinstance(value, Decimal)), Decimal(0)),
            }
            assert len(sums) == 1, f"{name}.{column} adds up to {sums}"
        print(f"{name:10} {frame.height:7} rows, {frame.width:3} columns, {len(decimals(resource))} of decimals")
        if name != "problems":
            assert frame.height > 0, f"{name} is empty"
    references = keys_hold(frames, resources)
    documents, numbers, facts = frames["documents"], frames["numbers"], frames["facts"]
    keyed = facts.join(numbers.select("document", "number", raw_of_number="raw"), on=["document", "number"], how="left")
    wrong = keyed.filter(pl.col("raw") != pl.col("raw_of_number").fill_null(""))
    assert wrong.height == 0, f"facts whose number is another:\n{wrong}"
    assert documents["numbers"].sum() == numbers.height, "documents count other numbers than there are"
    assert documents["facts"].sum() == facts.height, "documents count other facts than there are"
    chosen = frames["panel"].join(facts.select("document", "fact", stated="value"), on=["document", "fact"])
    assert chosen.height == frames["panel"].height and (chosen["value"] == chosen["stated"]).all(), "panel chose other values"
    print(f"polars, DuckDB and pandas agree to the last digit; {references} references hold; documents count their rows")


main(Path(sys.argv[1]))
