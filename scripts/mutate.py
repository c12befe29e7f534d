"""Break copies of the package on purpose, and report which faults the gate catches, by which rule, and which survive.

    python -m scripts.mutate                          every fault: a table on stdout, then what survived
    python -m scripts.mutate --most 40                a sample, taken evenly over all
    python -m scripts.mutate --class values           one class alone
    python -m scripts.mutate --source TEXT            what the gate lets by, against the report's text too
    python -m scripts.mutate --report FILE.json       every fault, with the rules that caught it

The gate is that of `python -m scripts.validate`, which remembers what no fault touches; two processes share many.
Caught means an error; a warning alone does not count. The same seed gives the same faults. The package is only read.

Our own free wording edited into other wording is the class prose: no program can judge it, so it is reported and has no
bar. Exit codes: 0 the bars hold (97 % caught by the gate, 99 % with the text, all of structure, keys, encodings,
hygiene and do no harm), 1 they do not, 2 could not run. A sample or a single class has no bars.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from scripts import suites
from scripts.broken_cells import broken_cells
from scripts.broken_gate import broken_gate
from scripts.broken_tables import broken_bytes, broken_columns, broken_rows, harm, moved_citations
from scripts.door import check_files
from scripts.fates import Fate, fates
from scripts.mutation_report import as_json, broken_bars, result_table, survivors
from scripts.mutations import Mutation, Target
from scripts.package import ROOT, load_package
from scripts.progress import told

SEED = 2018
PROCESSES = 2
MANY = 40  # faults: from so many on it is worth starting processes, each of which checks the whole package first
TOLD_EVERY = 25  # faults


def all_mutations(root: Path, seed: int) -> list[Mutation]:
    """Every fault of the package in `root`. Raises ValueError where the package does not pass the door."""
    package = load_package(root)
    tables, problems = check_files(package)
    if problems:
        raise ValueError("its files are not in order: run python -m scripts.validate")
    target = Target(package, tables, seed)
    return list(dict.fromkeys(mutations_of(target)))


def mutations_of(target: Target) -> Iterator[Mutation]:
    """Table by table, then the faults that belong to no single table."""
    for resource in target.filled():
        for broken in (broken_cells, broken_rows, broken_bytes, broken_columns):
            yield from broken(target, resource)
    yield from moved_citations(target)
    yield from harm(target)
    yield from broken_gate(target)


def chosen(mutations: list[Mutation], kind: str | None, most: int | None) -> list[int]:
    """The numbers of the faults of a class, or of all; at most `most`, evenly taken."""
    numbers = [number for number, mutation in enumerate(mutations) if kind in (None, mutation.kind)]
    if most is None or len(numbers) <= most:
        return numbers
    return [numbers[i * len(numbers) // most] for i in range(most)]


def work(root: Path, seed: int, numbers: list[int], source: Path | None) -> list[Fate]:
    """What becomes of the faults with these numbers, in their order."""
    mutations = all_mutations(root, seed)
    found: list[Fate] = []
    for fate in fates(root, [mutations[number] for number in numbers], source):
        found.append(fate)
        if len(found) % TOLD_EVERY == 0:
            told("mutate", f"{len(found)} of {len(numbers)} in one process …")
    return found


def work_apart(root: Path, seed: int, numbers: list[int], source: Path | None) -> list[Fate]:
    """As `work`, in a process of its own."""
    try:
        return work(root, seed, numbers, source)
    finally:
        suites.worker().shutdown()  # else this process waits for it without end


def run(root: Path, seed: int, numbers: list[int], source: Path | None) -> list[Fate]:
    """As `work`; many faults are shared out."""
    if len(numbers) < MANY:
        return work(root, seed, numbers, source)
    parts = [numbers[start::PROCESSES] for start in range(PROCESSES)]
    found: dict[int, Fate] = {}
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(work_apart, root, seed, part, source): part for part in parts}
        for future in as_completed(running):
            found |= zip(running[future], future.result(), strict=True)
    return [found[number] for number in numbers]


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the package (default: this one)")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"which rows are broken (default: {SEED})")
    parser.add_argument("--most", type=int, metavar="N", help="a sample of N faults")
    parser.add_argument("--class", dest="kind", metavar="CLASS", help="one class alone")
    parser.add_argument("--source", type=Path, metavar="TEXT", help="the report's text")
    parser.add_argument("--report", type=Path, metavar="FILE.json", help="write every fault and its fate there")
    options = parser.parse_args(argv)
    try:
        mutations = all_mutations(options.root, options.seed)
        kinds = list(dict.fromkeys(mutation.kind for mutation in mutations))
        if options.kind not in (None, *kinds):
            raise ValueError(f"there is no class {options.kind}; the classes are {', '.join(kinds)}")
        numbers = chosen(mutations, options.kind, options.most)
        found = run(options.root, options.seed, numbers, options.source)
        if options.report:
            text = json.dumps(as_json(found, options.seed), ensure_ascii=False, indent=1) + "\n"
            options.report.write_text(text, encoding="utf-8")
    except (OSError, ValueError, BrokenProcessPool) as error:
        print(f"mutate: could not run: {error}", file=sys.stderr)
        return 2
    print(result_table(found))
    for line in survivors(found):
        print(line)
    if len(numbers) < len(mutations):
        return 0
    bars = broken_bars(found, options.source is not None)
    for line in bars:
        print(f"mutate: {line}", file=sys.stderr)
    return 1 if bars else 0


if __name__ == "__main__":
    sys.exit(main())
