-- One row is an act, as in the table acts, with names, event, place, labels, pages and responses beside it.
-- one_row_per: act
-- person_name: Main spelling of who was treated. Empty for unnamed persons and groups.
-- target_name: Main spelling of the person because of whom somebody else was treated so.
-- act_label: Public label of the kind of treatment.
-- event_title: Short name of the event.
-- event_place: Where the source says the event happened.
-- event_date_start: First day that the source's words allow for the event.
-- event_date_end: Last day that the source's words allow for the event.
-- event_date_precision: How exact the printed date of the event is.
-- actors: The source's words for those who it says did the act, from involvements.
-- told_by: In what capacities somebody told of the act, from attestations.
-- citations: Section and page of each supporting passage.
-- has_response: Whether the other side's answer is coded; it stands in responses (1 yes, 0 no).
-- other_values: What another source, or the person concerned, says of a cell of the row: column, value, status and source; from other_values.
-- has_anomaly: Whether the report contradicts itself or is unclear in this row; see anomalies (1 yes, 0 no).
SELECT
  acts.act_id,
  acts.person_id,
  persons.name AS person_name,
  acts.victim_scope,
  acts.victims_min,
  acts.victims_max,
  acts.victim_description,
  acts.target_person_id,
  targets.name AS target_name,
  acts.relation_to_target,
  acts.act_type,
  act_types.label_en AS act_label,
  acts.completion,
  acts.assertion,
  acts.source_label,
  acts.date_start,
  acts.date_end,
  acts.date_precision,
  acts.date_as_printed,
  acts.event_id,
  acts.event_basis,
  events.title AS event_title,
  places.name AS event_place,
  events.date_start AS event_date_start,
  events.date_end AS event_date_end,
  events.date_precision AS event_date_precision,
  acts.hours_min,
  acts.hours_max,
  acts.held_until,
  acts.held_until_kind,
  acts.is_next_day,
  acts.quantity,
  acts.quantity_unit,
  (
    SELECT group_concat(actor_as_reported, '; ')
    FROM (
      SELECT actor_as_reported FROM involvements
      WHERE involvements.act_id = acts.act_id
      GROUP BY actor_as_reported ORDER BY min(involvement_id)
    )
  ) AS actors,
  (
    SELECT group_concat(attestor_kind, '; ')
    FROM (
      SELECT attestor_kind FROM attestations
      WHERE attestations.act_id = acts.act_id
      GROUP BY attestor_kind ORDER BY min(attestation_id)
    )
  ) AS told_by,
  acts.description,
  cited_pages.citations,
  EXISTS (SELECT 1 FROM responses WHERE table_name = 'acts' AND row_id = acts.act_id) AS has_response,
  (
    SELECT group_concat(said, '; ')
    FROM (
      SELECT field || ': ' || value || ' (' || status || ', ' || source_id || ')' AS said FROM other_values
      WHERE table_name = 'acts' AND row_id = acts.act_id
      ORDER BY other_value_id
    )
  ) AS other_values,
  EXISTS (SELECT 1 FROM anomalies WHERE table_name = 'acts' AND row_id = acts.act_id) AS has_anomaly
FROM acts
JOIN act_types ON act_types.code = acts.act_type
LEFT JOIN persons ON persons.person_id = acts.person_id
LEFT JOIN persons AS targets ON targets.person_id = acts.target_person_id
LEFT JOIN events ON events.event_id = acts.event_id
LEFT JOIN places ON places.place_id = events.place_id
LEFT JOIN cited_pages ON cited_pages.table_name = 'acts' AND cited_pages.row_id = acts.act_id
ORDER BY acts.act_id
