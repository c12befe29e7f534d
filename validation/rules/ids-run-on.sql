-- The ids of a table run on without a gap, those of retired rows among them.
-- severity: error  scope: edition
-- why: A row that was deleted, or given another id, leaves a gap; a withdrawn row’s id stands in retired_ids.
-- do: Put the row back, give it its id again, or write the missing ids in data/retired_ids.csv with the reason.
-- example: 7 id(s) of rights between G0001 and G0009 are neither in the table nor in retired_ids
WITH known AS (
    SELECT table_name, row_id, CAST(substr(row_id, 2) AS INTEGER) AS number, true AS is_alive
    FROM all_rows
    WHERE table_name NOT IN ('passage_notes', 'retired_ids') AND NOT ends_with(table_name, '_types')
    UNION ALL
    SELECT table_name, row_id, CAST(substr(row_id, 2) AS INTEGER), false FROM retired_ids
), ordered AS (
    SELECT *, lag(row_id, 1, '') OVER same AS before, lag(number, 1, 0) OVER same AS number_before
    FROM known
    WINDOW same AS (PARTITION BY table_name ORDER BY number)
)
SELECT CASE WHEN is_alive THEN table_name ELSE 'retired_ids' END AS table_name, row_id,
       CASE WHEN is_alive THEN '' ELSE 'row_id' END AS column_name,
       CAST(number - number_before - 1 AS VARCHAR) || ' id(s) of ' || table_name || ' between '
           || CASE WHEN before = '' THEN 'the beginning' ELSE before END || ' and ' || row_id
           || ' are neither in the table nor in retired_ids' AS message
FROM ordered
WHERE number > number_before + 1
