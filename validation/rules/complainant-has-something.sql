-- Each complainant has an act, a penalty or a place in a case.
-- severity: error  scope: edition
-- why: They complained of something: a complainant with nothing means that a row was lost or hangs on another person.
-- do: Look for the person’s passages: code what they tell, or list the person in validation/exceptions.csv with the reason.
-- example: no act, penalty or case is of this complainant
SELECT 'persons' AS table_name, p.person_id AS row_id, 'is_complainant' AS column_name,
       'no act, penalty or case is of this complainant' AS message
FROM persons p
WHERE p.is_complainant
  AND NOT EXISTS (SELECT 1 FROM acts a WHERE a.person_id = p.person_id OR a.target_person_id = p.person_id)
  AND NOT EXISTS (SELECT 1 FROM penalties n WHERE n.person_id = p.person_id)
  AND NOT EXISTS (SELECT 1 FROM case_persons k WHERE k.person_id = p.person_id)
