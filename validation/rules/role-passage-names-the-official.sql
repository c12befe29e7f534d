-- A passage cited for an official's role has a spelling of that official's name.
-- severity: error  scope: model
-- why: A slip in official_id gives one official’s part to another.
-- do: Read the passage: correct official_id, or add the spelling to data/official_names.csv.
-- example: no passage cited for it has a spelling of O0001 in official_names
SELECT 'official_roles' AS table_name, r.official_role_id AS row_id, 'official_id' AS column_name,
       'no passage cited for it has a spelling of ' || r.official_id || ' in official_names' AS message
FROM official_roles r
WHERE NOT EXISTS (
  SELECT 1
  FROM citations c
  JOIN official_names n ON n.official_id = r.official_id AND n.passage_id = c.passage_id
  WHERE c.table_name = 'official_roles' AND c.row_id = r.official_role_id
) AND NOT EXISTS (
  SELECT 1 FROM citations c
  WHERE c.table_name = 'official_roles' AND c.row_id = r.official_role_id AND c.source_id IS NOT NULL
)
