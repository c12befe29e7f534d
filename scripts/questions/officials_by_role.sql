-- One row is a role and a kind of part in it; the officials whom the report names in it are counted.
-- unit: officials
-- leaves_out: Officials whom the report does not name. To be named is not to have done an act: who only declined, is quoted or was present stands in rows of its own. An official in two roles counts in both.
-- officials: Named officials; one official counts once in a row.
-- partial_names: Officials of these of whom only an initial or a surname is printed.
SELECT
  official_roles.role,
  official_roles.participation,
  count(DISTINCT officials.official_id) AS officials,
  count(DISTINCT officials.official_id) FILTER (WHERE officials.name_is_partial = 1) AS partial_names
FROM official_roles
JOIN officials ON officials.official_id = official_roles.official_id
GROUP BY official_roles.role, official_roles.participation
ORDER BY official_roles.role, official_roles.participation
