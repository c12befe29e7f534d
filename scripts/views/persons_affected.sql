-- One row is a named person of whom an act, a penalty or a case is coded; each person's acts, penalties and cases are counted.
-- one_row_per: person
-- acts_completed: Completed acts against the person.
-- acts_not_completed: Acts against the person that were attempted or threatened.
-- penalties: Penalties and measures imposed on the person.
-- cases: Cases in which the person stands as suspect, accused, convicted, wanted or released from responsibility.
SELECT
  persons.person_id,
  persons.name,
  persons.is_complainant,
  (
    SELECT count(*) FROM acts WHERE acts.person_id = persons.person_id AND completion = 'completed'
  ) AS acts_completed,
  (
    SELECT count(*) FROM acts WHERE acts.person_id = persons.person_id AND completion <> 'completed'
  ) AS acts_not_completed,
  (SELECT count(*) FROM penalties WHERE penalties.person_id = persons.person_id) AS penalties,
  (
    SELECT count(*) FROM case_persons
    WHERE
      case_persons.person_id = persons.person_id
      AND procedural_status IN ('suspect', 'accused', 'convicted', 'wanted', 'released_from_responsibility')
  ) AS cases
FROM persons
WHERE acts_completed + acts_not_completed + penalties + cases > 0
ORDER BY persons.person_id
