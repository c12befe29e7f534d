-- One row is an act against a named person or a penalty imposed on one, in the order of dates; nothing is counted.
-- one_row_per: act or penalty
-- table_name: acts or penalties.
-- row_id: Id of the act or penalty.
-- what: Public label of the kind of treatment or penalty.
-- certainty: For acts, whether completed and in whose voice the report says so; for penalties, their status.
-- date_basis: own: printed for the act or penalty itself. event: printed for the event that the passage names with an act, or for the hearing that imposed a penalty. Empty: no date.
-- event_title: Short name of the event in which an act happened, or for which a penalty was imposed.
-- place: Where the source says that event happened.
-- citations: Section and page of each supporting passage.
-- has_response: Whether the other side's answer is coded; it stands in responses (1 yes, 0 no).
WITH happenings AS (
  SELECT
    acts.person_id,
    'acts' AS table_name,
    acts.act_id AS row_id,
    act_types.label_en AS what,
    acts.completion || ', ' || acts.assertion AS certainty,
    acts.date_start,
    acts.date_end,
    acts.date_precision,
    acts.date_as_printed,
    acts.event_id,
    acts.event_basis,
    iif(acts.event_basis = 'stated', acts.event_id, NULL) AS dating_event_id
  FROM acts
  JOIN act_types ON act_types.code = acts.act_type
  WHERE acts.person_id IS NOT NULL
  UNION ALL
  SELECT
    penalties.person_id,
    'penalties',
    penalties.penalty_id,
    penalty_types.label_en,
    penalties.status,
    penalties.date_start,
    penalties.date_end,
    penalties.date_precision,
    penalties.date_as_printed,
    penalties.event_id,
    penalties.event_basis,
    penalties.decision_event_id
  FROM penalties
  JOIN penalty_types ON penalty_types.code = penalties.penalty_type
),
dated AS (
  SELECT
    happenings.*,
    CASE
      WHEN happenings.date_precision <> 'unknown' THEN 'own'
      WHEN dating.event_id IS NOT NULL THEN 'event'
    END AS date_basis,
    dating.date_start AS event_date_start,
    dating.date_end AS event_date_end,
    dating.date_precision AS event_date_precision,
    dating.date_as_printed AS event_date_as_printed
  FROM happenings
  LEFT JOIN events AS dating ON dating.event_id = happenings.dating_event_id
)
SELECT
  dated.person_id,
  persons.name,
  iif(date_basis = 'event', event_date_start, dated.date_start) AS date_start,
  iif(date_basis = 'event', event_date_end, dated.date_end) AS date_end,
  iif(date_basis = 'event', event_date_precision, dated.date_precision) AS date_precision,
  iif(date_basis = 'event', event_date_as_printed, dated.date_as_printed) AS date_as_printed,
  date_basis,
  dated.table_name,
  dated.row_id,
  what,
  certainty,
  dated.event_id,
  dated.event_basis,
  events.title AS event_title,
  places.name AS place,
  cited_pages.citations,
  EXISTS (
    SELECT 1 FROM responses WHERE responses.table_name = dated.table_name AND responses.row_id = dated.row_id
  ) AS has_response
FROM dated
JOIN persons ON persons.person_id = dated.person_id
LEFT JOIN events ON events.event_id = dated.event_id
LEFT JOIN places ON places.place_id = events.place_id
LEFT JOIN cited_pages ON cited_pages.table_name = dated.table_name AND cited_pages.row_id = dated.row_id
ORDER BY 1, 3 NULLS LAST, 4 NULLS LAST, dated.table_name, dated.row_id
