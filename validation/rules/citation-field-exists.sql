-- A citation's field is a column of the row's table.
-- severity: error  scope: model
SELECT 'citations' AS table_name, c.citation_id AS row_id, 'field' AS column_name,
       'table ' || c.table_name || ' has no column ' || c.field AS message
FROM citations c
WHERE c.field IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM all_columns a WHERE a.table_name = c.table_name AND a.column_name = c.field)
