-- One row is a kind of treatment in a year, country and province, as the source tells it; acts are counted.
-- year: Year in which the act's event begins; unknown where the act has no event or the event no date.
-- country_code: Country of the act's event, ISO 3166-1 alpha-2; unknown where the event has no place.
-- admin1_code: Province of the act's event, ISO 3166-2; unknown where none is given.
-- act_type: Kind of treatment.
-- completion: Whether it was completed, attempted or threatened.
-- assertion: In whose voice the source says so.
-- victim_scope: Whether a person is named, unnamed but countable, or a group of unknown size is meant; never to be summed.
-- event_basis: stated; only_listed_event, which no default count takes in; none where the act has no event.
-- acts: Number of acts. Unit: acts.
SELECT
  coalesce(CAST(year(events.date_start) AS VARCHAR), 'unknown') AS year,
  coalesce(places.country_code, 'unknown') AS country_code,
  coalesce(places.admin1_code, 'unknown') AS admin1_code,
  acts.act_type,
  acts.completion,
  acts.assertion,
  acts.victim_scope,
  coalesce(acts.event_basis, 'none') AS event_basis,
  count(*) AS acts
FROM acts
LEFT JOIN events ON events.event_id = acts.event_id
LEFT JOIN places ON places.place_id = events.place_id
GROUP BY ALL
ORDER BY ALL
