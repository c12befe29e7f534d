"""The catalogue holds every check that a program can name, and the example of each is what the program prints."""

import ast
import gzip
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from fixture_package import artificial_rows, build_package
from pyarrow import parquet
from test_correct import OFFICE
from test_correct import yaml as write_correction
from test_engines import to_parquet
from test_hygiene import CELLS as DIRTY
from test_spreadsheets import SPOILT
from test_validate import CELLS, DESCRIPTORS, FILES, RULE_HEAD
from test_validate import edit as replace_text
from test_verify import edit, report

from scripts import (
    build_sqlite,
    correction_log,
    document,
    fingerprint,
    history,
    segment,
    support,
    trust,
    validate,
    verify,
)
from scripts import translate as catalogues
from scripts.catalogue import Check, read_catalogue
from scripts.package import ROOT, load_package, read_table
from scripts.schema_check import translate
from scripts.translations import LOCALE

__all__ = ["report"]  # a fixture
CHECKS = [check for check in read_catalogue(ROOT / "validation") if check.kind in ("program", "schema")]
Seen = set[tuple[str, str]]  # rule and message
CELL = re.compile(r" \(cell [A-Z]+[0-9]+\)$")


def printed(main: Callable[[list[str]], int], *arguments: str | Path) -> Seen:
    """What a program prints of problems."""
    out = StringIO()
    with redirect_stdout(out):
        assert main([str(argument) for argument in arguments]) in (0, 1)
    lines = [line.split("  ", 2) for line in out.getvalue().splitlines()]
    return {(rule, CELL.sub("", message).removeprefix("warning: ")) for _, rule, message in lines}


def gate(root: Path) -> Seen:
    """What the gate prints of a package."""
    return printed(validate.main, "--root", root, "--scope", "model")


def wrong_cells(folder: Path) -> Seen:
    rows = artificial_rows()
    rows["right_provisions"] = []
    for table, row, changes, _ in CELLS:
        rows[table][row] |= changes
    return gate(build_package(folder, rows))


def wrong_files(folder: Path) -> Seen:
    build_package(folder)
    for table, change, _ in FILES:
        file = folder / "data" / f"{table}.csv"
        file.write_bytes(change(file.read_bytes()))
    return gate(folder)


def odd_files(folder: Path) -> Seen:
    """A file under another name, one with a hundred blank lines, one with a far too wide header, other Parquet."""
    build_package(folder)
    (folder / "data" / "rights.csv").rename(folder / "data" / "right.csv")
    with (folder / "data" / "cases.csv").open("a", encoding="utf-8") as file:
        file.write("\n" * 101)
    (folder / "data" / "right_provisions.csv").write_text(",".join(["c"] * 20_000) + "\n", encoding="utf-8")
    parquet.write_table(pa.table({"a": ["b"]}), folder / "data" / "parquet" / "fingerprints.parquet")
    return gate(folder)


def wrong_keys(folder: Path) -> Seen:
    """An id that stands twice, and a name that stands twice where the descriptor has each once."""
    rows = artificial_rows()
    rows["rights"] += [{"right_id": "G0001", "name": "Right to samples"}]
    build_package(folder, rows)
    change_field(folder, "rights", "name", constraints={"required": True, "unique": True})
    return gate(folder)


def change_field(folder: Path, table: str, column: str, **changes: Any) -> None:
    """Change a column in the descriptor."""
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == table)
    next(field for field in resource["schema"]["fields"] if field["name"] == column).update(changes)
    file.write_text(json.dumps(descriptor), encoding="utf-8")


def wrong_descriptors(folder: Path) -> Seen:
    build_package(folder)
    good = (folder / "datapackage.json").read_text(encoding="utf-8")
    seen: Seen = set()
    for old, new, _ in DESCRIPTORS:
        replace_text(folder / "datapackage.json", old, new)
        seen |= gate(folder)
        (folder / "datapackage.json").write_text(good, encoding="utf-8")
    for changes in ({"constrains": {}}, {"name": "person_code"}, {"type": "strnig"}):
        change_field(folder, "persons", "person_id", **changes)
        seen |= gate(folder)
        (folder / "datapackage.json").write_text(good, encoding="utf-8")
    return seen


