-- A citation names a row that is there.
-- severity: error  scope: model
-- why: A citation of a row that is gone hides that its passage supports nothing.
-- do: Correct row_id, or withdraw the citation too if its row was withdrawn.
-- example: table acts has no row A0099
SELECT 'citations' AS table_name, c.citation_id AS row_id, 'row_id' AS column_name,
       'table ' || c.table_name || ' has no row ' || c.row_id AS message
FROM citations c
WHERE NOT EXISTS (SELECT 1 FROM all_rows r WHERE r.table_name = c.table_name AND r.row_id = c.row_id)
