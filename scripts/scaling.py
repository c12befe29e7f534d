"""What contenders were measured at, as lines of scaling.csv, a table, ratios and a picture."""

import csv
import math
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from scripts.build_parquet import write_atomically
from scripts.files import CannotRun
from scripts.marked import with_block

ORDER = ("sql", "duckdb", "schema", "pandera", "gx", "spark", "frictionless")  # in which contenders are listed
MARKERS = "osXD^vP"
MILLION, GIB = 1_000_000, 1024
RATIOS = (  # two contenders whose seconds are divided, a limit, whether that is the least or the most, the aim in words
    ("duckdb", "sql", 2, False, "`duckdb` takes at most twice as long as the floor"),
    ("frictionless", "schema", 50, True, "Frictionless takes fifty times as long as `schema`, which checks the same"),
    ("frictionless", "duckdb", 50, True, "Frictionless takes fifty times as long as `duckdb`, which checks more"),
)


@dataclass(frozen=True)
class Measured:
    """One contender at one size; seconds are empty where it did not end by itself with exit 0.

    `planted`, `found` and `invented` are faults, and empty where a contender does not tell rows; `rows` are of all
    tables; `measured_on` says on what machine and with which limit.
    """

    acts: int
    rows: int
    contender: str
    outcome: str
    seconds: str
    cpu_seconds: str
    peak_mib: str
    planted: str
    found: str
    invented: str
    measured_on: str


