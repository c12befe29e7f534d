-- One row is a penalty or measure, as in the table penalties, with names, events, case, article, pages and responses beside it.
-- one_row_per: penalty
-- person_name: Main spelling of the person on whom it was imposed.
-- penalty_label: Public label of the kind of penalty or measure.
-- duration_months: The length in months, where it is printed in months or years (12 months each).
-- duration_days: The length in days, where it is printed in days or hours (24 hours each).
-- event_title: Short name of the event for which it was imposed.
-- event_place: Where the source says that event happened.
-- decision_title: Short name of the hearing or ruling that imposed it.
-- decision_date_start: First day that the source's words allow for that hearing or ruling.
-- decision_date_end: Last day that the source's words allow for that hearing or ruling.
-- decision_date_precision: How exact the printed date of that hearing or ruling is.
-- case_title: Short name of the case.
-- provision: Instrument, article and part, only where the passage ties them to this person.
-- citations: Section and page of each supporting passage.
-- has_response: Whether an answer to the penalty or its case is coded; it stands in responses (1 yes, 0 no).
-- other_values: What another source, or the person concerned, says of a cell of the row: column, value, status and source; from other_values.
-- has_anomaly: Whether the report contradicts itself or is unclear in this row; see anomalies (1 yes, 0 no).
SELECT
  penalties.penalty_id,
  penalties.person_id,
  persons.name AS person_name,
  penalties.penalty_type,
  penalty_types.label_en AS penalty_label,
  penalties.duration_value,
  penalties.duration_unit,
  penalties.duration_kind,
  CASE penalties.duration_unit
    WHEN 'months' THEN penalties.duration_value
    WHEN 'years' THEN penalties.duration_value * 12
  END AS duration_months,
  CASE penalties.duration_unit
    WHEN 'days' THEN penalties.duration_value
    WHEN 'hours' THEN penalties.duration_value / 24
  END AS duration_days,
  penalties.amount_kzt,
  penalties.amount_eur_as_printed,
  penalties.date_start,
  penalties.date_end,
  penalties.date_precision,
  penalties.date_as_printed,
  penalties.event_id,
  penalties.event_basis,
  events.title AS event_title,
  places.name AS event_place,
  penalties.decision_event_id,
  decisions.title AS decision_title,
  decisions.date_start AS decision_date_start,
  decisions.date_end AS decision_date_end,
  decisions.date_precision AS decision_date_precision,
  penalties.case_id,
  cases.title AS case_title,
  penalties.court,
  provisions.label AS provision,
  penalties.is_suspended,
  penalties.status,
  penalties.relation_to_ban,
  penalties.description,
  cited_pages.citations,
  EXISTS (
    SELECT 1 FROM responses
    WHERE (table_name = 'penalties' AND row_id = penalties.penalty_id)
       OR (table_name = 'cases' AND row_id = penalties.case_id)
  ) AS has_response,
  (
    SELECT group_concat(said, '; ')
    FROM (
      SELECT field || ': ' || value || ' (' || status || ', ' || source_id || ')' AS said FROM other_values
      WHERE table_name = 'penalties' AND row_id = penalties.penalty_id
      ORDER BY other_value_id
    )
  ) AS other_values,
  EXISTS (SELECT 1 FROM anomalies WHERE table_name = 'penalties' AND row_id = penalties.penalty_id) AS has_anomaly
FROM penalties
JOIN persons ON persons.person_id = penalties.person_id
JOIN penalty_types ON penalty_types.code = penalties.penalty_type
LEFT JOIN events ON events.event_id = penalties.event_id
LEFT JOIN places ON places.place_id = events.place_id
LEFT JOIN events AS decisions ON decisions.event_id = penalties.decision_event_id
LEFT JOIN cases ON cases.case_id = penalties.case_id
LEFT JOIN provisions ON provisions.provision_id = penalties.provision_id
LEFT JOIN cited_pages ON cited_pages.table_name = 'penalties' AND cited_pages.row_id = penalties.penalty_id
ORDER BY penalties.penalty_id
