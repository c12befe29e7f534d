-- Each row of a cited table has a citation that names the passage it rests on.
-- severity: error  scope: model
-- why: A row without a passage is our word, not the report's.
-- do: Add a row to citations that names the table, this row's id and the passage that supports it.
-- example: Each row of a cited table has a citation that names the passage it rests on.
SELECT r.table_name, r.row_id, '' AS column_name, NULL AS message
FROM all_rows r
JOIN cited_tables t ON t.table_name = r.table_name
WHERE NOT EXISTS (SELECT 1 FROM citations c WHERE c.table_name = r.table_name AND c.row_id = r.row_id)
  AND NOT EXISTS (SELECT 1 FROM persons p WHERE r.table_name = 'persons' AND p.person_id = r.row_id AND p.is_withheld)
