-- A complainant's place is cited to a heading, and all who are cited to one heading have the same place.
-- severity: error  scope: edition
-- why: The list of complainants gives places by headings alone; another place in one row is a slip of the hand.
-- do: Look the person up in the list: write the place of the heading in place_id and cite the heading for it (field place_id).
-- example: no heading of the list is cited for the place of this complainant
WITH headed AS (
    SELECT p.person_id, p.place_id, c.passage_id
    FROM persons p
    JOIN citations c ON c.table_name = 'persons' AND c.row_id = p.person_id AND c.field = 'place_id'
), usual AS (
    SELECT passage_id, mode(place_id) AS place_id FROM headed GROUP BY passage_id
)
SELECT 'persons' AS table_name, h.person_id AS row_id, 'place_id' AS column_name,
       'the others under heading ' || h.passage_id || ' have the place ' || u.place_id || ', this person '
           || coalesce(h.place_id, 'none') AS message
FROM headed h
JOIN usual u ON u.passage_id = h.passage_id AND u.place_id IS DISTINCT FROM h.place_id
UNION ALL
SELECT 'persons', p.person_id, 'place_id', 'no heading of the list is cited for the place of this complainant'
FROM persons p
WHERE p.is_complainant AND NOT EXISTS (SELECT 1 FROM headed h WHERE h.person_id = p.person_id)
