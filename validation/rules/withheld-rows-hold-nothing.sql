-- A withheld person's row holds nothing but its id.
-- severity: error  scope: model
-- why: What is withheld may not be found anywhere in the package.
-- do: Empty every cell of the row that may be empty, and delete the person's spellings from person_names.
-- example: the row still holds details: empty them, and write “withheld” for the name
SELECT 'persons' AS table_name, person_id AS row_id, 'is_withheld' AS column_name,
       'the row still holds details: empty them, and write “withheld” for the name' AS message
FROM persons
WHERE is_withheld
  AND (name <> 'withheld' OR surname IS NOT NULL OR given_name IS NOT NULL OR patronymic IS NOT NULL
       OR age_as_printed IS NOT NULL OR place_id IS NOT NULL OR description IS NOT NULL OR is_complainant)
UNION ALL
SELECT 'person_names', n.person_id || '/' || n.name_as_printed || '/' || n.passage_id, 'name_as_printed',
       'the person is withheld: take the spelling out'
FROM person_names n
JOIN persons p ON p.person_id = n.person_id
WHERE p.is_withheld
