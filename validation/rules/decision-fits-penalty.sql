-- A sentence or fine hangs on a decision of its kind, and a measure before sentence on none.
-- severity: error  scope: edition
-- why: Every sentence has a decision; a fine is decided in an administrative hearing, custody before sentence in no hearing that the report tells.
-- do: Read the passage: fill or correct decision_event_id, or correct penalty_type.
-- example: imprisonment is decided by: sentencing; here: no decision
WITH kinds(penalty_type, decided_by, needs_decision) AS (
    VALUES ('imprisonment', 'sentencing', true), ('restriction_of_freedom', 'sentencing', true),
           ('probation', 'sentencing', true), ('compulsory_labour', 'sentencing', true),
           ('ban_on_online_posts', 'sentencing', true), ('ban_on_attending_events', 'sentencing', true),
           ('compulsory_outpatient_treatment', 'court_ruling', true), ('psychiatric_examination', 'court_ruling', true),
           ('administrative_fine', 'administrative_hearing', false),
           ('administrative_arrest', 'administrative_hearing', false),
           ('pretrial_detention', NULL, false), ('extradition_arrest', NULL, false),
           ('pledge_not_to_leave', NULL, false), ('travel_ban', NULL, false)
)
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'decision_event_id' AS column_name,
       p.penalty_type || ' is decided by: ' || coalesce(k.decided_by, 'no hearing told here') || '; here: '
           || coalesce(d.event_type || ' ' || d.event_id, 'no decision') AS message
FROM penalties p
JOIN kinds k ON k.penalty_type = p.penalty_type
LEFT JOIN events d ON d.event_id = p.decision_event_id
WHERE (k.needs_decision AND d.event_id IS NULL)
   OR (d.event_id IS NOT NULL AND d.event_type IS DISTINCT FROM k.decided_by)
