-- A citation is given once.
-- severity: error  scope: model
-- why: The same support counted twice looks like two supports.
-- do: If another passage was meant, correct passage_id; else withdraw this row (its id goes to retired_ids).
-- example: the same citation is Z00006
SELECT 'citations' AS table_name, c.citation_id AS row_id, 'passage_id' AS column_name,
       'the same citation is ' || first.citation_id AS message
FROM citations c
JOIN citations first
  ON first.table_name = c.table_name AND first.row_id = c.row_id AND first.citation_id < c.citation_id
 AND first.passage_id IS NOT DISTINCT FROM c.passage_id
 AND first.source_id IS NOT DISTINCT FROM c.source_id
 AND first.field IS NOT DISTINCT FROM c.field
