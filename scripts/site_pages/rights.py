"""The page of a right of chapter 5: the provisions that protect it, and the kinds of treatment told under it."""

from scripts.site_pages.naming import with_names_noted
from scripts.site_pages.page import Column, Page, Section, Table, Value
from scripts.site_pages.reading import Site

RIGHT = "SELECT * FROM rights WHERE right_id = :row_id"
PROVISIONS = """
    SELECT provisions.* FROM right_provisions JOIN provisions USING (provision_id)
    WHERE right_id = :row_id ORDER BY instrument, article, part
"""
TREATMENT = """
    SELECT act_types.code, act_types.definition, counted.acts_named, counted.persons_named FROM act_types
    LEFT JOIN acts_by_type AS counted ON counted.act_type = act_types.code AND counted.completion = 'completed'
    WHERE right_id = :row_id ORDER BY counted.acts_named DESC, act_types.code
"""


async def page(site: Site, row_id: str) -> Page:
    """The page of a right."""
    t = site.t
    right = (await site.rows(RIGHT, row_id=row_id))[0]
    made = Page(
        path=f"/rights/{row_id}",
        title=site.name("rights", row_id, right["name"]),
        kind=t["kinds_of_pages"]["rights"],
        row_id=row_id,
        table="rights",
        lead=(t["right_lead"],),
        notices=(t["right_caveat"],),
        sections=(
            Section(
                "treatment", t["treatment_under"], (t["treatment_note"],), table=await treatment_table(site, row_id)
            ),
            Section("provisions", t["protected_by"], table=await provisions_table(site, row_id)),
        ),
    )
    return await with_names_noted(site, made)


async def treatment_table(site: Site, row_id: str) -> Table | None:
    """The kinds of treatment whose code has this right, with completed acts and persons named."""
    t = site.t
    rows = await site.rows(TREATMENT, row_id=row_id)
    columns = (
        Column("act_type", t["kind_of_treatment"]),
        Column("acts_named", t["acts_named"], True),
        Column("persons_named", t["persons_named"], True),
        Column("definition", t["definition"]),
    )
    cells = []
    for row in rows:
        href = f"{site.datasette.urls.table('kz2018', 'acts')}?act_type={row['code']}"
        label = Value(await site.label("act_types", row["code"]), href)
        numbers = [Value(str(row[name] or 0)) for name in ("acts_named", "persons_named")]
        cells.append((label, *numbers, Value(row["definition"])))
    return Table(t["treatment_caption"].format(number=len(cells)), columns, tuple(cells)) if cells else None


async def provisions_table(site: Site, row_id: str) -> Table | None:
    """The provisions that chapter 5 lists for this right."""
    t = site.t
    rows = await site.rows(PROVISIONS, row_id=row_id)
    columns = (Column("provision", t["kinds_of_pages"]["provisions"]), Column("jurisdiction", t["jurisdiction"]))
    cells = tuple(
        (site.link("provisions", row["provision_id"], row["label"]), Value(row["jurisdiction"])) for row in rows
    )
    return Table(t["provisions_caption"].format(number=len(cells)), columns, cells) if cells else None
