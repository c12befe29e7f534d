-- A retired id begins with the letter of its table, and its successor does too.
-- severity: error  scope: model
-- why: A retired id under another table’s name guards nothing: the id could be used again.
-- do: Correct table_name, row_id or successor_id.
-- example: the ids of acts begin with A
WITH letters AS (
    SELECT table_name, min(substr(row_id, 1, 1)) AS letter FROM all_rows GROUP BY table_name
)
SELECT 'retired_ids' AS table_name, d.row_id,
       CASE WHEN substr(d.row_id, 1, 1) <> l.letter THEN 'table_name' ELSE 'successor_id' END AS column_name,
       'the ids of ' || d.table_name || ' begin with ' || l.letter AS message
FROM retired_ids d
JOIN letters l ON l.table_name = d.table_name
WHERE substr(d.row_id, 1, 1) <> l.letter OR substr(d.successor_id, 1, 1) <> l.letter
