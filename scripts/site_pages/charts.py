"""A timeline of detentions, drawn here: days down the page, a labelled bar for each day, a table behind it."""

from datetime import date
from html import escape

from scripts.site_pages.drawing import drawing
from scripts.site_pages.page import Column, Section, Table, Value
from scripts.site_pages.reading import Row, Site

DETAINED = """
    SELECT events.date_start, events.date_end, events.date_precision, count(DISTINCT acts.person_id) AS persons,
        count(DISTINCT acts.event_id) AS events, group_concat(DISTINCT places.name) AS places
    FROM acts JOIN events USING (event_id) LEFT JOIN places USING (place_id)
    WHERE acts.act_type = 'detention' AND acts.completion = 'completed' AND acts.event_basis = 'stated'
        AND acts.person_id IS NOT NULL AND events.date_start IS NOT NULL
    GROUP BY events.date_start, events.date_end, events.date_precision
    ORDER BY events.date_start, events.date_end
"""
WIDTH, AXIS, TOP, LINE = 360, 64, 14, 15
BAR, LABELS = 134, 206
DAY_HEIGHT = 2.2


async def detentions_section(site: Site) -> Section:
    """Named persons detained, by the day of the event: drawing and table. No event's title, which may name people."""
    t = site.t
    days = await site.rows(DETAINED)
    columns = (
        Column("day", t["day"]),
        Column("persons", t["persons_named_detained"], True),
        Column("events", t["nav_events"], True),
        Column("places", t["places"]),
    )
    rows = [
        (
            Value(site.date(day)),
            Value(str(day["persons"])),
            Value(str(day["events"])),
            Value(", ".join(sorted((day["places"] or "").split(",")))),
        )
        for day in days
    ]
    table = Table(t["detentions_caption"].format(number=len(rows)), columns, tuple(rows)) if rows else None
    drawn = [day for day in days if day["date_precision"] == "day"]
    markup = timeline_svg(drawn, site) if drawn else ""
    notes = (t["detentions_note"],)
    return Section("detentions", t["detentions_title"], notes, table=table, markup=markup, is_table_folded=bool(markup))


def timeline_svg(days: list[Row], site: Site) -> str:
    """The drawing: months at the left, a bar for each day, the day and the number beside it."""
    first = date.fromisoformat(days[0]["date_start"]).replace(day=1)
    last = date.fromisoformat(days[-1]["date_start"])
    most = max(day["persons"] for day in days)
    parts, label_bottom = [], 0.0
    for month in months(first, last):
        y = TOP + (month - first).days * DAY_HEIGHT
        name = (
            f"{site.t['months_short'][month.month - 1]} {month.year if month in (first,) or month.month == 1 else ''}"
        )
        parts.append(f'<path class="grid" d="M{AXIS} {y:.1f}H{WIDTH}"/>')
        parts.append(f'<text class="axis" x="0" y="{y + 4:.1f}">{escape(name.strip())}</text>')
    for day in days:
        when = date.fromisoformat(day["date_start"])
        y = TOP + (when - first).days * DAY_HEIGHT
        end = AXIS + max(3.0, BAR * day["persons"] / most)
        label_y = max(y, label_bottom + LINE) if label_bottom else y
        label_bottom = label_y
        parts.append(f'<path class="leader" d="M{end:.1f} {y:.1f}H{LABELS - 12}L{LABELS - 4} {label_y:.1f}"/>')
        parts.append(f'<path class="bar" d="M{AXIS} {y:.1f}H{end:.1f}"/>')
        short = f"{when.day} {site.t['months_short'][when.month - 1]}"  # the year stands at the left
        words = site.t["day_label"].format(day=short, number=day["persons"])
        parts.append(f'<text x="{LABELS}" y="{label_y + 4:.1f}">{escape(words)}</text>')
    height = max(TOP + (last - first).days * DAY_HEIGHT, label_bottom) + 16
    parts.append(f'<path class="rule" d="M{AXIS} {TOP - 8}V{height - 8:.0f}"/>')
    return drawing("timeline-drawing", WIDTH, height, site.t["detentions_title"], parts)


def months(first: date, last: date) -> list[date]:
    """The first days of the months from one day to another."""
    found, month = [], first
    while month <= last:
        found.append(month)
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return found
