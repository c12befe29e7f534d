-- Each passage is cited, gives a spelling, or has a note that says why not.
-- severity: error  scope: edition
-- why: Every passage was read: what is not coded says why.
-- do: Code what the passage tells and cite it, or add a row to passage_notes with the reason why nothing is coded.
-- example: Each passage is cited, gives a spelling, or has a note that says why not.
SELECT 'passages' AS table_name, p.passage_id AS row_id, 'passage_id' AS column_name, NULL AS message
FROM passages p
WHERE NOT EXISTS (SELECT 1 FROM citations c WHERE c.passage_id = p.passage_id)
  AND NOT EXISTS (SELECT 1 FROM person_names n WHERE n.passage_id = p.passage_id)
  AND NOT EXISTS (SELECT 1 FROM official_names n WHERE n.passage_id = p.passage_id)
  AND NOT EXISTS (SELECT 1 FROM passage_notes n WHERE n.passage_id = p.passage_id)
