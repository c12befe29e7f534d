-- Each official has a role, an involvement in an act or a response.
-- severity: error  scope: model
SELECT 'officials' AS table_name, o.official_id AS row_id, '' AS column_name, NULL AS message
FROM officials o
WHERE NOT EXISTS (SELECT 1 FROM official_roles r WHERE r.official_id = o.official_id)
  AND NOT EXISTS (SELECT 1 FROM involvements i WHERE i.official_id = o.official_id)
  AND NOT EXISTS (SELECT 1 FROM responses r WHERE r.official_id = o.official_id)
