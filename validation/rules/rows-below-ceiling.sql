-- No table has many more rows than this edition has.
-- severity: warning  scope: edition
-- why: A table that grew by a fifth was pasted twice, or the edition is a new one.
-- do: Look for rows pasted twice; where the new rows are meant, raise the ceiling in this rule.
-- example: the table has 9 rows, and at most 7 are expected
WITH ceilings(table_name, most) AS (
    VALUES ('acts', 600),
           ('anomalies', 260),
           ('attestations', 110),
           ('cases', 25),
           ('charges', 40),
           ('citations', 4400),
           ('events', 170),
           ('institutions', 75),
           ('involvements', 330),
           ('official_roles', 110),
           ('officials', 95),
           ('penalties', 70),
           ('persons', 165),
           ('places', 35),
           ('provisions', 70),
           ('recommendations', 40),
           ('reported_totals', 90),
           ('responses', 65),
           ('rights', 7),
           ('sources', 85),
           ('case_persons', 30),
           ('official_names', 120),
           ('passage_notes', 160),
           ('person_names', 720),
           ('right_provisions', 48),
           ('total_events', 90)
), counted AS (
    SELECT table_name, count(*) AS here FROM all_rows GROUP BY table_name
    UNION ALL SELECT 'case_persons', count(*) FROM case_persons
    UNION ALL SELECT 'official_names', count(*) FROM official_names
    UNION ALL SELECT 'person_names', count(*) FROM person_names
    UNION ALL SELECT 'right_provisions', count(*) FROM right_provisions
    UNION ALL SELECT 'total_events', count(*) FROM total_events
)
SELECT c.table_name, NULL AS row_id, '' AS column_name,
       'the table has ' || CAST(n.here AS VARCHAR) || ' rows, and at most ' || CAST(c.most AS VARCHAR) || ' are expected' AS message
FROM ceilings c
JOIN counted n ON n.table_name = c.table_name
WHERE n.here > c.most
