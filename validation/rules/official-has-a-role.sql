-- Each official has a role, an involvement in an act or a response.
-- severity: error  scope: model
-- why: An official's name without a part in anything would be a name on a list.
-- do: Add the role, involvement or response that a passage tells of this official; if there is none, retire the row.
-- example: Each official has a role, an involvement in an act or a response.
SELECT 'officials' AS table_name, o.official_id AS row_id, '' AS column_name, NULL AS message
FROM officials o
WHERE NOT EXISTS (SELECT 1 FROM official_roles r WHERE r.official_id = o.official_id)
  AND NOT EXISTS (SELECT 1 FROM involvements i WHERE i.official_id = o.official_id)
  AND NOT EXISTS (SELECT 1 FROM responses r WHERE r.official_id = o.official_id)
