-- Who is charged in a case stands among the persons of the case.
-- severity: error  scope: model
-- why: Who stands in a case is listed in one place, and views read it there.
-- do: Add the person to case_persons with the capacity that the passage gives, or correct the charge's case_id or person_id.
-- example: case_persons has no row K0001, P0003
SELECT 'charges' AS table_name, c.charge_id AS row_id, 'person_id' AS column_name,
       'case_persons has no row ' || c.case_id || ', ' || c.person_id AS message
FROM charges c
WHERE NOT EXISTS (SELECT 1 FROM case_persons k WHERE k.case_id = c.case_id AND k.person_id = c.person_id)
