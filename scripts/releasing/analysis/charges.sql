-- One row is a provision of law held against a person in a case; nothing is counted.
-- one_row_per: case person and provision
-- leaves_out: Provisions held against nobody by name. In a case with several charges the years that a prosecutor asked for stand on each of them: do not sum them.
-- case_title: Short name of the case.
-- case_status: How the case stood as last reported.
-- person_name: Main spelling of the person's name.
-- procedural_status: In what status the person stands in the case.
-- provision: Instrument, article and part.
-- provision_title: What the provision is about.
-- place_id: Where the case is heard, as far as the source says.
-- place: Name of that place.
-- answers: What the other side, or the person, said of the charge or of the case, from responses: kind, who, words.
-- other_values: What another source, or the person concerned, says of a cell of the row: column, value, status and source.
-- has_anomaly: Whether the report contradicts itself or is unclear in this row; see anomalies.
-- cite: Section and page of each passage that supports the row.
SELECT
  charges.charge_id,
  charges.case_id,
  cases.title AS case_title,
  cases.case_type,
  cases.status_as_last_reported AS case_status,
  cases.relation_to_ban,
  cases.place_id,
  places.name AS place,
  charges.person_id,
  persons.name AS person_name,
  case_persons.procedural_status,
  charges.provision_id,
  provisions.label AS provision,
  provisions.title AS provision_title,
  charges.label,
  charges.status,
  charges.years_sought,
  charges.max_years_stated,
  (
    SELECT group_concat(said, ' / ')
    FROM (
      SELECT response || ' (' || responder_kind || ')' || coalesce(': ' || description, '') AS said FROM responses
      WHERE
        (table_name = 'charges' AND row_id = charges.charge_id)
        OR (table_name = 'cases' AND row_id = charges.case_id)
      ORDER BY response_id
    )
  ) AS answers,
  (
    SELECT group_concat(said, '; ')
    FROM (
      SELECT field || ': ' || value || ' (' || status || ', ' || source_id || ')' AS said FROM other_values
      WHERE table_name = 'charges' AND row_id = charges.charge_id
      ORDER BY other_value_id
    )
  ) AS other_values,
  EXISTS (SELECT 1 FROM anomalies WHERE table_name = 'charges' AND row_id = charges.charge_id) AS has_anomaly,
  cited_pages.citations AS cite
FROM charges
JOIN persons ON persons.person_id = charges.person_id AND persons.is_withheld = 0
LEFT JOIN cases ON cases.case_id = charges.case_id
LEFT JOIN places ON places.place_id = cases.place_id
LEFT JOIN case_persons
  ON case_persons.case_id = charges.case_id AND case_persons.person_id = charges.person_id
LEFT JOIN provisions ON provisions.provision_id = charges.provision_id
LEFT JOIN cited_pages ON cited_pages.table_name = 'charges' AND cited_pages.row_id = charges.charge_id
ORDER BY charges.charge_id
