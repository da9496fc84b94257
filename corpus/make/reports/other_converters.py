"""The report of `one_report` through converters that mark less; for the tests only, not for the sample corpus."""

from reports.one_report import report

NAME = "township"
PLACE = "tests/converters"
FORMS = ["office-text", "pandoc", "joined-cells"]

__all__ = ["FORMS", "NAME", "PLACE", "report"]
