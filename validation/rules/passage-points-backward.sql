-- A passage continues, and is governed by, an earlier passage.
-- severity: error  scope: model
-- why: A passage is governed and continued by what the reader has already read.
-- do: Do not edit this table: make it anew from the text with make segment.
-- example: X9999 is not an earlier passage
SELECT 'passages' AS table_name, passage_id AS row_id,
       CASE WHEN continues >= passage_id THEN 'continues' ELSE 'governed_by' END AS column_name,
       CASE WHEN continues >= passage_id THEN continues ELSE governed_by END || ' is not an earlier passage' AS message
FROM passages
WHERE continues >= passage_id OR governed_by >= passage_id
