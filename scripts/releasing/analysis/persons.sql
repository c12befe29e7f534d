-- One row is a person whom the report names and who acts for no state; acts, penalties, charges and cases of each are counted.
-- one_row_per: person
-- leaves_out: Unnamed persons and groups, and officials. A withheld person keeps an id and nothing else. A zero says that the report tells of none, not that there was none.
-- names_as_printed: Every spelling of the name that the report prints.
-- place: Name of the place under whose heading a list names the person: not a residence, nor where anything happened.
-- person_type_label: English label of the kind of person.
-- detentions: Completed detentions of the person at a stated event, as in persons_detained.
-- detentions_only_listed: Completed detentions whose event is only concluded from a list; not in detentions.
-- detentions_at_no_event: Completed detentions that the report puts at no event; not in detentions.
-- acts_completed: Completed acts against the person, detentions among them.
-- acts_not_completed: Acts against the person that were attempted or threatened.
-- penalties: Penalties and measures imposed on the person.
-- charges: Provisions of law held against the person, case by case, in whatever status.
-- cases: Cases in which the person stands as suspect, accused, convicted, wanted or released from responsibility.
-- answers: What the other side said of this row, from responses: kind, who, words. Answers to acts, penalties and charges stand in their rows.
-- other_values: What another source, or the person concerned, says of a cell of the row: column, value, status and source.
-- has_anomaly: Whether the report contradicts itself or is unclear in this row; see anomalies.
-- cite: Section and page of each passage that supports the row.
SELECT
  persons.person_id,
  persons.name,
  persons.surname,
  persons.given_name,
  persons.patronymic,
  (
    SELECT group_concat(name_as_printed, '; ')
    FROM (
      SELECT name_as_printed FROM person_names
      WHERE person_names.person_id = persons.person_id
      GROUP BY name_as_printed ORDER BY min(passage_id), name_as_printed
    )
  ) AS names_as_printed,
  persons.age_as_printed,
  persons.place_id,
  places.name AS place,
  persons.relation,
  persons.person_type,
  person_types.label_en AS person_type_label,
  persons.is_complainant,
  persons.is_withheld,
  persons.naming_basis,
  persons.description,
  (
    SELECT count(*) FROM acts
    WHERE
      acts.person_id = persons.person_id AND act_type = 'detention' AND completion = 'completed'
      AND event_basis = 'stated'
  ) AS detentions,
  (
    SELECT count(*) FROM acts
    WHERE
      acts.person_id = persons.person_id AND act_type = 'detention' AND completion = 'completed'
      AND event_basis = 'only_listed_event'
  ) AS detentions_only_listed,
  (
    SELECT count(*) FROM acts
    WHERE
      acts.person_id = persons.person_id AND act_type = 'detention' AND completion = 'completed'
      AND event_id IS NULL
  ) AS detentions_at_no_event,
  (
    SELECT count(*) FROM acts WHERE acts.person_id = persons.person_id AND completion = 'completed'
  ) AS acts_completed,
  (
    SELECT count(*) FROM acts WHERE acts.person_id = persons.person_id AND completion <> 'completed'
  ) AS acts_not_completed,
  (
    SELECT count(*) FROM penalties WHERE penalties.person_id = persons.person_id
  ) AS penalties,
  (
    SELECT count(*) FROM charges WHERE charges.person_id = persons.person_id
  ) AS charges,
  (
    SELECT count(*) FROM case_persons
    WHERE
      case_persons.person_id = persons.person_id
      AND procedural_status IN ('suspect', 'accused', 'convicted', 'wanted', 'released_from_responsibility')
  ) AS cases,
  (
    SELECT group_concat(said, ' / ')
    FROM (
      SELECT response || ' (' || responder_kind || ')' || coalesce(': ' || description, '') AS said FROM responses
      WHERE table_name = 'persons' AND row_id = persons.person_id
      ORDER BY response_id
    )
  ) AS answers,
  (
    SELECT group_concat(said, '; ')
    FROM (
      SELECT field || ': ' || value || ' (' || status || ', ' || source_id || ')' AS said FROM other_values
      WHERE table_name = 'persons' AND row_id = persons.person_id
      ORDER BY other_value_id
    )
  ) AS other_values,
  EXISTS (SELECT 1 FROM anomalies WHERE table_name = 'persons' AND row_id = persons.person_id) AS has_anomaly,
  cited_pages.citations AS cite
FROM persons
JOIN person_types ON person_types.code = persons.person_type
LEFT JOIN places ON places.place_id = persons.place_id
LEFT JOIN cited_pages ON cited_pages.table_name = 'persons' AND cited_pages.row_id = persons.person_id
WHERE persons.is_withheld = 0
UNION ALL
SELECT
  person_id, 'withheld', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, is_withheld, NULL, NULL, NULL,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM persons
WHERE is_withheld = 1
ORDER BY 1
