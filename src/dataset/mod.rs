//! Rows → Parquet and CSV parts, and the descriptor. Knows polars, nothing of reports.
