-- Passages of a source follow one another without sharing a line.
-- severity: error  scope: model
-- why: Two passages that share a line would count its words twice.
-- do: Do not edit this table: make it anew from the text with make segment.
-- example: the passage starts on line 24, and the one before ends on line 24
SELECT 'passages' AS table_name, passage_id AS row_id, 'first_line' AS column_name,
       'the passage starts on line ' || CAST(first_line AS VARCHAR) || ', and the one before ends on line '
           || CAST(line_before AS VARCHAR) AS message
FROM (
    SELECT passage_id, first_line, lag(last_line) OVER (PARTITION BY source_id ORDER BY passage_id) AS line_before
    FROM passages
) pairs
WHERE first_line <= line_before
