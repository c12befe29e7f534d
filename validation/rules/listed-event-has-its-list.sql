-- An event that is only listed has the list cited for it: a passage that is cited for the event.
-- severity: error  scope: model
-- why: The list is the only ground for the event, so without it nobody can check which event is meant.
-- do: Cite the list for the column event_id (field event_id in data/citations.csv), or correct event_id or event_basis.
-- example: no list that is cited for E0002 is cited for this column
WITH found AS (
    SELECT 'acts' AS table_name, act_id AS row_id, event_id FROM acts WHERE event_basis = 'only_listed_event'
    UNION ALL
    SELECT 'penalties', penalty_id, event_id FROM penalties WHERE event_basis = 'only_listed_event'
), listed AS (
    SELECT f.table_name, f.row_id
    FROM found f
    JOIN citations c ON c.table_name = f.table_name AND c.row_id = f.row_id AND c.field = 'event_id'
    JOIN citations e ON e.table_name = 'events' AND e.row_id = f.event_id AND e.passage_id = c.passage_id
)
SELECT found.table_name, found.row_id, 'event_id' AS column_name,
       'no list that is cited for ' || found.event_id || ' is cited for this column' AS message
FROM found
WHERE NOT EXISTS (SELECT 1 FROM listed l WHERE l.table_name = found.table_name AND l.row_id = found.row_id)
