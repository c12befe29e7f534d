-- Who is punished in a case stands among the persons of the case.
-- severity: error  scope: model
-- why: Who stands in a case is listed in one place, and views read it there.
-- do: Add the person to case_persons, or correct the penalty's case_id or person_id; empty case_id if the passage names no case.
-- example: case_persons has no row K0001, P0003
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'person_id' AS column_name,
       'case_persons has no row ' || p.case_id || ', ' || p.person_id AS message
FROM penalties p
WHERE p.case_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM case_persons k WHERE k.case_id = p.case_id AND k.person_id = p.person_id)
