"""Sheets."""
from pathlib import Path

from scripts.differences import Tables
from scripts.package import Package
from scripts.problems import Problem

SHEETS = {".xlsx", ".csv"}


def correction_text(sheet: Path, package: Package, tables: Tables) -> tuple[str, str, list[Problem]]:
    """x."""
    raise NotImplementedError
