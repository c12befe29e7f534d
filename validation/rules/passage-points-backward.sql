-- A passage continues, and is governed by, an earlier passage.
-- severity: error  scope: model
SELECT 'passages' AS table_name, passage_id AS row_id,
       CASE WHEN continues >= passage_id THEN 'continues' ELSE 'governed_by' END AS column_name,
       CASE WHEN continues >= passage_id THEN continues ELSE governed_by END || ' is not an earlier passage' AS message
FROM passages
WHERE continues >= passage_id OR governed_by >= passage_id
