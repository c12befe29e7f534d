"""In which folder a row of acts or events stands: by the year and country of its event."""

from scripts.engines.duckdb_engine import DuckDB

PARTITIONED = ("acts", "events")
NEEDED = {"acts": ["events", "places"], "events": ["places"]}  # tables that tell the folder of a table's rows
UNKNOWN = "year=unknown/country=unknown"
COUNTRIES = "SELECT place_id, min(country_code) AS country FROM places GROUP BY place_id"
FOLDERS = """
SELECT
  event_id,
  min(
    'year=' || coalesce(CAST(year(date_start) AS VARCHAR), 'unknown')
    || '/country=' || coalesce(url_encode(country), 'unknown')
  ) AS folder
FROM events LEFT JOIN country_of_place USING (place_id)
GROUP BY event_id
"""


def define_folders(engine: DuckDB) -> None:
    """Make the relation folder_of_event(event_id, folder), one row an event even where an id stands twice."""
    engine.define("country_of_place", COUNTRIES)
    engine.define("folder_of_event", FOLDERS)


def with_folder(table: str) -> str:
    """A SELECT of a partitioned table's rows with their folder."""
    folder = f"coalesce(folder, '{UNKNOWN}') AS folder"
    return f"SELECT {table}.*, {folder} FROM {table} LEFT JOIN folder_of_event USING (event_id)"
