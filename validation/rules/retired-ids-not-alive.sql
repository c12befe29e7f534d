-- A retired id is not used again, and its successor is there.
-- severity: error  scope: model
-- why: An id in somebody's notes must lead to the same row for ever.
-- do: Give the new row a fresh id; if the row was withdrawn by mistake, take its line out of retired_ids; a successor must be a row that is there.
-- example: table persons has the row P0002 again
WITH spoken_of AS (
    SELECT row_id FROM retired_ids UNION SELECT successor_id FROM retired_ids WHERE successor_id IS NOT NULL
), alive AS (
    SELECT table_name, row_id FROM all_rows WHERE row_id IN (SELECT row_id FROM spoken_of)
)
SELECT 'retired_ids' AS table_name, d.row_id, 'row_id' AS column_name,
       'table ' || d.table_name || ' has the row ' || d.row_id || ' again' AS message
FROM retired_ids d
WHERE EXISTS (SELECT 1 FROM alive r WHERE r.table_name = d.table_name AND r.row_id = d.row_id)
UNION ALL
SELECT 'retired_ids', d.row_id, 'successor_id', 'table ' || d.table_name || ' has no row ' || d.successor_id
FROM retired_ids d
WHERE d.successor_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM alive r WHERE r.table_name = d.table_name AND r.row_id = d.successor_id)
  AND NOT EXISTS (SELECT 1 FROM retired_ids n WHERE n.table_name = d.table_name AND n.row_id = d.successor_id)
