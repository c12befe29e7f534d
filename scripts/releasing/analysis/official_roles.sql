-- One row is a part in which the report names an official, at an event, in a case or for a place; it says nothing of who did what to whom, and nothing is counted.
-- one_row_per: official and role
-- leaves_out: Officials whom the report does not name. Events and cases stand by their ids and kinds alone, for their titles may name a person. Who only declined, is quoted or was present (participation) carries no allegation.
-- office: The office as the report words it.
-- institution: Name of the body.
-- event_type_label: English label of the kind of event.
-- place: Name of the place for which the role is printed.
-- answers: What this official, or another, said of the row or of the official, from responses: kind, who, words. Empty: the report prints no answer, and we heard none.
-- other_values: What another source, or the official, says of a cell of the row: column, value, status and source.
-- has_anomaly: Whether the report contradicts itself or is unclear in this row; see anomalies.
-- cite: Section and page of each passage that supports the row.
SELECT
  official_roles.official_role_id,
  official_roles.official_id,
  officials.name_as_reported,
  officials.name_is_partial,
  officials.office,
  officials.institution_id,
  institutions.name AS institution,
  officials.country_code,
  official_roles.role,
  official_roles.participation,
  official_roles.basis,
  official_roles.date_start,
  official_roles.date_precision,
  official_roles.date_as_printed,
  official_roles.event_id,
  events.event_type,
  event_types.label_en AS event_type_label,
  official_roles.case_id,
  cases.case_type,
  official_roles.place_id,
  places.name AS place,
  official_roles.description,
  (
    SELECT group_concat(said, ' / ')
    FROM (
      SELECT response || ' (' || responder_kind || ')' || coalesce(': ' || description, '') AS said FROM responses
      WHERE
        (table_name = 'official_roles' AND row_id = official_roles.official_role_id)
        OR (table_name = 'officials' AND row_id = official_roles.official_id)
      ORDER BY response_id
    )
  ) AS answers,
  (
    SELECT group_concat(said, '; ')
    FROM (
      SELECT field || ': ' || value || ' (' || status || ', ' || source_id || ')' AS said FROM other_values
      WHERE
        (table_name = 'official_roles' AND row_id = official_roles.official_role_id)
        OR (table_name = 'officials' AND row_id = official_roles.official_id)
      ORDER BY other_value_id
    )
  ) AS other_values,
  EXISTS (
    SELECT 1 FROM anomalies
    WHERE
      (table_name = 'official_roles' AND row_id = official_roles.official_role_id)
      OR (table_name = 'officials' AND row_id = official_roles.official_id)
  ) AS has_anomaly,
  cited_pages.citations AS cite
FROM official_roles
JOIN officials ON officials.official_id = official_roles.official_id
LEFT JOIN institutions ON institutions.institution_id = officials.institution_id
LEFT JOIN events ON events.event_id = official_roles.event_id
LEFT JOIN event_types ON event_types.code = events.event_type
LEFT JOIN cases ON cases.case_id = official_roles.case_id
LEFT JOIN places ON places.place_id = official_roles.place_id
LEFT JOIN cited_pages
  ON cited_pages.table_name = 'official_roles' AND cited_pages.row_id = official_roles.official_role_id
ORDER BY official_roles.official_role_id
