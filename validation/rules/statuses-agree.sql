-- A person's status in a case agrees with the charges there and with the status of the case.
-- severity: error  scope: model
-- why: The three columns say one thing in three tables, so a flipped one contradicts the others.
-- do: Read the passages on the case and correct whichever of the statuses is wrong.
-- example: the charge is listed_but_witness, the person accused in K0001
SELECT 'charges' AS table_name, c.charge_id AS row_id, 'status' AS column_name,
       'the charge is ' || c.status || ', the person ' || k.procedural_status || ' in ' || c.case_id AS message
FROM charges c
JOIN case_persons k ON k.case_id = c.case_id AND k.person_id = c.person_id
WHERE (c.status = 'listed_but_witness') <> (k.procedural_status = 'witness')
   OR (c.status = 'convicted' AND k.procedural_status NOT IN ('convicted', 'wanted'))
   OR (c.status = 'sought' AND k.procedural_status NOT IN ('accused', 'suspect'))
   OR k.procedural_status = 'victim'
UNION ALL
SELECT 'charges', c.charge_id, 'status', 'the charge is closed, the case ' || k.case_id || ' ' || k.status_as_last_reported
FROM charges c
JOIN cases k ON k.case_id = c.case_id
WHERE (c.status = 'closed' AND k.status_as_last_reported <> 'closed')
   OR (c.status IN ('charged', 'sought') AND k.status_as_last_reported = 'closed')
UNION ALL
SELECT 'case_persons', p.case_id || '/' || p.person_id, 'procedural_status',
       'the person is ' || p.procedural_status || ', the ' || k.case_type || ' case last reported as '
           || k.status_as_last_reported
FROM case_persons p
JOIN cases k ON k.case_id = p.case_id
WHERE (p.procedural_status = 'victim') <> (k.case_type = 'complaint_against_officials')
   OR (k.status_as_last_reported = 'sentenced' AND p.procedural_status NOT IN ('convicted', 'witness', 'victim'))
   OR (k.status_as_last_reported = 'trial' AND p.procedural_status NOT IN ('accused', 'witness', 'victim'))
   OR (p.procedural_status IN ('accused', 'suspect') AND k.status_as_last_reported NOT IN ('investigation', 'trial'))
   OR (p.procedural_status = 'wanted') <> (k.status_as_last_reported = 'extradition_proceedings')
