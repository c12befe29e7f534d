-- Nothing is dated after the report was published.
-- severity: error  scope: model
-- why: The report cannot tell of a day after its own; the year or month slipped.
-- do: Read the passage and correct the date.
-- example: the row is dated 2018-12-03 to 2018-12-03, the report 2018-11-05
SELECT dated.table_name, dated.row_id, 'date_start' AS column_name,
       'the row is dated ' || coalesce(CAST(dated.date_start AS VARCHAR), '…') || ' to '
           || coalesce(CAST(dated.date_end AS VARCHAR), '…') || ', the report ' || CAST(report.day AS VARCHAR) AS message
FROM (
    SELECT 'events' AS table_name, event_id AS row_id, date_start, date_end FROM events
    UNION ALL SELECT 'acts', act_id, date_start, date_end FROM acts
    UNION ALL SELECT 'penalties', penalty_id, date_start, date_end FROM penalties
    UNION ALL SELECT 'official_roles', official_role_id, date_start, date_start FROM official_roles
    UNION ALL SELECT 'responses', response_id, date_start, date_start FROM responses
) dated
CROSS JOIN (SELECT max(date_published) AS day FROM sources WHERE source_type = 'report') report
WHERE greatest(dated.date_start, dated.date_end) > report.day
