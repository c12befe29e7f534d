"""A map of settlements, drawn here: a dot where the report puts detentions, on the country's outline.

The outline is scripts/site/outline.json, made by scripts/draw_outline.py. Provinces and countries are listed, not
dotted; nothing is fetched, so that nobody learns who looks.
"""

import json
import math
from functools import cache
from html import escape

from scripts.site_pages.delivery import SITE_FOLDER
from scripts.site_pages.drawing import drawing
from scripts.site_pages.page import Column, Section, Table, Value
from scripts.site_pages.reading import Row, Site

COUNTED = """
    SELECT places.*, count(DISTINCT acts.person_id) AS persons, count(DISTINCT acts.event_id) AS events
    FROM acts JOIN events USING (event_id) JOIN places USING (place_id)
    WHERE acts.act_type = 'detention' AND acts.completion = 'completed' AND acts.event_basis = 'stated'
        AND acts.person_id IS NOT NULL AND places.country_code = :country
    GROUP BY places.place_id ORDER BY persons DESC, places.name
"""
WEST, EAST, SOUTH, NORTH = 42.0, 88.5, 40.0, 56.0
WIDTH, LINE, LETTER = 400, 14, 8.5  # a label's height and its letters' width where it is largest, on a phone
SCALE = WIDTH / (EAST - WEST)
STRETCH = 1 / math.cos(math.radians(48))  # of a degree of latitude, in the middle of the country
LATITUDES = range(45, 56, 5)
AXIS = 38  # the width of a latitude's number
HEIGHT = round((NORTH - SOUTH) * SCALE * STRETCH)
Box = tuple[float, float, float, float]


async def map_section(site: Site, country: str = "KZ") -> Section:
    """Named persons detained, by settlement: the map and its table."""
    t = site.t
    places = await site.rows(COUNTED, country=country)
    columns = (
        Column("place", t["place"]),
        Column("kind", t["kind"]),
        Column("persons", t["persons_named_detained"], True),
        Column("events", t["nav_events"], True),
    )
    rows = tuple(
        (
            site.link("places", place["place_id"], place["name"]),
            Value(site.code("place_type", place["place_type"])),
            Value(str(place["persons"])),
            Value(str(place["events"])),
        )
        for place in places
    )
    dotted = [place for place in places if place["place_type"] == "settlement" and place["latitude"] is not None]
    table = Table(t["map_caption"].format(number=len(rows)), columns, rows) if rows else None
    markup = map_svg(dotted, t["map_title"]) if dotted else ""
    notes = (t["map_note"], t["no_comparison"])
    return Section("map", t["map_title"], notes, table=table, markup=markup, is_table_folded=bool(markup))


def point(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point of the earth stands in the drawing."""
    return (longitude - WEST) * SCALE, (NORTH - latitude) * SCALE * STRETCH


def map_svg(places: list[Row], title: str) -> str:
    """The drawing: the land, then a dot for each settlement, its area by the number, its name and number beside it."""
    parts = [*grid(), f'<path class="land" d="{land()}"/>']
    most = max(place["persons"] for place in places)
    dots = [(*point(p["longitude"], p["latitude"]), max(2.5, 13 * math.sqrt(p["persons"] / most))) for p in places]
    taken = [(x - radius, x + radius, y - radius, y + radius) for x, y, radius in dots]
    taken += [(0, AXIS, y - LINE, y) for _, y in (point(WEST, latitude) for latitude in LATITUDES)]
    parts += [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>' for x, y, radius in dots]
    for place, dot in zip(places, dots, strict=True):
        words = f"{place['name']} {place['persons']}"
        box, side = free_box(taken, dot, LETTER * len(words))
        taken.append(box)
        if abs(box[3] - LINE / 2 - dot[1]) > LINE:
            parts.append(leader(dot, box))
        x = {"": box[0], "end": box[1], "middle": dot[0]}[side]
        name = f'class="{side}" ' if side else ""
        parts.append(f'<text {name}x="{x:.1f}" y="{box[3] - 3.5:.1f}">{escape(words)}</text>')
    return drawing("map-drawing", WIDTH, HEIGHT, title, parts)


def leader(dot: tuple[float, float, float], box: Box) -> str:
    """A line from a dot to its label, where that stands above or below."""
    x, y, radius = dot
    way, end = (1, box[2]) if box[2] > y else (-1, box[3])
    reached = min(max(x, box[0]), box[1])
    return f'<path class="leader" d="M{x:.1f} {y + way * radius:.1f}L{reached:.1f} {end - way * 2:.1f}"/>'


@cache
def land() -> str:
    """The outline as the path of the drawing."""
    rings = json.loads((SITE_FOLDER / "outline.json").read_text(encoding="utf-8"))["rings"]
    drawn = [[point(longitude, latitude) for longitude, latitude in ring] for ring in rings]
    return "".join("M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in drawn)


def free_box(taken: list[Box], dot: tuple[float, float, float], width: float) -> tuple[Box, str]:
    """The nearest place beside a dot for a label of this width that meets nothing; right of it first, then left.

    With it the end of the label that stays where it is when the label gets smaller: the start where it is empty.
    """
    x, y, radius = dot
    lefts = {"": x + radius + 1, "end": x - radius - 1 - width, "middle": x - width / 2}
    for step in (0, 7, -7, 14, -14, 21, -21, 28, -28):
        for side, left in lefts.items():
            box = (left, left + width, y + step - LINE / 2, y + step + LINE / 2)
            inside = box[0] > 0 and box[1] < WIDTH and box[2] > 0 and box[3] < HEIGHT
            if inside and not any(meet(box, other) for other in taken):
                return box, side
    return (x + radius, x + radius + width, y - LINE / 2, y + LINE / 2), ""


def meet(box: Box, other: Box) -> bool:
    """Whether two boxes (left, right, top, bottom) overlap."""
    return box[0] < other[1] and other[0] < box[1] and box[2] < other[3] and other[2] < box[3]


def grid() -> list[str]:
    """Lines of longitude every ten degrees and of latitude every five, with their numbers, in a frame."""
    parts = [f'<rect class="frame" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}"/>']
    for longitude in range(50, 90, 10):
        x, _ = point(longitude, SOUTH)
        parts.append(f'<path class="grid" d="M{x:.1f} 0V{HEIGHT}"/>')
        parts.append(f'<text class="axis" x="{x + 2:.1f}" y="{HEIGHT - 4}">{longitude}° E</text>')
    for latitude in LATITUDES:
        _, y = point(WEST, latitude)
        parts.append(f'<path class="grid" d="M0 {y:.1f}H{WIDTH}"/>')
        parts.append(f'<text class="axis" x="3" y="{y - 2:.1f}">{latitude}° N</text>')
    return parts