def read(file: Path) -> list[Measured]:
    """The lines of a scaling.csv, none where there is no such file. Raises CannotRun where it has other columns."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != [field.name for field in fields(Measured)]:
            raise CannotRun(f"{file} is of another form: take it away, or write with --out elsewhere")
        return [Measured(int(row.pop("acts")), int(row.pop("rows")), **row) for row in reader]


def merged(before: Iterable[Measured], now: Iterable[Measured]) -> list[Measured]:
    """Lines in order of size and contender; of the same size and contender the one of `now` stands."""
    lines = {(one.acts, ORDER.index(one.contender)): one for one in [*before, *now]}
    return [lines[key] for key in sorted(lines)]


def table(lines: list[Measured]) -> str:
    """The lines as a table of Markdown, the ratios under it, and on what they were measured."""
    head = [
        "| acts | rows in all | contender | seconds | processor's seconds | peak MiB | faults found | invented |",
        "| --: | --: | --- | --: | --: | --: | --: | --: |",
    ]
    rows = [
        f"| {one.acts:,} | {one.rows:,} | {one.contender} | {one.seconds or ended_by(one)} | {one.cpu_seconds} |"
        f" {one.peak_mib} | {f'{one.found} of {one.planted}' if one.planted else ''} | {one.invented} |"
        for one in lines
    ]
    places = [f"Measured on {place}." for place in dict.fromkeys(one.measured_on for one in lines)]
    return "\n".join([*head, *rows, "", *ratios(lines), "", *aims(lines), "", *places])


def ended_by(one: Measured) -> str:
    """Why a contender has no seconds."""
    return f"over {one.measured_on.split('limit ')[1]}" if one.outcome == "limit" else one.outcome


def ratios(lines: list[Measured]) -> list[str]:
    """By size: duckdb to the floor, Frictionless to each of ours, the power of the rows with which duckdb grew."""
    ended = {(one.acts, one.contender): one for one in lines if one.seconds}
    sizes = [acts for acts, contender in ended if contender == "duckdb"]
    rows = [
        "| acts | duckdb ÷ sql | frictionless ÷ duckdb | … ÷ sql | … ÷ schema | growth of duckdb |",
        "| --: | --: | --: | --: | --: | --: |",
    ]
    for smaller, acts in zip([0, *sizes], sizes, strict=False):
        ours = ended[acts, "duckdb"]
        cells = [
            times(ours, ended.get((acts, "sql"))),
            times(ended.get((acts, "frictionless")), ours),
            *(times(ended.get((acts, "frictionless")), ended.get((acts, other))) for other in ("sql", "schema")),
            growth(ended[smaller, "duckdb"], ours) if smaller else "",
        ]
        rows.append(f"| {acts:,} | {' | '.join(cells)} |")
    words = "By seconds, in parentheses by the processor's; growth is the power of the rows since the size above."
    return [words, "", *rows]


def aims(lines: list[Measured]) -> list[str]:
    """What was aimed at, what was measured and whether that is enough, of all aims that something was measured for."""
    ended = {(one.acts, one.contender): one for one in lines if one.seconds}
    rows = []
    for first, second, limit, is_least, words in RATIOS:
        if {(MILLION, first), (MILLION, second)} <= ended.keys():
            ratio = float(ended[MILLION, first].seconds) / float(ended[MILLION, second].seconds)
            is_met = ratio >= limit if is_least else ratio <= limit
            rows.append((f"at {MILLION:,} acts {words}", f"{ratio:.2f} times", is_met))
    largest = ended.get((10 * MILLION, "duckdb"))
    if largest is not None:
        words = f"at {10 * MILLION:,} acts `duckdb` has a peak of at most {GIB:,} MiB"
        rows.append((words, f"{int(largest.peak_mib):,} MiB", int(largest.peak_mib) <= GIB))
    counted = [(int(one.planted), int(one.found), int(one.invented)) for one in lines if one.planted]
    if counted:
        planted, found, invented = map(sum, zip(*counted, strict=True))
        figure = f"{found:,} of {planted:,} found, {invented:,} invented"
        rows.append(("all planted faults are found and none is invented", figure, (found, invented) == (planted, 0)))
    told = [f"| {words} | {figure} | {'met' if is_met else '**not met**'} |" for words, figure, is_met in rows]
    return ["| aim | measured | |", "| --- | --- | --- |", *told]


def times(one: Measured | None, other: Measured | None) -> str:
    """One contender's seconds as a multiple of another's, nothing where either has none."""
    if one is None or other is None:
        return ""
    pairs = ((one.seconds, other.seconds), (one.cpu_seconds, other.cpu_seconds))
    wall, processor = (float(first) / float(second) for first, second in pairs)
    return f"{wall:.1f} ({processor:.1f})"


def growth(smaller: Measured, larger: Measured) -> str:
    """The power of the number of rows with which the seconds grew: 1 is linear."""
    rows = math.log(larger.rows / smaller.rows)
    wall = math.log(float(larger.seconds) / float(smaller.seconds)) / rows
    processor = math.log(float(larger.cpu_seconds) / float(smaller.cpu_seconds)) / rows
    return f"{wall:.2f} ({processor:.2f})"


def draw(lines: list[Measured], file: Path) -> None:
    """Seconds and peak memory by rows in all, all axes in powers of ten."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "kz2018"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(11, 4.8), layout="constrained")
    for column, label, part in (("seconds", "seconds", axes[0]), ("peak_mib", "peak MiB", axes[1])):
        for marker, contender in zip(MARKERS, ORDER, strict=True):
            points = [
                (one.rows, float(getattr(one, column))) for one in lines if one.contender == contender and one.seconds
            ]
            if points:
                part.loglog(*zip(*points, strict=True), marker=marker, label=contender)
        part.set(xlabel="rows in all", ylabel=label)
        part.grid(True, which="major", alpha=0.3)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(ORDER), frameon=False)
    figure.suptitle("To check a synthetic package")
    figure.savefig(file, metadata={"Date": None}, bbox_inches="tight")
    pyplot.close(figure)


def write(now: list[Measured], folder: Path) -> None:
    """Merge lines into scaling.csv; write the picture, and the table into scaling.md where that document is there."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    lines = merged(read(folder / "scaling.csv"), now)
    with (folder / "scaling.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [[field.name for field in fields(Measured)], *map(astuple, lines)]
        csv.writer(file, lineterminator="\n").writerows(rows)
    draw(lines, folder / "pictures" / "scaling.svg")
    document = folder / "scaling.md"
    if document.exists():
        text = with_block(document.read_text(encoding="utf-8"), document, "scaling", table(lines))
        write_atomically(document, text.encode())
