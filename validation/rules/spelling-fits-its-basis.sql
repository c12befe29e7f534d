-- A spelling given as the same is the main name in one of its forms; any other differs from it by a few letters.
-- severity: error  scope: model
-- why: A letter that slipped in a spelling, or a spelling given to another person, does not fit the name.
-- do: Compare with the passage: correct name_as_printed, match_basis or person_id.
-- example: “Tsto Mockson” is given as same of “Testo Mockson”
WITH spellings AS (
    SELECT 'person_names' AS table_name, n.person_id || '/' || n.name_as_printed || '/' || n.passage_id AS row_id,
           n.name_as_printed AS printed, n.match_basis, p.name, p.surname,
           [p.name, concat_ws(' ', p.surname, p.given_name, p.patronymic), left(p.given_name, 1) || '. ' || p.surname,
            left(p.given_name, 1) || '. ' || left(p.patronymic, 1) || '. ' || p.surname] AS forms
    FROM person_names n
    JOIN persons p ON p.person_id = n.person_id
    WHERE NOT p.is_withheld
    UNION ALL
    SELECT 'official_names', n.official_id || '/' || n.name_as_printed || '/' || n.passage_id,
           n.name_as_printed, n.match_basis, o.name_as_reported, o.surname, [o.name_as_reported]
    FROM official_names n
    JOIN officials o ON o.official_id = n.official_id
)
SELECT table_name, row_id, 'match_basis' AS column_name,
       '“' || printed || '” is given as ' || match_basis || ' of “' || name || '”' AS message
FROM spellings
WHERE (match_basis = 'same') <> list_contains(forms, printed)
   OR (match_basis IN ('transliteration', 'misprint')
       AND levenshtein(lower(split_part(printed, ' ', -1)), lower(surname)) > 3)
