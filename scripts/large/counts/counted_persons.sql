-- One row is a kind of treatment in a year, country and province; the named persons treated so there are counted.
-- year: Year in which the act's event begins; unknown where the act has no event or the event no date.
-- country_code: Country of the act's event, ISO 3166-1 alpha-2; unknown where the event has no place.
-- admin1_code: Province of the act's event, ISO 3166-2; unknown where none is given.
-- act_type: Kind of treatment.
-- completion: Whether it was completed, attempted or threatened.
-- persons: Named persons treated so, one counted once in a row; one person can stand in several rows, so rows are not to be summed. Left out are withheld persons and acts whose event is only concluded from a list. Unit: persons.
SELECT
  coalesce(CAST(year(events.date_start) AS VARCHAR), 'unknown') AS year,
  coalesce(places.country_code, 'unknown') AS country_code,
  coalesce(places.admin1_code, 'unknown') AS admin1_code,
  acts.act_type,
  acts.completion,
  count(DISTINCT acts.person_id) AS persons
FROM acts
JOIN persons ON persons.person_id = acts.person_id AND NOT persons.is_withheld
LEFT JOIN events ON events.event_id = acts.event_id
LEFT JOIN places ON places.place_id = events.place_id
WHERE coalesce(acts.event_basis, '') <> 'only_listed_event'
GROUP BY ALL
ORDER BY ALL
