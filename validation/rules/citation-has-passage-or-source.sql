-- A citation names a passage or, where there is none, a source: exactly one of them.
-- severity: error  scope: model
-- why: A passage already leads to its source; without either nothing is supported.
-- do: Fill passage_id with the passage that supports the row; only where there is none, fill source_id.
-- example: the citation names a passage and a source: leave the source out
SELECT 'citations' AS table_name, citation_id AS row_id, 'passage_id' AS column_name,
       CASE WHEN passage_id IS NULL THEN 'the citation names neither a passage nor a source'
            ELSE 'the citation names a passage and a source: leave the source out' END AS message
FROM citations
WHERE (passage_id IS NULL) = (source_id IS NULL)
