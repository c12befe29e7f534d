-- One row is a kind of doer; the reported treatment of which the report says that such a one did it is counted.
-- unit: acts
-- leaves_out: Acts of whose doer the report says nothing. An act that two kinds are said to have done counts under both.
-- acts: Acts; one act counts once in a row.
-- actors: Different words in which the report speaks of them.
SELECT
  actor_kind,
  count(DISTINCT act_id) AS acts,
  count(DISTINCT actor_as_reported) AS actors
FROM involvements
GROUP BY actor_kind
ORDER BY actor_kind
