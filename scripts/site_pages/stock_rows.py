"""Rows of Datasette's own pages as an Excel file: a sheet that says what they are, and the rows."""

from typing import Any

from scripts.site_pages.exports import about
from scripts.site_pages.page import Page
from scripts.site_pages.reading import Site
from scripts.site_pages.workbook import workbook


def plain(cell: Any) -> Any:
    """A cell as the table has it: of a reference with its label, the id alone; bytes as hexadecimal digits."""
    value = cell["value"] if isinstance(cell, dict) else cell
    return value.hex() if isinstance(value, bytes) else value


def kept(shown: int, data: dict[str, Any]) -> str:
    """How many rows the file holds, and that there are more where they were cut."""
    whole = data.get("filtered_table_rows_count")
    chosen = f" {data['human_description_en']}" if data.get("human_description_en") else ""
    if data.get("next") or data.get("truncated"):
        of = f" of {whole}" if whole is not None else ""
        return f"The first {shown}{of} rows{chosen}. The others are in the CSV."
    return f"{shown} row{'' if shown == 1 else 's'}{chosen}."


def as_excel(site: Site, page: Page, columns: list[str], rows: list[list[Any]]) -> bytes:
    """A workbook of the rows of a table or query, and of what a page says of them."""
    sheets = [("about", [list(pair) for pair in about(site, page) if pair[1]])]
    return workbook([*sheets, ("rows", [columns, *([plain(cell) for cell in row] for row in rows)])])
