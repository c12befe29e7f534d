-- A penalty's court and relation to the ban are those of its case; without a case the relation is not said.
-- severity: error  scope: model
-- why: Both are told of the case as a whole, so another value in one penalty is a slip.
-- do: Read the passages of the case and correct the penalty, or the case.
-- example: the penalty is prior, its case K0001 not_said
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'relation_to_ban' AS column_name,
       'the penalty is ' || p.relation_to_ban || ', its case ' || coalesce(k.case_id || ' ' || k.relation_to_ban, 'none')
           AS message
FROM penalties p
LEFT JOIN cases k ON k.case_id = p.case_id
WHERE p.relation_to_ban <> coalesce(k.relation_to_ban, 'not_said')
UNION ALL
SELECT 'penalties', p.penalty_id, 'court', 'the penalty names “' || p.court || '”, its case “' || k.court || '”'
FROM penalties p
JOIN cases k ON k.case_id = p.case_id
WHERE p.court <> k.court
