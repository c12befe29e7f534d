-- One row is a person and a sentencing; the penalties that this sentence imposed on the person are counted and listed.
-- one_row_per: person and sentencing
-- person_name: Main spelling of the person sentenced.
-- decision_title: Short name of the sentencing.
-- decision_place: Where the source says it took place.
-- decision_date_start: First day that the source's words allow for it.
-- decision_date_end: Last day that the source's words allow for it.
-- decision_date_precision: How exact its printed date is.
-- case_title: Short name of the case.
-- penalties: Separately stated penalties of this sentence.
-- penalties_listed: Each penalty with its length as printed, or its amount.
-- citations: Section and page of each passage that supports the sentencing.
SELECT
  person_id,
  person_name,
  decision_event_id,
  decision_title,
  decision_place,
  decision_date_start,
  decision_date_end,
  decision_date_precision,
  case_id,
  case_title,
  count(*) AS penalties,
  group_concat(penalty, '; ') AS penalties_listed,
  citations
FROM (
  SELECT
    penalties.person_id,
    persons.name AS person_name,
    penalties.decision_event_id,
    decisions.title AS decision_title,
    places.name AS decision_place,
    decisions.date_start AS decision_date_start,
    decisions.date_end AS decision_date_end,
    decisions.date_precision AS decision_date_precision,
    penalties.case_id,
    cases.title AS case_title,
    penalty_types.label_en
    || coalesce(', ' || rtrim(rtrim(penalties.duration_value, '0'), '.') || ' ' || penalties.duration_unit, '')
    || coalesce(', ' || CAST(penalties.amount_kzt AS INTEGER) || ' KZT', '') AS penalty,
    cited_pages.citations
  FROM penalties
  JOIN events AS decisions ON decisions.event_id = penalties.decision_event_id
  JOIN persons ON persons.person_id = penalties.person_id
  JOIN penalty_types ON penalty_types.code = penalties.penalty_type
  LEFT JOIN places ON places.place_id = decisions.place_id
  LEFT JOIN cases ON cases.case_id = penalties.case_id
  LEFT JOIN cited_pages ON cited_pages.table_name = 'events' AND cited_pages.row_id = penalties.decision_event_id
  WHERE decisions.event_type = 'sentencing'
  ORDER BY penalties.penalty_id
)
GROUP BY person_id, decision_event_id
ORDER BY person_id, decision_date_start, decision_event_id
