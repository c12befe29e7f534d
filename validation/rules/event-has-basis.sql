-- A row tied to an event says on what ground, and only such a row.
-- severity: error  scope: model
SELECT table_name, row_id, 'event_basis' AS column_name,
       CASE WHEN event_id IS NULL THEN 'a ground is given, and no event' ELSE 'the ground is empty' END AS message
FROM (
    SELECT 'acts' AS table_name, act_id AS row_id, event_id, event_basis FROM acts
    UNION ALL
    SELECT 'penalties', penalty_id, event_id, event_basis FROM penalties
) rows_with_events
WHERE (event_id IS NULL) <> (event_basis IS NULL)
