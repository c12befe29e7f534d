-- One row is a kind of penalty in a year, country and province; penalties and the named persons who got them are counted.
-- year: Year in which the penalty's own date begins; unknown where it has none.
-- country_code: Country of the hearing that imposed it, else of the event that it punishes; unknown where neither has a place.
-- admin1_code: Province of the same; unknown where none is given.
-- penalty_type: Kind of penalty or measure.
-- status: How the penalty stands, as last reported.
-- penalties: Number of penalties. Unit: penalties.
-- persons: Named persons on whom they were imposed, one counted once in a row; rows are not to be summed. Unit: persons.
SELECT
  coalesce(CAST(year(penalties.date_start) AS VARCHAR), 'unknown') AS year,
  coalesce(places.country_code, 'unknown') AS country_code,
  coalesce(places.admin1_code, 'unknown') AS admin1_code,
  penalties.penalty_type,
  penalties.status,
  count(*) AS penalties,
  count(DISTINCT penalties.person_id) FILTER (WHERE NOT persons.is_withheld) AS persons
FROM penalties
LEFT JOIN persons ON persons.person_id = penalties.person_id
LEFT JOIN events AS decisions ON decisions.event_id = penalties.decision_event_id
LEFT JOIN events AS punished ON punished.event_id = penalties.event_id
LEFT JOIN places ON places.place_id = coalesce(decisions.place_id, punished.place_id)
GROUP BY ALL
ORDER BY ALL
