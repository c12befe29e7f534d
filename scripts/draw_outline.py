"""Write scripts/site/outline.json, the outline of Kazakhstan on the site's map, from Natural Earth's countries.

Natural Earth is in the public domain. Its countries at 1:50,000,000 come as TopoJSON in npm's world-atlas, which
.ci/run installs into tests/atlas; any copy of that file gives the same outline, whose `sha256` is the file's.
Each point that lies within TOLERANCE of the line drawn without it is left out (Douglas and Peucker 1973), and islands
that would look like a settlement's dot are.

Exit codes: 0 written, or as it is with --check; 1 --check found another outline; 2 the countries cannot be read.

Examples:
    npm ci --prefix tests/atlas --ignore-scripts
    python -m scripts.draw_outline
    python -m scripts.draw_outline --check
    python -m scripts.draw_outline --countries path/to/countries-50m.json
"""

import argparse
import hashlib
import json
import math
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from scripts.build_parquet import write_atomically
from scripts.package import ROOT

COUNTRIES = ROOT / "tests" / "atlas" / "node_modules" / "world-atlas" / "countries-50m.json"
OUTLINE = ROOT / "scripts" / "site" / "outline.json"
KAZAKHSTAN = "398"  # ISO 3166-1, numeric
TOLERANCE = 0.04  # degrees: half a pixel of the drawing at its widest
SMALLEST = 0.25  # square degrees
Point = tuple[float, float]


def arc_points(topology: dict[str, Any], number: int) -> list[Point]:
    """The points of an arc in degrees; ~number is the arc walked backwards (TopoJSON 2.1.4)."""
    arc = topology["arcs"][~number if number < 0 else number]
    (across, up), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
    points = [(x * across + left, y * up + bottom) for x, y in zip(xs, ys, strict=True)]
    return points[::-1] if number < 0 else points


def ring(topology: dict[str, Any], numbers: list[int]) -> list[Point]:
    """A closed ring of arcs, each of which begins where the one before ends."""
    points: list[Point] = []
    for number in numbers:
        points += arc_points(topology, number)[1 if points else 0 :]
    return points


def country_rings(topology: dict[str, Any], country: str) -> list[list[Point]]:
    """The rings of a country. Raises StopIteration where there is none of this number."""
    shapes = topology["objects"]["countries"]["geometries"]
    shape = next(shape for shape in shapes if shape.get("id") == country)
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [ring(topology, numbers) for polygon in polygons for numbers in polygon]


def off_line(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the segment between two others, in the unit of the points."""
    along = (end[0] - start[0], end[1] - start[1])
    squared = along[0] ** 2 + along[1] ** 2
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / squared if squared else 0.0
    share = min(1.0, max(0.0, share))
    return math.dist(point, (start[0] + share * along[0], start[1] + share * along[1]))


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """The points without those that lie within the tolerance of the line through the others; the ends stay."""
    kept, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far = [(off_line(points[n], points[first], points[last]), n) for n in range(first + 1, last)]
        distance, middle = max(far, default=(0.0, 0))
        if distance > tolerance:
            kept.add(middle)
            spans += [(first, middle), (middle, last)]
    return [points[n] for n in sorted(kept)]


def area(points: list[Point]) -> float:
    """The area within a closed ring, in the square of the points' unit (the shoelace formula)."""
    pairs = pairwise(points)
    return abs(sum(start[0] * end[1] - end[0] * start[1] for start, end in pairs)) / 2


def outline_text(countries: bytes) -> str:
    """The contents of outline.json: where it comes from, and the rings as [longitude, latitude] in degrees."""
    whole = [points for points in country_rings(json.loads(countries), KAZAKHSTAN) if area(points) >= SMALLEST]
    rings = [simplified(points, TOLERANCE) for points in whole]
    about = {
        "source": "Natural Earth 4.1.0, countries at 1:50,000,000 (countries-50m.json of world-atlas 2.0.2)",
        "licence": "public domain",
        "sha256": hashlib.sha256(countries).hexdigest(),
        "made_by": "python -m scripts.draw_outline",
    }
    lines = [json.dumps([[round(x, 2), round(y, 2)] for x, y in points], separators=(",", ":")) for points in rings]
    head = json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}")
    return head + ',\n "rings": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n"


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--countries", type=Path, default=COUNTRIES, help="countries-50m.json of world-atlas")
    parser.add_argument("--outline", type=Path, default=OUTLINE, help="the file (default: scripts/site/outline.json)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the outline would change")
    options = parser.parse_args(argv)
    try:
        text = outline_text(options.countries.read_bytes())
    except (OSError, ValueError, KeyError, StopIteration) as error:
        print(f"{options.countries} cannot be read as countries ({error!r}): see --help", file=sys.stderr)
        return 2
    file = options.outline
    if options.check:
        is_same = file.is_file() and file.read_text(encoding="utf-8") == text
        print("the outline is current" if is_same else f"{file.name} is not what these countries give: make it anew")
        return 0 if is_same else 1
    write_atomically(file, text.encode())
    print(f"{file.name}: {len(text)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
