-- A name is the given name and the surname; a partial one ends with the surname.
-- severity: error  scope: model
-- why: A letter that slipped in one of the three cells differs from the others.
-- do: Compare with the passage and write the three cells alike.
-- example: the name is “Testo Mocksen”, its parts “Testo Mockson”
SELECT 'persons' AS table_name, person_id AS row_id, 'name' AS column_name,
       'the name is “' || name || '”, its parts “' || concat_ws(' ', given_name, surname) || '”' AS message
FROM persons
WHERE NOT is_withheld AND name <> concat_ws(' ', given_name, surname)
UNION ALL
SELECT 'officials', official_id, 'name_as_reported',
       'the name is “' || name_as_reported || '”, its parts “' || concat_ws(' ', given_name, surname) || '”'
FROM officials
WHERE CASE WHEN name_is_partial THEN NOT ends_with(name_as_reported, surname)
           ELSE name_as_reported <> concat_ws(' ', given_name, surname) END
