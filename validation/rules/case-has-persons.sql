-- Each case has at least one person.
-- severity: error  scope: edition
-- why: A case is somebody’s; one without a person means that the link was lost.
-- do: Add the person to data/case_persons.csv.
-- example: case_persons has no row of this case
SELECT 'cases' AS table_name, k.case_id AS row_id, 'case_id' AS column_name,
       'case_persons has no row of this case' AS message
FROM cases k
WHERE NOT EXISTS (SELECT 1 FROM case_persons x WHERE x.case_id = k.case_id)
