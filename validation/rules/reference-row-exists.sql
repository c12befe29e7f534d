-- A response, other value or anomaly is about a row that is there.
-- severity: error  scope: model
-- why: What is said of a row that is gone is shown nowhere.
-- do: Correct table_name or row_id; if the row was merged, write its successor's id.
-- example: table penalties has no row N9999
SELECT refs.table_name, refs.row_id, 'row_id' AS column_name,
       'table ' || refs.target_table || ' has no row ' || refs.target_row AS message
FROM (
    SELECT 'responses' AS table_name, response_id AS row_id, table_name AS target_table, row_id AS target_row
    FROM responses
    UNION ALL
    SELECT 'other_values', other_value_id, table_name, row_id FROM other_values
    UNION ALL
    SELECT 'anomalies', anomaly_id, table_name, row_id FROM anomalies
) refs
WHERE NOT EXISTS (SELECT 1 FROM all_rows r WHERE r.table_name = refs.target_table AND r.row_id = refs.target_row)
