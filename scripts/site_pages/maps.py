"""A map of settlements, drawn here: a dot where the report puts detentions, on a plain grid of degrees.

Provinces and countries are listed, not dotted; nothing is fetched, so that nobody learns who looks.
"""

import math
from html import escape

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
WEST, EAST, SOUTH, NORTH = 45.5, 88.5, 40.0, 56.0
WIDTH, LINE = 400, 11
SCALE = WIDTH / (EAST - WEST)
STRETCH = 1 / math.cos(math.radians(48))  # of a degree of latitude, in the middle of the country
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
    """The drawing: degrees, then a dot for each settlement, its area by the number, its name and number beside it."""
    parts = grid()
    most = max(place["persons"] for place in places)
    dots = [(*point(p["longitude"], p["latitude"]), max(2.5, 13 * math.sqrt(p["persons"] / most))) for p in places]
    taken = [(x - radius, x + radius, y - radius, y + radius) for x, y, radius in dots]
    parts += [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>' for x, y, radius in dots]
    for place, dot in zip(places, dots, strict=True):
        words = f"{place['name']} {place['persons']}"
        box = free_box(taken, dot, 5.6 * len(words))
        taken.append(box)
        parts.append(f'<text x="{box[0] + 1:.1f}" y="{box[3] - 2.5:.1f}">{escape(words)}</text>')
    return drawing("map-drawing", WIDTH, HEIGHT, title, parts)


def free_box(taken: list[Box], dot: tuple[float, float, float], width: float) -> Box:
    """The nearest place beside a dot for a label of this width that meets nothing; right of it first, then left."""
    x, y, radius = dot
    for step in (0, 6, -6, 12, -12, 18, -18, 24, -24):
        for left in (x + radius + 1, x - radius - 1 - width, x - width / 2):
            box = (left, left + width, y + step - LINE / 2, y + step + LINE / 2)
            inside = box[0] > 0 and box[1] < WIDTH and box[2] > 0 and box[3] < HEIGHT
            if inside and not any(meet(box, other) for other in taken):
                return box
    return (x + radius, x + radius + width, y - LINE / 2, y + LINE / 2)


def meet(box: Box, other: Box) -> bool:
    """Whether two boxes (left, right, top, bottom) overlap."""
    return box[0] < other[1] and other[0] < box[1] and box[2] < other[3] and other[2] < box[3]


def grid() -> list[str]:
    """Lines of longitude and latitude every five degrees, with their numbers, in a frame."""
    parts = [f'<rect class="frame" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}"/>']
    for longitude in range(50, 90, 10):
        x, _ = point(longitude, SOUTH)
        parts.append(f'<path class="grid" d="M{x:.1f} 0V{HEIGHT}"/>')
        parts.append(f'<text class="axis" x="{x + 2:.1f}" y="{HEIGHT - 4}">{longitude}° E</text>')
    for latitude in range(45, 56, 5):
        _, y = point(WEST, latitude)
        parts.append(f'<path class="grid" d="M0 {y:.1f}H{WIDTH}"/>')
        parts.append(f'<text class="axis" x="3" y="{y - 2:.1f}">{latitude}° N</text>')
    return parts
