-- Nobody is treated on their own account.
-- severity: error  scope: model
-- why: The column says on whose account somebody else was treated.
-- do: Empty target_person_id; if somebody close to this person was treated, correct person_id.
-- example: P0001 is both who was treated and on whose account
SELECT 'acts' AS table_name, act_id AS row_id, 'target_person_id' AS column_name,
       person_id || ' is both who was treated and on whose account' AS message
FROM acts
WHERE person_id = target_person_id
