-- Each place and each provision is used by a row.
-- severity: warning  scope: edition
-- why: A place or article that no row points at was left over, or a key slipped to another one.
-- do: Look which row lost the key; what is kept without rows is listed in validation/exceptions.csv with the reason.
-- example: no charge, penalty or right is tied to this provision
SELECT 'places' AS table_name, p.place_id AS row_id, 'place_id' AS column_name,
       'no person, event, case, institution or role is at ' || p.name AS message
FROM places p
WHERE NOT EXISTS (SELECT 1 FROM persons x WHERE x.place_id = p.place_id)
  AND NOT EXISTS (SELECT 1 FROM events x WHERE x.place_id = p.place_id)
  AND NOT EXISTS (SELECT 1 FROM cases x WHERE x.place_id = p.place_id)
  AND NOT EXISTS (SELECT 1 FROM institutions x WHERE x.place_id = p.place_id)
  AND NOT EXISTS (SELECT 1 FROM official_roles x WHERE x.place_id = p.place_id)
UNION ALL
SELECT 'provisions', b.provision_id, 'provision_id', 'no charge, penalty or right is tied to this provision'
FROM provisions b
WHERE NOT EXISTS (SELECT 1 FROM charges x WHERE x.provision_id = b.provision_id)
  AND NOT EXISTS (SELECT 1 FROM penalties x WHERE x.provision_id = b.provision_id)
  AND NOT EXISTS (SELECT 1 FROM right_provisions x WHERE x.provision_id = b.provision_id)
