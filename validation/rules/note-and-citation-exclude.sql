-- A passage noted as context or layout is not cited.
-- severity: error  scope: model
SELECT 'passage_notes' AS table_name, n.passage_id AS row_id, 'coding' AS column_name,
       'the passage is noted as ' || n.coding || ', and ' || min(c.citation_id) || ' cites it: take one of them out' AS message
FROM passage_notes n
JOIN citations c ON c.passage_id = n.passage_id
WHERE n.coding IN ('context', 'layout')
GROUP BY n.passage_id, n.coding
