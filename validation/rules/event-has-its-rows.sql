-- An event of these types has what makes it one: acts, parts, a penalty that it decided, or a case.
-- severity: error  scope: edition
-- why: An event that lost its rows, or has another type than its rows say, is found here.
-- do: Look for the rows that should hang on the event, or correct event_type; an event of which the report tells no more is listed in validation/exceptions.csv.
-- example: rally without parts
WITH held AS (
    SELECT e.event_id, e.event_type, e.case_id IS NOT NULL AS in_case,
           EXISTS (SELECT 1 FROM acts a WHERE a.event_id = e.event_id) AS has_acts,
           EXISTS (SELECT 1 FROM events c WHERE c.parent_event_id = e.event_id) AS has_parts,
           EXISTS (SELECT 1 FROM penalties p WHERE p.decision_event_id = e.event_id) AS decides
    FROM events e
)
SELECT 'events' AS table_name, event_id AS row_id, 'event_type' AS column_name,
       event_type || ' without ' || CASE
           WHEN event_type IN ('mass_detention', 'attack', 'border_stop') THEN 'an act'
           WHEN event_type IN ('police_measures', 'preventive_detention') THEN 'an act or a part'
           WHEN event_type = 'rally' THEN 'parts'
           WHEN event_type = 'administrative_hearing' THEN 'a penalty or parts'
           WHEN event_type = 'sentencing' THEN 'a penalty'
           ELSE 'a case' END AS message
FROM held
WHERE CASE
        WHEN event_type IN ('mass_detention', 'attack', 'border_stop') THEN NOT has_acts
        WHEN event_type IN ('police_measures', 'preventive_detention') THEN NOT has_acts AND NOT has_parts
        WHEN event_type = 'rally' THEN NOT has_parts
        WHEN event_type = 'administrative_hearing' THEN NOT decides AND NOT has_parts
        WHEN event_type = 'sentencing' THEN NOT decides
        WHEN event_type IN ('court_hearing', 'detention_in_case', 'procedural_step', 'search', 'extradition',
                            'extradition_ruling') THEN NOT in_case
        ELSE false
      END
