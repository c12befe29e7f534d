-- The report is the complaint of 129 people.
-- severity: error  scope: edition
SELECT 'persons' AS table_name, NULL AS row_id, 'is_complainant' AS column_name,
       'the table has ' || CAST(count(*) AS VARCHAR) || ' complainants, the report 129' AS message
FROM persons
WHERE is_complainant
HAVING count(*) <> 129
