-- One row is a named person and an event at which the report says that this person was detained; completed detentions are counted.
-- one_row_per: person and event
-- leaves_out: Detentions that were attempted or threatened, those of unnamed persons and groups (the view detentions_by_event counts these apart), and those that the report puts at no event (the table acts has them).
-- person_id: Who was detained.
-- person_name: Main spelling of the person's name.
-- event_basis: stated: the cited passage names the event. only_listed_event: it is concluded from the one list in which the person stands, and left out of default counts.
-- event_title: Short name of the event.
-- event_type_label: English label of the kind of event.
-- place: Where the source says the event happened.
-- event_date_start: First day that the source's words allow for the event.
-- event_date_end: Last day that the source's words allow for the event.
-- event_date_precision: How exact the printed date of the event is.
-- detentions: Completed detentions of this person at this event.
-- act_ids: Rows of the table acts that the row is made of.
-- assertions: In whose voice the report says so.
-- date_start: First day that the source's words allow for the earliest of the detentions. Empty where no day is printed for the detention itself.
-- date_end: Last day that the source's words allow for the latest of them.
-- date_precisions: How exact the printed day of each of these detentions is.
-- dates_as_printed: The days as printed for the detentions themselves.
-- hours_min: Fewest hours held, as printed, over these detentions.
-- hours_max: Most hours held, as printed, over these detentions.
-- held_until: Until when held, as printed.
-- descriptions: What else the row says, in our words.
-- answers: What the other side said of these detentions, from responses: kind, who, words.
-- other_values: What another source, or the person concerned, says of a cell of these acts: column, value, status and source.
-- has_anomaly: Whether the report contradicts itself or is unclear in one of these acts; see anomalies.
-- cite: Section and page of each passage that supports these acts.
WITH detained AS (
  SELECT acts.*, persons.name AS person_name, persons.is_complainant
  FROM acts
  JOIN persons ON persons.person_id = acts.person_id
  WHERE
    acts.act_type = 'detention' AND acts.completion = 'completed' AND acts.event_id IS NOT NULL
    AND persons.is_withheld = 0
)

SELECT
  detained.person_id,
  detained.person_name,
  detained.is_complainant,
  detained.event_id,
  max(detained.event_basis) AS event_basis,
  events.title AS event_title,
  events.event_type,
  event_types.label_en AS event_type_label,
  events.place_id,
  places.name AS place,
  events.date_start AS event_date_start,
  events.date_end AS event_date_end,
  events.date_precision AS event_date_precision,
  count(*) AS detentions,
  (
    SELECT group_concat(act_id, '; ')
    FROM (
      SELECT act_id FROM detained AS own
      WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      ORDER BY act_id
    )
  ) AS act_ids,
  (
    SELECT group_concat(assertion, '; ')
    FROM (
      SELECT assertion FROM detained AS own
      WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      ORDER BY act_id
    )
  ) AS assertions,
  min(detained.date_start) AS date_start,
  max(detained.date_end) AS date_end,
  (
    SELECT group_concat(date_precision, '; ')
    FROM (
      SELECT date_precision FROM detained AS own
      WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      ORDER BY act_id
    )
  ) AS date_precisions,
  (
    SELECT group_concat(date_as_printed, '; ')
    FROM (
      SELECT date_as_printed FROM detained AS own
      WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      ORDER BY act_id
    )
  ) AS dates_as_printed,
  min(detained.hours_min) AS hours_min,
  max(detained.hours_max) AS hours_max,
  (
    SELECT group_concat(held_until, '; ')
    FROM (
      SELECT held_until FROM detained AS own
      WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      ORDER BY act_id
    )
  ) AS held_until,
  (
    SELECT group_concat(description, '; ')
    FROM (
      SELECT description FROM detained AS own
      WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      ORDER BY act_id
    )
  ) AS descriptions,
  (
    SELECT group_concat(said, ' / ')
    FROM (
      SELECT response || ' (' || responder_kind || ')' || coalesce(': ' || description, '') AS said FROM responses
      WHERE table_name = 'acts' AND row_id IN (
        SELECT act_id FROM detained AS own
        WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      )
      ORDER BY response_id
    )
  ) AS answers,
  (
    SELECT group_concat(said, '; ')
    FROM (
      SELECT row_id || ' ' || field || ': ' || value || ' (' || status || ', ' || source_id || ')' AS said
      FROM other_values
      WHERE table_name = 'acts' AND row_id IN (
        SELECT act_id FROM detained AS own
        WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      )
      ORDER BY other_value_id
    )
  ) AS other_values,
  EXISTS (
    SELECT 1 FROM anomalies
    WHERE table_name = 'acts' AND row_id IN (
      SELECT act_id FROM detained AS own
      WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
    )
  ) AS has_anomaly,
  (
    SELECT group_concat(place, '; ')
    FROM (
      SELECT coalesce(passages.label, sources.title) AS place
      FROM citations
      LEFT JOIN passages ON passages.passage_id = citations.passage_id
      LEFT JOIN sources ON sources.source_id = citations.source_id
      WHERE citations.table_name = 'acts' AND citations.row_id IN (
        SELECT act_id FROM detained AS own
        WHERE own.person_id = detained.person_id AND own.event_id = detained.event_id
      )
      GROUP BY place
      ORDER BY min(citations.passage_id IS NULL), min(citations.passage_id), place
    )
  ) AS cite
FROM detained
JOIN events ON events.event_id = detained.event_id
JOIN event_types ON event_types.code = events.event_type
LEFT JOIN places ON places.place_id = events.place_id
GROUP BY detained.person_id, detained.event_id
ORDER BY detained.person_id, events.date_start, detained.event_id
