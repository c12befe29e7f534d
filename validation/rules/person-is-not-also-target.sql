-- Nobody is treated on their own account.
-- severity: error  scope: model
SELECT 'acts' AS table_name, act_id AS row_id, 'target_person_id' AS column_name,
       person_id || ' is both who was treated and on whose account' AS message
FROM acts
WHERE person_id = target_person_id
