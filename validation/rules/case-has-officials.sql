-- Each case has at least one official.
-- severity: error  scope: edition
-- why: Section 4.6 lists the officials of the cases; a case without one means that a role was lost.
-- do: Code the role, or list the case in validation/exceptions.csv with the reason.
-- example: official_roles has no row of this case
SELECT 'cases' AS table_name, k.case_id AS row_id, 'case_id' AS column_name,
       'official_roles has no row of this case' AS message
FROM cases k
WHERE NOT EXISTS (SELECT 1 FROM official_roles x WHERE x.case_id = k.case_id)
