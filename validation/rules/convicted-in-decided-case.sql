-- Who is convicted stands in a case that has been decided.
-- severity: error  scope: model
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
