-- Each person and official whom a passage names has at least one spelling as printed.
-- severity: error  scope: model
-- why: A name that the report prints nowhere was made up or belongs to somebody else.
-- do: Add the spelling as printed, with its passage, to person_names or official_names.
-- example: person_names has no spelling of this person
WITH without_passages AS (
    SELECT table_name, row_id FROM citations GROUP BY table_name, row_id HAVING count(passage_id) = 0
)
SELECT 'persons' AS table_name, p.person_id AS row_id, 'name' AS column_name,
       'person_names has no spelling of this person' AS message
FROM persons p
WHERE NOT p.is_withheld AND NOT EXISTS (SELECT 1 FROM person_names n WHERE n.person_id = p.person_id)
  AND NOT EXISTS (SELECT 1 FROM without_passages w WHERE w.table_name = 'persons' AND w.row_id = p.person_id)
UNION ALL
SELECT 'officials', o.official_id, 'name_as_reported', 'official_names has no spelling of this official'
FROM officials o
WHERE NOT EXISTS (SELECT 1 FROM official_names n WHERE n.official_id = o.official_id)
  AND NOT EXISTS (SELECT 1 FROM without_passages w WHERE w.table_name = 'officials' AND w.row_id = o.official_id)
