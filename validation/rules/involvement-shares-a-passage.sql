-- Who did an act is told in a passage that tells of the act, or in one that governs it or that it governs.
-- severity: error  scope: model
-- why: Who did what is never pieced together from passages about different things.
-- do: Correct act_id or the citation; if no passage tells both of the act and of its doer, withdraw the involvement.
-- example: no passage cited for it is one of A0003: is it an involvement in another act?
WITH near AS (
    SELECT i.involvement_id
    FROM involvements i
    JOIN citations c ON c.table_name = 'involvements' AND c.row_id = i.involvement_id
    LEFT JOIN passages p ON p.passage_id = c.passage_id
    JOIN citations a ON a.table_name = 'acts' AND a.row_id = i.act_id
    LEFT JOIN passages q ON q.passage_id = a.passage_id
    WHERE p.passage_id = q.passage_id OR p.governed_by = q.passage_id OR q.governed_by = p.passage_id
       OR p.continues = q.passage_id OR q.continues = p.passage_id
       OR a.source_id = c.source_id
)
SELECT 'involvements' AS table_name, i.involvement_id AS row_id, 'act_id' AS column_name,
       'no passage cited for it is one of ' || i.act_id || ': is it an involvement in another act?' AS message
FROM involvements i
WHERE NOT EXISTS (SELECT 1 FROM near n WHERE n.involvement_id = i.involvement_id)
