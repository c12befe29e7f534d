-- A case's title has the surname of everyone who stands in the case.
-- severity: error  scope: model
-- why: A person_id or case_id that slipped in data/case_persons.csv puts somebody into another’s case.
-- do: Correct the row of case_persons, or the title; a title in another spelling is listed in validation/exceptions.csv.
-- example: the case is “Empty of charges”, the person Mockson
SELECT 'case_persons' AS table_name, k.case_id || '/' || k.person_id AS row_id, 'person_id' AS column_name,
       'the case is “' || c.title || '”, the person ' || p.surname AS message
FROM case_persons k
JOIN cases c ON c.case_id = k.case_id
JOIN persons p ON p.person_id = k.person_id
WHERE NOT contains(c.title, p.surname)
