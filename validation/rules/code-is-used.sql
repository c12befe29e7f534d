-- Each code of a list is used by a row.
-- severity: warning  scope: edition
-- why: Where the only row of a code was flipped to another, the code is left without rows.
-- do: Look which row lost the code; a code that is kept without rows is listed in validation/exceptions.csv with the reason.
-- example: no row has this code
SELECT found.table_name, found.code AS row_id, 'code' AS column_name, 'no row has this code' AS message
FROM (
    SELECT 'act_types' AS table_name, code FROM act_types WHERE code NOT IN (SELECT act_type FROM acts)
    UNION ALL
    SELECT 'event_types', code FROM event_types WHERE code NOT IN (SELECT event_type FROM events)
    UNION ALL
    SELECT 'penalty_types', code FROM penalty_types WHERE code NOT IN (SELECT penalty_type FROM penalties)
    UNION ALL
    SELECT 'person_types', code FROM person_types WHERE code NOT IN (SELECT person_type FROM persons)
    UNION ALL
    SELECT 'institution_types', code
    FROM institution_types
    WHERE code NOT IN (SELECT institution_type FROM institutions)
) found