def wrong_content(folder: Path) -> Seen:
    """Somebody else's fine, a counting rule that counts nothing, old Parquet and a rule that is none."""
    rows = artificial_rows()
    rows["penalties"][0]["person_id"] = "P0002"
    rows["reported_totals"][0]["counting_rule"] = "DROP TABLE persons"
    build_package(folder, rows)
    replace_text(folder / "data" / "rights.csv", "Right to samples", "Right to some samples")
    rule = "\n".join([*RULE_HEAD, "CREATE TABLE t (i INTEGER)"])
    (folder / "validation" / "rules" / "bad.sql").write_text(rule, encoding="utf-8")
    return gate(folder)


def edition_alone(folder: Path) -> Seen:
    """Rows that a second coder contradicts, an emptied cell, a moved citation, wrong count or lost id: an edition's."""
    rows = artificial_rows()
    rows["events"][0]["event_type"] = "court_hearing"
    cited = next(row for row in rows["citations"] if row["row_id"] == "P0001")
    rows["citations"].append(cited | {"citation_id": "Z00999", "passage_id": "X0012"})
    rows["acts"][0]["act_type"] = "seizure"
    rows["officials"][0]["office"] = ""
    rows["act_types"][0]["definition"] = "Gatherings, gatherings, gatherrings."
    package = build_package(folder, rows)
    with (package / support.FILE).open("a", encoding="utf-8") as file:
        file.write("persons,P0001,X0010,Named.\n")
    (package / "metadata").mkdir()
    (package / "metadata" / "withheld.csv").write_text("month,rows\n2026-11,2\n", encoding="utf-8")
    (package / "CHANGELOG.md").write_text("## 0.1.0 (2026-11-01)\n", encoding="utf-8")
    lost = history.line("acts", "A0999", "0.1.0", "", "live", "")
    (package / history.FILE).write_text(history.render([lost]), encoding="utf-8")
    return printed(validate.main, "--root", package)


def unfit_tables(folder: Path) -> Seen:
    """What only the database would find: a missing title, and a column that a view reads and no table has."""
    rows = artificial_rows()
    rows["cases"][0]["title"] = ""
    package = load_package(build_package(folder, rows))
    tables = {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}
    found = build_sqlite.check_database(tables, package.descriptor)
    tables["cases"] = tables["cases"].set_column(1, "title", pa.array(["Case"]))
    descriptor = json.loads(json.dumps(package.descriptor))
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == "passages")
    resource["schema"]["fields"] = [field for field in resource["schema"]["fields"] if field["name"] != "page_latest"]
    tables["passages"] = tables["passages"].drop_columns(["page_latest"])
    found += build_sqlite.check_database(tables, descriptor)
    return {(problem.rule, problem.message) for problem in found}


def table_that_cannot_be_checked(folder: Path) -> Seen:
    package = load_package(build_package(folder))
    error = {"type": "source-error", "message": "the data source is not readable"}
    return {(problem.rule, problem.message) for problem in translate(error, package, "rights", {"rights": []})}


def strange_folder(folder: Path) -> Seen:
    """A link, too many files, and tables of more than sixty million bytes in all."""
    base = load_package(build_package(folder / "base"))
    data = folder / "strange" / "data"
    data.mkdir(parents=True)
    (data / "rights.csv").symlink_to(base.csv_path("rights"))
    for table in ("acts", "cases", "charges", "events"):
        (data / f"{table}.csv").touch()
        os.truncate(data / f"{table}.csv", 20_000_000)
    corrections = folder / "strange" / "metadata" / "corrections"
    corrections.mkdir(parents=True)
    for number in range(trust.MAX_PATHS):
        (corrections / f"{number}.yaml").touch()
    _, problems = trust.assemble(folder / "strange", base, folder / "into")
    return {(problem.rule, problem.message) for problem in problems}


def dirty_cells(folder: Path) -> Seen:
    rows = artificial_rows()
    for table, row, column, value, *_ in DIRTY:
        rows[table][row][column] = value
    return gate(build_package(folder, rows))


def spoilt_files(folder: Path) -> Seen:
    """Files as spreadsheets leave them, one that is an archive, one of very many rows."""
    build_package(folder)
    for table, change, *_ in SPOILT:
        file = folder / "data" / f"{table}.csv"
        file.write_bytes(change(file.read_bytes()))
    (folder / "data" / "charges.csv").write_bytes(gzip.compress(b"x"))
    (folder / "data" / "acts.csv").write_bytes(b"x\n" * 1_000_001)
    return gate(folder)


def endless_pattern(folder: Path) -> Seen:
    change_field(build_package(folder), "persons", "person_id", constraints={"pattern": "(a+)+"})
    return gate(folder)


def old_document(folder: Path) -> Seen:
    build_package(folder)
    (folder / "README.md").write_text("<!-- tables:begin -->\n<!-- tables:end -->\n", encoding="utf-8")
    return printed(document.main, "--root", folder, "--check")


