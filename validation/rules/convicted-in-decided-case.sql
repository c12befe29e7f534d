-- Who is convicted stands in a case that has been decided.
-- severity: error  scope: model
-- why: A conviction in a case that is still open is a slip in one of the two.
-- do: Read what the report last says of the case; correct the case's status_as_last_reported, or this person's status.
-- example: the case K0001 is last reported as: trial
SELECT found.table_name, found.row_id, found.column_name,
       'the case ' || k.case_id || ' is last reported as: ' || k.status_as_last_reported AS message
FROM (
    SELECT 'charges' AS table_name, charge_id AS row_id, 'status' AS column_name, case_id
    FROM charges WHERE status = 'convicted'
    UNION ALL
    SELECT 'case_persons', case_id || '/' || person_id, 'procedural_status', case_id
    FROM case_persons WHERE procedural_status = 'convicted'
) found
JOIN cases k ON k.case_id = found.case_id
WHERE k.status_as_last_reported IN ('investigation', 'trial')
