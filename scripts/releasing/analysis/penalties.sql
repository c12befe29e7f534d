-- One row is a penalty or measure imposed on a named person; nothing is counted.
-- one_row_per: penalty
-- leaves_out: What was sought or could have been imposed.
-- answers: What the other side, or the person, said of the penalty or of its case, from responses: kind, who, words.
-- cite: Section and page of each passage that supports the row.
SELECT
  penalties_flat.penalty_id,
  penalties_flat.person_id,
  penalties_flat.person_name,
  penalties_flat.penalty_type,
  penalties_flat.penalty_label,
  penalties_flat.duration_value,
  penalties_flat.duration_unit,
  penalties_flat.duration_kind,
  penalties_flat.duration_months,
  penalties_flat.duration_days,
  penalties_flat.amount_kzt,
  penalties_flat.amount_eur_as_printed,
  penalties_flat.date_start,
  penalties_flat.date_end,
  penalties_flat.date_precision,
  penalties_flat.date_as_printed,
  penalties_flat.event_id,
  penalties_flat.event_basis,
  penalties_flat.event_title,
  penalties_flat.event_place,
  penalties_flat.decision_event_id,
  penalties_flat.decision_title,
  penalties_flat.decision_date_start,
  penalties_flat.decision_date_end,
  penalties_flat.decision_date_precision,
  penalties_flat.case_id,
  penalties_flat.case_title,
  penalties_flat.court,
  penalties_flat.provision,
  penalties_flat.is_suspended,
  penalties_flat.status,
  penalties_flat.relation_to_ban,
  penalties_flat.description,
  (
    SELECT group_concat(said, ' / ')
    FROM (
      SELECT response || ' (' || responder_kind || ')' || coalesce(': ' || description, '') AS said FROM responses
      WHERE
        (table_name = 'penalties' AND row_id = penalties_flat.penalty_id)
        OR (table_name = 'cases' AND row_id = penalties_flat.case_id)
      ORDER BY response_id
    )
  ) AS answers,
  penalties_flat.other_values,
  penalties_flat.has_anomaly,
  penalties_flat.citations AS cite
FROM penalties_flat
JOIN persons ON persons.person_id = penalties_flat.person_id AND persons.is_withheld = 0
ORDER BY penalties_flat.penalty_id
