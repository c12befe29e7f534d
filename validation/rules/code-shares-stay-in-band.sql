-- The commonest codes have about the share of rows that they have in this edition.
-- severity: warning  scope: edition
-- why: A column filled down or sorted apart from its rows changes many codes at once, each of them valid.
-- do: Look which rows changed; where the change is meant, correct the band in this rule.
-- example: 5 of 6 rows are completed; 6 to 5 are expected
WITH bands(table_name, column_name, code, least, most) AS (
    VALUES ('acts', 'act_type', 'detention', 0.25, 0.34), ('acts', 'completion', 'completed', 0.88, 0.97),
           ('acts', 'assertion', 'stated', 0.82, 0.92), ('acts', 'victim_scope', 'person', 0.65, 0.77),
           ('involvements', 'actor_kind', 'unnamed_state_agent', 0.82, 0.92),
           ('penalties', 'penalty_type', 'administrative_fine', 0.28, 0.42),
           ('official_roles', 'participation', 'acted', 0.85, 0.96), ('charges', 'status', 'charged', 0.50, 0.72),
           ('persons', 'relation', 'affected', 0.87, 0.95), ('events', 'date_precision', 'day', 0.45, 0.65)
), codes AS (
    SELECT 'acts' AS table_name, 'act_type' AS column_name, act_type AS code FROM acts
    UNION ALL SELECT 'acts', 'completion', completion FROM acts
    UNION ALL SELECT 'acts', 'assertion', assertion FROM acts
    UNION ALL SELECT 'acts', 'victim_scope', victim_scope FROM acts
    UNION ALL SELECT 'involvements', 'actor_kind', actor_kind FROM involvements
    UNION ALL SELECT 'penalties', 'penalty_type', penalty_type FROM penalties
    UNION ALL SELECT 'official_roles', 'participation', participation FROM official_roles
    UNION ALL SELECT 'charges', 'status', status FROM charges
    UNION ALL SELECT 'persons', 'relation', relation FROM persons
    UNION ALL SELECT 'events', 'date_precision', date_precision FROM events
), shares AS (
    SELECT b.table_name, b.column_name, b.code, b.least, b.most,
           count(*) FILTER (WHERE c.code = b.code) AS with_code, count(*) AS rows_in_all
    FROM bands b
    JOIN codes c ON c.table_name = b.table_name AND c.column_name = b.column_name
    GROUP BY b.table_name, b.column_name, b.code, b.least, b.most
)
SELECT table_name, NULL AS row_id, column_name,
       CAST(with_code AS VARCHAR) || ' of ' || CAST(rows_in_all AS VARCHAR) || ' rows are ' || code || '; '
           || CAST(CAST(ceil(least * rows_in_all) AS INTEGER) AS VARCHAR) || ' to '
           || CAST(CAST(floor(most * rows_in_all) AS INTEGER) AS VARCHAR) || ' are expected' AS message
FROM shares
WHERE with_code < least * rows_in_all OR with_code > most * rows_in_all
