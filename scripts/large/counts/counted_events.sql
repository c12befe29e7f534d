-- One row is a kind of event in a year, country and province; events are counted, those that are part of another apart.
-- year: Year in which the event begins; unknown where it has no date.
-- country_code: Country of the event, ISO 3166-1 alpha-2; unknown where it has no place.
-- admin1_code: Province of the event, ISO 3166-2; unknown where none is given.
-- event_type: Kind of event.
-- is_part: Whether the events are part of another, as a rally in one city is of a rally in nine (1 yes, 0 no).
-- events: Number of events. Unit: events.
SELECT
  coalesce(CAST(year(events.date_start) AS VARCHAR), 'unknown') AS year,
  coalesce(places.country_code, 'unknown') AS country_code,
  coalesce(places.admin1_code, 'unknown') AS admin1_code,
  events.event_type,
  CAST(events.parent_event_id IS NOT NULL AS BIGINT) AS is_part,
  count(*) AS events
FROM events
LEFT JOIN places ON places.place_id = events.place_id
GROUP BY ALL
ORDER BY ALL
