-- No two rows look like the same person in two spellings.
-- severity: warning  scope: model
-- why: One person in two rows, or a person who is also an official, is counted twice.
-- do: Read the passages: if it is one person, merge the rows; if not, list this row in validation/exceptions.csv with the reason.
-- example: looks like P0002, Testo Mockson: is it the same person?
-- Two texts that differ in two letters are, without their vowels, alike once two letters are taken out of the longer and
-- as many fewer out of the other as it is shorter; so only rows with such a remainder in common are compared.
WITH names AS (
    SELECT 'persons' AS table_name, person_id AS row_id, 'name' AS column_name, name FROM persons WHERE NOT is_withheld
    UNION ALL
    SELECT 'officials', official_id, 'name_as_reported', name_as_reported FROM officials WHERE NOT name_is_partial
), folded AS (
    SELECT *, replace(replace(replace(replace(replace(replace(
               strip_accents(lower(name)), '’', ''), '-', ' '), 'ye', 'e'), 'kh', 'h'), 'zh', 'j'), 'y', 'i') AS letters
    FROM names
), sorted AS MATERIALIZED (
    SELECT *, array_to_string(list_sort(string_split(letters, ' ')), ' ') AS parts,
           CAST(row_number() OVER (ORDER BY row_id) AS INTEGER) AS number
    FROM folded
), skeletons AS MATERIALIZED (
    SELECT number, translate(parts, 'aeiou', '') AS bones FROM sorted
), spots AS (
    SELECT unnest(generate_series(1, longest)) AS spot
    FROM (SELECT max(length(bones)) + 2 AS longest FROM skeletons) AS size
), cuts AS (  -- where letters are taken out of a text of a size; a spot beyond its end takes none
    SELECT size.spot - 1 AS size, one.spot AS one, two.spot AS two,
           CASE WHEN one.spot = size.spot THEN size.spot + 1 ELSE greatest(two.spot, size.spot - 1) END AS longer
    FROM spots size
    JOIN spots one ON one.spot <= size.spot
    JOIN spots two ON two.spot > one.spot AND two.spot <= size.spot + CASE WHEN one.spot = size.spot THEN 1 ELSE 0 END
), remainders AS MATERIALIZED (
    SELECT number,
           hash(substr(bones, 1, one - 1) || substr(bones, one + 1, two - one - 1) || substr(bones, two + 1), longer)
               AS remainder
    FROM skeletons JOIN cuts ON size = length(bones)
), alike AS MATERIALIZED (
    SELECT remainder FROM remainders GROUP BY remainder HAVING min(number) < max(number)
), candidates AS MATERIALIZED (
    SELECT number, remainder FROM remainders WHERE remainder IN (SELECT remainder FROM alike)
), pairs AS (
    SELECT DISTINCT one.number AS first_number, two.number AS second_number
    FROM candidates one
    JOIN candidates two ON two.remainder = one.remainder AND one.number < two.number
)
SELECT two.table_name, two.row_id, two.column_name,
       'looks like ' || min(one.row_id || ', ' || one.name) || ': is it the same person?' AS message
FROM pairs
JOIN sorted one ON one.number = pairs.first_number
JOIN sorted two ON two.number = pairs.second_number
WHERE levenshtein(one.parts, two.parts) <= 2
GROUP BY two.table_name, two.row_id, two.column_name
