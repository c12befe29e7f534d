-- An official's part is that of the office: a judge judges, an investigator investigates.
-- severity: error  scope: edition
-- why: A flipped role would say that somebody took a part in which the report does not name them.
-- do: Read the passage and correct role, or office where the office is wrong.
-- example: O0001 is “judge”, and the role is prosecutor
SELECT 'official_roles' AS table_name, r.official_role_id AS row_id, 'role' AS column_name,
       o.official_id || ' is “' || coalesce(o.office, '') || '”, and the role is ' || r.role AS message
FROM official_roles r
JOIN officials o ON o.official_id = r.official_id
WHERE CASE r.role
        WHEN 'investigator' THEN o.office <> 'investigator'
        WHEN 'judge' THEN o.office <> 'judge'
        WHEN 'prosecutor' THEN NOT contains(lower(o.office), 'prosecutor')
        WHEN 'detention_head' THEN NOT contains(lower(o.office), 'head of')
        WHEN 'security_officer' THEN NOT (contains(o.office, 'NSC') OR contains(o.office, 'National Security'))
        WHEN 'officer' THEN NOT contains(lower(o.office), 'officer') OR contains(o.office, 'NSC')
                            OR contains(o.office, 'National Security')
        WHEN 'leadership' THEN o.office IN ('investigator', 'judge', 'prosecutor') OR contains(lower(o.office), 'officer')
        ELSE false
      END
