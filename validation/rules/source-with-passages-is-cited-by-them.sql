-- A source whose passages are listed is cited by passage, never as a whole.
-- severity: error  scope: model
-- why: A citation of a whole source is checked by no program; where there are passages, one of them says it.
-- do: Empty source_id and fill passage_id with the passage that supports the row.
-- example: S0001 has passages: name the one that supports the row
SELECT 'citations' AS table_name, c.citation_id AS row_id, 'source_id' AS column_name,
       c.source_id || ' has passages: name the one that supports the row' AS message
FROM citations c
WHERE EXISTS (SELECT 1 FROM passages p WHERE p.source_id = c.source_id)
