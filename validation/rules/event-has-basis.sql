-- A row tied to an event says on what ground, and only such a row.
-- severity: error  scope: model
-- why: Counts leave out what is tied to an event only because of a list, so the ground must be known.
-- do: Fill event_basis: stated where the passage names the event, only_listed_event where the list alone gives it; without an event, empty it.
-- example: the ground is empty
SELECT table_name, row_id, 'event_basis' AS column_name,
       CASE WHEN event_id IS NULL THEN 'a ground is given, and no event' ELSE 'the ground is empty' END AS message
FROM (
    SELECT 'acts' AS table_name, act_id AS row_id, event_id, event_basis FROM acts
    UNION ALL
    SELECT 'penalties', penalty_id, event_id, event_basis FROM penalties
) rows_with_events
WHERE (event_id IS NULL) <> (event_basis IS NULL)
