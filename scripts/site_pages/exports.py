"""What a page shows as JSON, CSV and Excel: every statement with its sources and the answers to it."""

import csv
import io
import json
from dataclasses import asdict
from typing import Any

from scripts.site_pages.page import Answer, Entry, Fact, Mark, Page, Section, Table, Value
from scripts.site_pages.reading import Site
from scripts.site_pages.workbook import workbook

Cells = list[str]
HEAD = ["section", "row_id", "date", "what", "details", "answers", "citations", "passages"]


def address(path: str, form: str) -> str:
    """The address of a page in another form: /persons/P0001.csv, and /home.csv for the first page."""
    return f"{path.rstrip('/') or '/home'}.{form}"


def words(value: Value) -> str:
    """A value with what qualifies it and where it stands."""
    said = f"{value.text} ({value.note})" if value.note and value.text else value.text or value.note
    return " ".join(filter(None, [said, sources(value.marks)[0]]))


def sources(marks: tuple[Mark, ...]) -> tuple[str, str]:
    """Citations in words, and the ids of their passages."""
    return "; ".join(mark.label for mark in marks), " ".join(passage for mark in marks for passage, _ in mark.passages)


def fact_words(fact: Fact) -> str:
    """A fact in words."""
    return f"{fact.label}: {'; '.join(words(value) for value in fact.values)}"


def answer_words(answer: Answer) -> str:
    """An answer in words, with where it stands."""
    said = ". ".join(filter(None, [f"{answer.who}: {answer.what}", answer.when, answer.text]))
    return f"{said} [{sources(answer.marks)[0]}]"


def entry_cells(section: Section, entry: Entry) -> Cells:
    """A statement as one row."""
    details = ". ".join(fact_words(fact) for fact in entry.facts)
    answers = " / ".join(answer_words(answer) for answer in entry.answers)
    return [section.heading, entry.row_id, entry.when, words(entry.title), details, answers, *sources(entry.marks)]


def fact_cells(section: Section, fact: Fact) -> Cells:
    """A fact as one row."""
    said = "; ".join(words(value) for value in fact.values)
    return [section.heading, "", "", fact.label, said, "", *sources(fact.marks)]


def section_rows(section: Section) -> list[Cells]:
    """The facts and statements of a section under HEAD."""
    notes = [[section.heading, "", "", "", note, "", "", ""] for note in section.notes]
    facts = [fact_cells(section, fact) for fact in section.facts]
    return notes + facts + [entry_cells(section, entry) for entry in section.entries]


def table_rows(table: Table) -> list[list[Any]]:
    """A table under its columns' names, numbers as numbers, codes as in the data in every language."""
    rows: list[list[Any]] = [[column.name for column in table.columns]]
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        rows.append([as_number(v.text) if c.is_number else v.code or words(v) for c, v in cells])
    return rows


def as_number(text: str) -> float | int | str:
    """A cell of a column of numbers; its words where it holds none."""
    plain = text.replace("\u202f", "").replace("−", "-")
    try:
        return int(plain)
    except ValueError:
        try:
            return float(plain)
        except ValueError:
            return text


def about(site: Site, page: Page) -> list[tuple[str, str]]:
    """What a copy has to carry: what it is, of which version, from which source, on what terms, and the caveats."""
    t = site.t
    return [
        ("title", page.title),
        ("id", page.row_id),
        ("address", site.path(page.path)),
        ("dataset", f"{t['site_name']}, {t['version']} {site.version}"),
        ("draft", "" if site.project.publisher else t["draft_band"]),
        ("source", site.source["title"]),
        ("source_address", site.source["path"]),
        ("licence", "CC BY 4.0"),
        *(("says", line) for line in (*page.lead, *page.notices)),
    ]


def as_json(site: Site, page: Page) -> str:
    """A page as JSON: `about`, then its sections whole."""
    head = [{"name": name, "text": text} for name, text in about(site, page) if text]
    shown = [{key: part for key, part in asdict(section).items() if key != "markup"} for section in page.shown]
    return json.dumps({"about": head, "sections": shown}, ensure_ascii=False, indent=1) + "\n"


def as_csv(site: Site, page: Page) -> str:
    """A page as CSV: its table where it shows one and nothing else, else one row a fact or statement."""
    shown = page.shown
    tables = [section.table for section in shown if section.table]
    others = [row for section in shown for row in section_rows(section) if section.facts or section.entries]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    if len(tables) == 1 and not others:
        writer.writerows(table_rows(tables[0]))
        return file.getvalue()
    writer.writerow(HEAD)
    writer.writerows(["about", "", "", name, text, "", "", ""] for name, text in about(site, page) if text)
    writer.writerows(others)
    for section in shown:
        if section.table:
            names, *rows = table_rows(section.table)
            for row in rows:
                details = "; ".join(f"{name}: {cell}" for name, cell in zip(names, row, strict=True) if cell != "")
                writer.writerow([section.heading, "", "", "", details, "", "", ""])
    return file.getvalue()


def as_excel(site: Site, page: Page) -> bytes:
    """A page as a workbook: a sheet about it, then one a section."""
    sheets: list[tuple[str, list[list[Any]]]] = [("about", [list(pair) for pair in about(site, page) if pair[1]])]
    for section in page.shown:
        if section.table:
            sheets.append((section.heading, table_rows(section.table)))
        if section.facts or section.entries:
            sheets.append((section.heading, [[*HEAD], *section_rows(section)]))
    return workbook(sheets)
