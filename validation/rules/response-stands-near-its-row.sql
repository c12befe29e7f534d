-- An answer stands in a passage of the row that it answers, or in one beside it; that to a case or event in its section.
-- severity: error  scope: model
-- why: A slip in row_id puts a denial beside a claim that it does not answer.
-- do: Read the passage: correct table_name and row_id, or cite the passage for the row that is answered.
-- example: no passage cited for it stands near those of A0001: does it answer another row?
WITH near AS (
    SELECT r.response_id
    FROM responses r
    JOIN citations c ON c.table_name = 'responses' AND c.row_id = r.response_id
    JOIN passages p ON p.passage_id = c.passage_id
    JOIN citations d ON d.table_name = r.table_name AND d.row_id = r.row_id
    JOIN passages q ON q.passage_id = d.passage_id
    WHERE p.passage_id = q.passage_id OR p.governed_by IN (q.passage_id, q.governed_by) OR q.governed_by = p.passage_id
       OR p.continues = q.passage_id OR q.continues = p.passage_id
       OR (r.table_name IN ('cases', 'events') AND p.section = q.section)
)
SELECT 'responses' AS table_name, r.response_id AS row_id, 'row_id' AS column_name,
       'no passage cited for it stands near those of ' || r.row_id || ': does it answer another row?' AS message
FROM responses r
WHERE NOT EXISTS (SELECT 1 FROM near n WHERE n.response_id = r.response_id)
  AND NOT EXISTS (
  SELECT 1 FROM citations c
  WHERE c.table_name = 'responses' AND c.row_id = r.response_id AND c.source_id = r.source_id
)
