"""Measure how far two independent codings agree, before anything was adjudicated.

    python -m scripts.agreement              a table on stdout (Markdown)
    python -m scripts.agreement --round 1    an earlier round, after which the manual was mended (default: 2, measured)
    python -m scripts.agreement --round 4    the second reading of given rows in other tables, variable by variable
    python -m scripts.agreement --units      every unit that differs or that only one coder has, one line each
    python -m scripts.agreement --root DIR

Reads first/ and second/ below the round's folder in validation/double_coding. In rounds 1 and 2 first/ holds the tables
as they were when the second coding was finished; in round 3 both coders were new. Units are matched by person and
passage; per variable the matched units are compared by Krippendorff's alpha (nominal; an empty cell is a value). Left
out: acts against unnamed groups that stand only in the general statements of the summary and of chapters 5 and 6, which
the coders were told to leave. Round 4 has no --units. Exit 0; 2 where a file is missing or krippendorff is not
installed (make test does it).
"""

import argparse
import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts.matching import VARIABLES, Matching, Unit, canonical, match, read_units
from scripts.package import ROOT
from scripts.second_reading import in_one_form, read_coded

GENERAL = {"summary", "5", "6"}
FOLDER = Path("validation") / "double_coding"
ROUNDS = [1, 2, 3]
MEASURED = 3
GIVEN = 4  # the round in which the units were given, and the variables alone read twice
HEAD = "| variable | matched units | same value | Krippendorff's alpha |\n| --- | ---: | ---: | ---: |"


def line_passages(root: Path) -> dict[int, str]:
    """The passage of each line of the text."""
    with (root / "data" / "passages.csv").open(encoding="utf-8", newline="") as file:
        return {
            line: row["passage_id"]
            for row in csv.DictReader(file)
            for line in range(int(row["first_line"]), int(row["last_line"]) + 1)
        }


def general_passages(root: Path) -> set[str]:
    """The passages of the summary and of chapters 5 and 6."""
    with (root / "data" / "passages.csv").open(encoding="utf-8", newline="") as file:
        return {row["passage_id"] for row in csv.DictReader(file) if row["section"] in GENERAL}


def reader(root: Path) -> Callable[[Unit], set[str]]:
    """A function that gives the passages of a unit, from its passage ids or line numbers."""
    passages = line_passages(root)

    def passages_of(unit: Unit) -> set[str]:
        places = unit["lines"].split()
        return {place if place.startswith("X") else passages[int(place)] for place in places}

    return passages_of


def matchings(root: Path, number: int = MEASURED) -> dict[str, Matching]:
    """The matched units of each double-coded table in a round. Raises OSError where a coder's file is missing."""
    passages_of = reader(root)
    general = general_passages(root)
    units = {
        (coder, table): [
            unit
            for unit in read_units(root / FOLDER / f"round-{number}" / coder / f"{table}.csv")
            if unit.get("victim_scope") != "unnamed_group" or not passages_of(unit) <= general
        ]
        for coder in ("first", "second")
        for table in VARIABLES
    }
    return {
        table: match(table, units["first", table], units["second", table], passages_of) for table in VARIABLES
    }


def alpha(pairs: list[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha of pairs of nominal values; None where all are the same value, so that nothing can vary."""
    import krippendorff

    codes = {value: number for number, value in enumerate(sorted({v for pair in pairs for v in pair}))}
    if len(codes) < 2:
        return None
    data = [[codes[pair[coder]] for pair in pairs] for coder in (0, 1)]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def values(matching: Matching, variable: str) -> list[tuple[str, str]]:
    """Both coders' values of a variable over the matched units."""
    return [(canonical(a[variable]), canonical(b[variable])) for a, b in matching.pairs]


def render(found: dict[str, Matching]) -> str:
    """The agreement as two Markdown tables: units, then variables."""
    lines = [
        "| table | first coder | second coder | matched | only first | only second | found by both, of all found |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for table, m in found.items():
        both, one, two = len(m.pairs), len(m.only_first), len(m.only_second)
        share = both / (both + one + two)
        lines.append(f"| `{table}` | {both + one} | {both + two} | {both} | {one} | {two} | {100 * share:.1f} % |")
    compared = {(table, v): values(m, v) for table, m in found.items() for v in VARIABLES[table]}
    return "\n".join([*lines, "", HEAD, *(line_of(*place, pairs) for place, pairs in compared.items())]) + "\n"


def line_of(table: str, variable: str, pairs: list[tuple[str, str]]) -> str:
    """A line of the table of variables."""
    value = alpha(pairs)
    same = sum(a == b for a, b in pairs)
    shown = "one value only" if value is None else f"{value:.3f}"
    return f"| `{table}.{variable}` | {len(pairs)} | {same} | {shown} |"


def render_given(root: Path) -> str:
    """The agreement of the second reading of given rows as a Markdown table. Raises FileNotFoundError without one."""
    first, second = read_coded(root, "first"), read_coded(root, "second")
    if not second:
        raise FileNotFoundError("there is no second reading")
    lines = [HEAD]
    for table, rows in second.items():
        key, *variables = rows[0]
        ours = {row[key]: row for row in first[table]}
        for v in variables:
            lines.append(line_of(table, v, [(in_one_form(ours[r[key]][v]), in_one_form(r[v])) for r in rows]))
    return "\n".join(lines) + "\n"


def differences(found: dict[str, Matching]) -> Iterator[str]:
    """One line for each unit that differs or that only one coder has."""
    for table, m in found.items():
        for a, b in m.pairs:
            for variable in VARIABLES[table]:
                one, two = canonical(a[variable]), canonical(b[variable])
                if one != two:
                    yield f"{table} {a['unit']} {b['unit']} {variable}: “{one}” / “{two}”"
        yield from (f"{table} {unit['unit']} only first" for unit in m.only_first)
        yield from (f"{table} {unit['unit']} only second" for unit in m.only_second)


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    parser.add_argument("--round", type=int, choices=[*ROUNDS, GIVEN], default=MEASURED, help="default: 3")
    parser.add_argument("--units", action="store_true", help="list the units that differ instead")
    args = parser.parse_args(argv)
    try:
        if args.round == GIVEN:
            print(render_given(args.root).rstrip("\n"))
            return 0
        found = matchings(args.root, args.round)
        print("\n".join(differences(found)) if args.units else render(found).rstrip("\n"))
    except (OSError, ImportError, ValueError, KeyError) as error:
        print(f"agreement: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
