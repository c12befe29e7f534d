-- A hearing, sentencing or ruling in a case is at the place of the case.
-- severity: error  scope: edition
-- why: A place_id or case_id that slipped shows in the other.
-- do: Read the passage and correct place_id or case_id of the event, or place_id of the case.
-- example: the event is at L0003, its case K0001 at L0001
SELECT 'events' AS table_name, e.event_id AS row_id, 'place_id' AS column_name,
       'the event is at ' || e.place_id || ', its case ' || k.case_id || ' at ' || k.place_id AS message
FROM events e
JOIN cases k ON k.case_id = e.case_id
WHERE e.event_type IN ('court_hearing', 'sentencing', 'court_ruling') AND e.place_id <> k.place_id
