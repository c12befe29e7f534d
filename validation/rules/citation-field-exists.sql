-- A citation's field is a column of the row's table.
-- severity: error  scope: model
-- why: A citation of a column that is not there supports nothing.
-- do: Correct the spelling of field, or empty it if the passage supports the whole row.
-- example: table acts has no column colour
SELECT 'citations' AS table_name, c.citation_id AS row_id, 'field' AS column_name,
       'table ' || c.table_name || ' has no column ' || c.field AS message
FROM citations c
WHERE c.field IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM all_columns a WHERE a.table_name = c.table_name AND a.column_name = c.field)
