-- One row is a place; the named persons with a completed detention that the cited passage ties to an event there are counted.
-- unit: named persons
-- leaves_out: Unnamed persons and groups; persons who only stand in an event's list; detentions tied to no event or to one without a place. A person detained in two places counts in both, so the rows do not add up.
-- place: Where the source says the event happened.
-- persons: Named persons; one person counts once in a place.
SELECT
  places.name AS place,
  count(DISTINCT acts.person_id) AS persons
FROM acts
JOIN events ON events.event_id = acts.event_id
JOIN places ON places.place_id = events.place_id
WHERE acts.act_type = 'detention' AND acts.completion = 'completed' AND acts.event_basis = 'stated'
GROUP BY places.place_id
ORDER BY places.name
