-- The same words for a doer have the same kind of actor in every row, unless the official is named.
-- severity: error  scope: model
-- why: “The police” is not an institution in one act and unnamed people in the next; a flipped kind shows here.
-- do: Compare the rows with these words and write the same actor_kind, or list the row in validation/exceptions.csv with the reason.
-- example: “police” is unnamed_person here, and institution in V0002
WITH worded AS (
    SELECT involvement_id, actor_kind,
           CASE WHEN starts_with(lower(actor_as_reported), 'the ') THEN substr(lower(actor_as_reported), 5)
                ELSE lower(actor_as_reported) END AS words
    FROM involvements
    WHERE actor_kind <> 'named_official'
), counted AS (
    SELECT words, actor_kind, count(*) AS times, min(involvement_id) AS first_id FROM worded GROUP BY words, actor_kind
)
SELECT 'involvements' AS table_name, w.involvement_id AS row_id, 'actor_kind' AS column_name,
       '“' || w.words || '” is ' || w.actor_kind || ' here, and ' || min(o.actor_kind || ' in ' || o.first_id) AS message
FROM worded w
JOIN counted c ON c.words = w.words AND c.actor_kind = w.actor_kind
JOIN counted o ON o.words = w.words AND o.actor_kind <> w.actor_kind AND o.times >= c.times
GROUP BY w.involvement_id, w.words, w.actor_kind
