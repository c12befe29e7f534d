-- No two rows look like the same person in two spellings.
-- severity: warning  scope: model
-- why: One person in two rows, or a person who is also an official, is counted twice.
-- do: Read the passages: if it is one person, merge the rows; if not, list this row in validation/exceptions.csv with the reason.
-- example: looks like P0002, Testo Mockson: is it the same person?
-- Two texts that differ in two letters are alike once two letters are taken out of the longer and as many fewer out of
-- the other as it is shorter; so only rows with such a remainder in common are compared.
WITH RECURSIVE names AS (
    SELECT 'persons' AS table_name, person_id AS row_id, 'name' AS column_name, name FROM persons WHERE NOT is_withheld
    UNION ALL
    SELECT 'officials', official_id, 'name_as_reported', name_as_reported FROM officials WHERE NOT name_is_partial
), folded AS (
    SELECT *, replace(replace(replace(replace(replace(replace(
               strip_accents(lower(name)), '’', ''), '-', ' '), 'ye', 'e'), 'kh', 'h'), 'zh', 'j'), 'y', 'i') AS letters
    FROM names
), sorted AS (
    SELECT *, array_to_string(list_sort(string_split(letters, ' ')), ' ') AS parts FROM folded
), spots(spot) AS (
    SELECT 1
    UNION ALL
    SELECT spot + 1 FROM spots WHERE spot < (SELECT max(length(parts)) FROM sorted)
), one_less AS (
    SELECT row_id, parts, p.spot, substr(parts, 1, p.spot - 1) || substr(parts, p.spot + 1) AS remainder
    FROM sorted JOIN spots p ON p.spot <= length(parts)
), remainders AS (
    SELECT row_id, length(parts) + 2 AS longer, parts AS remainder FROM sorted
    UNION ALL
    SELECT row_id, length(parts) + 1, remainder FROM one_less
    UNION ALL
    SELECT row_id, length(parts), substr(remainder, 1, p.spot - 1) || substr(remainder, p.spot + 1)
    FROM one_less JOIN spots p ON p.spot >= one_less.spot AND p.spot <= length(remainder)
), alike AS (
    SELECT longer, remainder FROM remainders GROUP BY longer, remainder HAVING min(row_id) < max(row_id)
), pairs AS (
    SELECT DISTINCT one.row_id AS first_id, two.row_id AS second_id
    FROM (SELECT r.* FROM remainders r JOIN alike a ON a.longer = r.longer AND a.remainder = r.remainder) one
    JOIN (SELECT r.* FROM remainders r JOIN alike a ON a.longer = r.longer AND a.remainder = r.remainder) two
      ON two.longer = one.longer AND two.remainder = one.remainder AND one.row_id < two.row_id
)
SELECT two.table_name, two.row_id, two.column_name,
       'looks like ' || min(one.row_id || ', ' || one.name) || ': is it the same person?' AS message
FROM pairs
JOIN sorted one ON one.row_id = pairs.first_id
JOIN sorted two ON two.row_id = pairs.second_id
WHERE levenshtein(one.parts, two.parts) <= 2
GROUP BY two.table_name, two.row_id, two.column_name
