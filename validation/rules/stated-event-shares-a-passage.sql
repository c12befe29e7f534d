-- An act whose event is stated stands in, or under, a passage that is cited for the event or for a part of it.
-- severity: error  scope: model
-- why: A slip in event_id moves an act to another rally, city or day.
-- do: Read the passage: correct event_id, or cite the passage for the event too.
-- example: no passage cited for the act, and none that governs one, is cited for E0003: does the source name another event?
SELECT 'acts' AS table_name, a.act_id AS row_id, 'event_id' AS column_name,
       'no passage cited for the act, and none that governs one, is cited for ' || a.event_id
           || ': does the source name another event?' AS message
FROM acts a
WHERE a.event_basis = 'stated' AND NOT EXISTS (
  SELECT 1
  FROM citations c
  LEFT JOIN passages p ON p.passage_id = c.passage_id
  JOIN citations d ON d.table_name = 'events'
                  AND (d.passage_id IN (p.passage_id, p.governed_by, p.continues) OR d.source_id = c.source_id)
  JOIN events e ON e.event_id = d.row_id
  WHERE c.table_name = 'acts' AND c.row_id = a.act_id
    AND (e.event_id = a.event_id OR e.parent_event_id = a.event_id)
)
