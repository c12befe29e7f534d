-- Page furniture is noted as layout, and nothing else is.
-- severity: error  scope: model
-- why: A passage noted as layout is passed over by every reader; only the segmenter’s furniture may be.
-- do: Write layout for furniture; for any other passage code it, or note it as context with the reason.
-- example: the passage is paragraph, and noted as layout
SELECT 'passage_notes' AS table_name, n.passage_id AS row_id, 'coding' AS column_name,
       'the passage is ' || p.passage_kind || ', and noted as ' || n.coding AS message
FROM passage_notes n
JOIN passages p ON p.passage_id = n.passage_id
WHERE (n.coding = 'layout') <> (p.passage_kind = 'furniture')
