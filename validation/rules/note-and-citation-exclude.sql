-- A passage noted as context or layout is not cited.
-- severity: error  scope: model
-- why: A passage that holds nothing to code cannot support a row.
-- do: If the citation is right, delete the note; if the note is right, cite another passage for that row.
-- example: the passage is noted as context, and Z00006 cites it: take one of them out
SELECT 'passage_notes' AS table_name, n.passage_id AS row_id, 'coding' AS column_name,
       'the passage is noted as ' || n.coding || ', and ' || min(c.citation_id) || ' cites it: take one of them out' AS message
FROM passage_notes n
JOIN citations c ON c.passage_id = n.passage_id
WHERE n.coding IN ('context', 'layout')
GROUP BY n.passage_id, n.coding
