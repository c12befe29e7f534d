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
WIDTH = 400
SCALE = WIDTH / (EAST - WEST)
STRETCH = 1 / math.cos(math.radians(48))  # of a degree of latitude, in the middle of the country
HEIGHT = round((NORTH - SOUTH) * SCALE * STRETCH)


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
    labels: list[tuple[float, float, float]] = []
    for place in places:
        x, y = point(place["longitude"], place["latitude"])
        radius = max(2.5, 13 * math.sqrt(place["persons"] / most))
        words = f"{place['name']} {place['persons']}"
        left = x > WIDTH - 7 * len(words) - radius
        label_x = x - radius - 3 if left else x + radius + 3
        label_y = free_line(labels, label_x, y + 3.5, 6.0 * len(words) * (-1 if left else 1))
        anchor = ' text-anchor="end"' if left else ""
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
        parts.append(f'<text x="{label_x:.1f}" y="{label_y:.1f}"{anchor}>{escape(words)}</text>')
    return drawing("map-drawing", WIDTH, HEIGHT, title, parts)


def free_line(labels: list[tuple[float, float, float]], x: float, y: float, width: float) -> float:
    """The height nearest below `y` at which a label of this width meets no other; it is noted in `labels`."""
    start, end = min(x, x + width), max(x, x + width)
    while any(abs(y - other) < 11 and start < last and first < end for first, last, other in labels):
        y += 2
    labels.append((start, end, y))
    return y


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