def edited_by_hand(folder: Path) -> Seen:
    """The first passage under another id, and the fingerprint of one given to another."""
    data = build_package(folder) / "data"
    (data / "passages.csv").write_bytes((data / "passages.csv").read_bytes().replace(b"X0001,", b"X0009,", 1))
    file = data / "parquet" / "fingerprints.parquet"
    rows = parquet.read_table(file).to_pylist()
    rows[0]["grams"] = rows[1]["grams"]
    parquet.write_table(pa.Table.from_pylist(rows, schema=parquet.read_schema(file)), file)
    return gate(folder)


def needless_exceptions(folder: Path) -> Seen:
    root = build_package(folder)
    lines = ("rule,table_name,row_id,reason", *(f"event-has-basis,penalties,{row},A." for row in ("N0001", "N0009")))
    (root / "validation" / "exceptions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return gate(root)


def forbidden_queries(folder: Path) -> Seen:
    rows = artificial_rows()
    rules = ("SELECT count(*) FROM acts JOIN official_roles USING (event_id)", "SELECT count(*) / 129 FROM persons")
    rows["reported_totals"] = [
        rows["reported_totals"][0] | {"total_id": f"F{n:04}", "counting_rule": rule} for n, rule in enumerate(rules, 1)
    ]
    return gate(build_package(folder, rows))


def odd_corrections(folder: Path) -> Seen:
    """Corrections that lack a value, name no row, name a withheld row, are undecided, and of which the log is lost."""
    root = build_package(folder)
    files = root / "metadata" / "corrections"
    write_correction(files, OFFICE.replace(', value: ""', ""), name="fix-two")
    seen = gate(root)
    write_correction(files, OFFICE.replace("O0001", "O0077"), decided="", name="fix-two")
    write_correction(files, OFFICE)
    seen |= gate(root)
    (files / "fix-two.yaml").unlink()
    log = "fix-one,researcher,officials,O0001,office,value,accepted,2026-11-25,0.2.0,The report prints it so.\n"
    (root / correction_log.FILE).write_text(",".join(correction_log.HEAD) + "\n" + log, encoding="utf-8")
    seen |= gate(root)
    write_correction(files, OFFICE.replace("O0001", "P0003"), decided="", name="fix-two")
    return seen | gate(root)


def faulty_translations(folder: Path) -> Seen:
    shutil.copytree(LOCALE, folder)
    catalogue = folder / "ru" / "LC_MESSAGES" / "site.po"
    text = catalogue.read_text(encoding="utf-8")
    text = re.sub(r'msgctxt "site.skip"\n.*?\n\n', "", text, flags=re.DOTALL)
    text = re.sub(r'(msgctxt "site.menu"\nmsgid "Main"\nmsgstr) .*', r'\1 "Main"', text)
    catalogue.write_text(text, encoding="utf-8")
    return printed(catalogues.main, "--locale", folder, "--check")


def wrong_types(folder: Path) -> Seen:
    root = build_package(folder)
    to_parquet(root, "events", "* REPLACE (CAST(date_start AS TIMESTAMP) AS date_start)", "data/events.parquet")
    return printed(validate.main, "--root", root, "--scope", "model", "--engine", "duckdb")


SCENARIOS = (
    wrong_cells, wrong_files, odd_files, wrong_keys, wrong_descriptors, wrong_content, edition_alone,
    unfit_tables, table_that_cannot_be_checked, strange_folder, dirty_cells, spoilt_files,
    endless_pattern, old_document, needless_exceptions, edited_by_hand,
    forbidden_queries, odd_corrections, faulty_translations, wrong_types,
)  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """(rule, message) of everything that the scenarios make the programs say."""
    return {pair for scenario in SCENARIOS for pair in scenario(tmp_path_factory.mktemp("seen") / "package")}


AGAINST_PASSAGES = {
    "date-as-printed", "fingerprint-of-text", "own-words-meet-the-passage", "passage-differs", "printed-words-in-text",
    "value-in-passage",
}  # fmt: skip


@pytest.mark.parametrize("check", [c for c in CHECKS if c.check_id not in AGAINST_PASSAGES], ids=lambda c: c.check_id)
def test_example_is_what_is_printed(seen: Seen, check: Check) -> None:
    assert (check.check_id, check.example) in seen


def test_examples_of_what_is_checked_against_passages(report: Path) -> None:
    source = report.parent / "report.txt"
    fingerprints = report / "data" / "parquet" / "fingerprints.parquet"
    good = fingerprints.read_bytes()
    rows = parquet.read_table(fingerprints).to_pylist()
    rows[3]["grams"] = rows[2]["grams"]
    parquet.write_table(pa.Table.from_pylist(rows, schema=parquet.read_schema(fingerprints)), fingerprints)
    found = printed(verify.main, "--root", report, "--source", source)
    fingerprints.write_bytes(good)
    edit(report, "acts", "A0001", source_label="guard")
    edit(report, "events", "E0001", title="Umbrellas borrowed")
    found |= printed(verify.main, "--root", report, "--source", source)
    edit(report, "acts", "A0002", date_start="2018-03-03")
    edit(report, "penalties", "N0001", amount_kzt="24000")
    found |= printed(verify.main, "--root", report)
    table = report / "data" / "passages.csv"
    table.write_text("".join(line for line in table.open(encoding="utf-8") if not line.startswith("X0002,")))
    found |= printed(segment.main, "--source", source, "--root", report, "--any-text", "--check")
    examples = {(check.check_id, check.example) for check in CHECKS if check.check_id in AGAINST_PASSAGES}
    assert examples - found == set()
    assert fingerprint.main(["--source", str(source), "--root", str(report), "--check"]) == 2


def parameters(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    """The names of what a function, or a class of fields alone, is called with."""
    if isinstance(node, ast.FunctionDef):
        return [argument.arg for argument in node.args.args if argument.arg != "self"]
    return [ast.unparse(field.target) for field in node.body if isinstance(field, ast.AnnAssign)]


def rule_positions(trees: dict[str, ast.Module]) -> dict[str, int]:
    """Where the id stands among the arguments of each function and class with parameters `rule` and `message`."""
    positions = {"Problem": 4}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names = parameters(node)
                positions |= {node.name: names.index("rule")} if {"rule", "message"} <= set(names) else {}
    return positions


def constants_of(trees: dict[str, ast.Module]) -> dict[str, Any]:
    """The constants of all modules; a module may take another's id under its name."""
    return {
        target.id: node.value.value
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def ids_of(tree: ast.Module, positions: dict[str, int], constants: dict[str, Any]) -> Iterator[str]:
    """The ids that a module gives to problems: as an argument, or as the first of a pair (rule, message).

    An argument that is a name is one of the `constants`, a parameter `rule`, or `rule` unpacked from a pair.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [k.value for k in node.keywords if k.arg == "rule" and name in positions]
            given += node.args[positions[name] : positions[name] + 1] if name in positions else []
            for argument in given:
                if isinstance(argument, ast.Constant):
                    yield argument.value
                elif isinstance(argument, ast.Name) and argument.id != "rule":
                    yield constants[argument.id]
        pair = node.value if isinstance(node, ast.Return | ast.Assign) else None
        unpacked = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith(("rule,", "(rule,"))
        if isinstance(pair, ast.Tuple) and len(pair.elts) == 2 and isinstance(pair.elts[0], ast.Constant):
            first = pair.elts[0].value
            if unpacked or (isinstance(node, ast.Return) and isinstance(first, str) and first):
                yield first


def test_every_id_in_a_program_is_in_the_catalogue_and_the_reverse() -> None:
    trees = {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "scripts").rglob("*.py"))
    }
    positions = rule_positions(trees)
    constants = constants_of(trees)
    used = {home: set(ids_of(tree, positions, constants)) for home, tree in trees.items()}
    assert {check_id for ids in used.values() for check_id in ids} == {check.check_id for check in CHECKS}
    assert [c for c in CHECKS if c.kind == "program" and c.check_id not in used[c.home]] == []


def test_ids_are_found_in_a_source() -> None:
    source = """
FORM = "canonical-form"
def refuse(path, rule, message): return Problem(path, 0, "", "", rule, "error", message)
def wrong(): return "cell-type", f"{1}"
def other():
    rule, message = "primary-key", "x"
    yield Problem(1, 2, 3, 4, rule, "error", message)
    yield refuse("p", "file-bom", "m")
    yield self.refuse("p", rule="file-nul", message="m")
    yield Problem("p", 0, "", "", FORM, "error", "m")
"""
    tree = ast.parse(source)
    positions = rule_positions({"x.py": tree})
    assert positions == {"Problem": 4, "refuse": 1}
    found = set(ids_of(tree, positions, constants_of({"x.py": tree})))
    assert found == {"canonical-form", "cell-type", "file-bom", "file-nul", "primary-key"}
