-- One row is a case and a role; the officials whom the report names as having acted in that role are counted, no one else.
-- one_row_per: case and role
-- case_title: Short name of the case.
-- officials: Officials named as having acted in that role; one official counts once.
-- partial_names: Officials of these of whom only an initial or a surname is printed.
SELECT
  cases.case_id,
  cases.title AS case_title,
  official_roles.role,
  count(DISTINCT officials.official_id) AS officials,
  count(DISTINCT officials.official_id) FILTER (WHERE officials.name_is_partial = 1) AS partial_names
FROM official_roles
JOIN cases ON cases.case_id = official_roles.case_id
JOIN officials ON officials.official_id = official_roles.official_id
WHERE official_roles.participation = 'acted'
GROUP BY cases.case_id, official_roles.role
ORDER BY cases.case_id, official_roles.role
