-- An act whose event is stated stands in, or under, a passage that is cited for the event or for a part of it.
-- severity: error  scope: model
-- why: A slip in event_id moves an act to another rally, city or day.
-- do: Read the passage: correct event_id, or cite the passage for the event too.
-- example: no passage cited for the act, and none that governs one, is cited for E0003: does the source name another event?
WITH grounds AS (
    SELECT e.event_id, d.passage_id, d.source_id
    FROM events e
    JOIN citations d ON d.table_name = 'events' AND d.row_id = e.event_id
    UNION
    SELECT e.parent_event_id, d.passage_id, d.source_id
    FROM events e
    JOIN citations d ON d.table_name = 'events' AND d.row_id = e.event_id
    WHERE e.parent_event_id IS NOT NULL
), cited AS (
    SELECT a.act_id, a.event_id, c.source_id, p.passage_id, p.governed_by, p.continues
    FROM acts a
    JOIN citations c ON c.table_name = 'acts' AND c.row_id = a.act_id
    LEFT JOIN passages p ON p.passage_id = c.passage_id
    WHERE a.event_basis = 'stated'
), near AS (
    SELECT c.act_id FROM cited c JOIN grounds g ON g.event_id = c.event_id AND g.passage_id = c.passage_id
    UNION ALL
    SELECT c.act_id FROM cited c JOIN grounds g ON g.event_id = c.event_id AND g.passage_id = c.governed_by
    UNION ALL
    SELECT c.act_id FROM cited c JOIN grounds g ON g.event_id = c.event_id AND g.passage_id = c.continues
    UNION ALL
    SELECT c.act_id FROM cited c JOIN grounds g ON g.event_id = c.event_id AND g.source_id = c.source_id
)
SELECT 'acts' AS table_name, a.act_id AS row_id, 'event_id' AS column_name,
       'no passage cited for the act, and none that governs one, is cited for ' || a.event_id
           || ': does the source name another event?' AS message
FROM acts a
WHERE a.event_basis = 'stated' AND NOT EXISTS (SELECT 1 FROM near n WHERE n.act_id = a.act_id)
