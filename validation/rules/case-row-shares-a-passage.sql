-- A charge, penalty or role in a case stands in a passage that is cited for the case.
-- severity: error  scope: model
-- why: A slip in case_id puts somebody into another person’s case.
-- do: Read the passage: correct case_id, or cite the passage for the case too.
-- example: no passage cited for it is one of K0001: does it belong to another case?
WITH found AS (
    SELECT 'charges' AS table_name, charge_id AS row_id, case_id FROM charges
    UNION ALL
    SELECT 'penalties', penalty_id, case_id FROM penalties WHERE case_id IS NOT NULL
    UNION ALL
    SELECT 'official_roles', official_role_id, case_id FROM official_roles WHERE case_id IS NOT NULL
), shared AS (
    SELECT f.table_name, f.row_id
    FROM found f
    JOIN citations c ON c.table_name = f.table_name AND c.row_id = f.row_id
    JOIN citations k ON k.table_name = 'cases' AND k.row_id = f.case_id
    WHERE k.passage_id = c.passage_id OR k.source_id = c.source_id
)
SELECT found.table_name, found.row_id, 'case_id' AS column_name,
       'no passage cited for it is one of ' || found.case_id || ': does it belong to another case?' AS message
FROM found
WHERE NOT EXISTS (SELECT 1 FROM shared s WHERE s.table_name = found.table_name AND s.row_id = found.row_id)
