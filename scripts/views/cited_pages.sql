-- One row is a cited row of any table, with the section and page of each passage that supports it; its passages are counted.
-- one_row_per: cited row
-- citations: Section and page of each supporting passage, or the title of a source without passages; in the text's order.
-- passages: Number of passages cited for the row or for one of its columns.
SELECT
  table_name,
  row_id,
  group_concat(place, '; ') AS citations,
  sum(passages) AS passages
FROM (
  SELECT
    citations.table_name,
    citations.row_id,
    coalesce(passages.label, sources.title) AS place,
    count(DISTINCT citations.passage_id) AS passages
  FROM citations
  LEFT JOIN passages ON passages.passage_id = citations.passage_id
  LEFT JOIN sources ON sources.source_id = citations.source_id
  GROUP BY citations.table_name, citations.row_id, place
  ORDER BY citations.table_name, citations.row_id, min(citations.passage_id IS NULL), min(citations.passage_id), place
)
GROUP BY table_name, row_id
