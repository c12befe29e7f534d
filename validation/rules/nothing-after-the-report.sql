-- Nothing is dated after the report that it is cited from was published.
-- severity: error  scope: model
-- why: A report cannot tell of a day after its own; the year or month slipped.
-- do: Read the passage and correct the date.
-- example: the row is dated 2018-12-03 to 2018-12-03, the report 2018-11-05
WITH cited AS (
    SELECT c.table_name, c.row_id, max(s.date_published) AS day
    FROM citations c
    LEFT JOIN passages p ON p.passage_id = c.passage_id
    JOIN sources s ON s.source_id = coalesce(c.source_id, p.source_id)
    GROUP BY c.table_name, c.row_id
), dated AS (
    SELECT 'events' AS table_name, event_id AS row_id, date_start, date_end FROM events
    UNION ALL SELECT 'acts', act_id, date_start, date_end FROM acts
    UNION ALL SELECT 'penalties', penalty_id, date_start, date_end FROM penalties
    UNION ALL SELECT 'official_roles', official_role_id, date_start, date_start FROM official_roles
    UNION ALL SELECT 'responses', response_id, date_start, date_start FROM responses
), bounded AS (
    SELECT d.*, CASE WHEN c.row_id IS NULL THEN report.day ELSE c.day END AS day
    FROM dated d
    CROSS JOIN (SELECT max(date_published) AS day FROM sources WHERE source_type = 'report') report
    LEFT JOIN cited c ON c.table_name = d.table_name AND c.row_id = d.row_id
)
SELECT table_name, row_id, 'date_start' AS column_name,
       'the row is dated ' || coalesce(CAST(date_start AS VARCHAR), '…') || ' to '
           || coalesce(CAST(date_end AS VARCHAR), '…') || ', the report ' || CAST(day AS VARCHAR) AS message
FROM bounded
WHERE greatest(date_start, date_end) > day
