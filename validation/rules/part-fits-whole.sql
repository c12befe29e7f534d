-- The parts of an event are of the types that the whole can hold.
-- severity: error  scope: edition
-- why: A rally holds detentions, not sentences; a flipped type or a parent that slipped shows here.
-- do: Read the passages and correct event_type or parent_event_id.
-- example: court_hearing is no part of rally E0001
WITH pairs(whole, part) AS (
    VALUES ('rally', 'mass_detention'), ('rally', 'preventive_detention'), ('police_measures', 'police_measures'),
           ('police_measures', 'incident'), ('preventive_detention', 'preventive_detention'),
           ('preventive_detention', 'decree'), ('administrative_hearing', 'administrative_hearing'),
           ('delegation_visit', 'declaration'), ('delegation_visit', 'meeting'), ('mission', 'meeting'),
           ('permit_refusal', 'permit_refusal')
)
SELECT 'events' AS table_name, e.event_id AS row_id, 'parent_event_id' AS column_name,
       e.event_type || ' is no part of ' || p.event_type || ' ' || p.event_id AS message
FROM events e
JOIN events p ON p.event_id = e.parent_event_id
WHERE NOT EXISTS (SELECT 1 FROM pairs x WHERE x.whole = p.event_type AND x.part = e.event_type)
