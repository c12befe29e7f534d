-- No two rows look like the same person in two spellings.
-- severity: warning  scope: model
-- why: One person in two rows, or a person who is also an official, is counted twice.
-- do: Read the passages: if it is one person, merge the rows; if not, list this row in validation/exceptions.csv with the reason.
-- example: looks like P0002, Testo Mockson: is it the same person?
WITH names AS (
    SELECT 'persons' AS table_name, person_id AS row_id, 'name' AS column_name, name FROM persons WHERE NOT is_withheld
    UNION ALL
    SELECT 'officials', official_id, 'name_as_reported', name_as_reported FROM officials WHERE NOT name_is_partial
), folded AS (
    SELECT *, replace(replace(replace(replace(replace(replace(
               strip_accents(lower(name)), '’', ''), '-', ' '), 'ye', 'e'), 'kh', 'h'), 'zh', 'j'), 'y', 'i') AS letters
    FROM names
), sorted AS (
    SELECT *, array_to_string(list_sort(string_split(letters, ' ')), ' ') AS parts FROM folded
)
SELECT two.table_name, two.row_id, two.column_name,
       'looks like ' || min(one.row_id || ', ' || one.name) || ': is it the same person?' AS message
FROM sorted two
JOIN sorted one ON one.row_id < two.row_id AND levenshtein(one.parts, two.parts) <= 2
GROUP BY two.table_name, two.row_id, two.column_name
