-- Each case has at least one charge.
-- severity: error  scope: edition
-- why: A case is about a charge; one without it means that a charge was lost or hangs on another case.
-- do: Code the charge, or list the case in validation/exceptions.csv with the reason.
-- example: charges has no row of this case
SELECT 'cases' AS table_name, k.case_id AS row_id, 'case_id' AS column_name,
       'charges has no row of this case' AS message
FROM cases k
WHERE NOT EXISTS (SELECT 1 FROM charges x WHERE x.case_id = k.case_id)
