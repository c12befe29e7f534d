-- An other value is of a column that its table has.
-- severity: error  scope: model
-- why: A value for a column that is not there is shown nowhere.
-- do: Correct the spelling of field, or table_name.
-- example: table persons has no column colour
SELECT 'other_values' AS table_name, o.other_value_id AS row_id, 'field' AS column_name,
       'table ' || o.table_name || ' has no column ' || o.field AS message
FROM other_values o
WHERE NOT EXISTS (SELECT 1 FROM all_columns a WHERE a.table_name = o.table_name AND a.column_name = o.field)
