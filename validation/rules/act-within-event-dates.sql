-- An act's days and those of its event have a day in common.
-- severity: error  scope: model
-- why: An act outside its event's days belongs to another event, or one of the two dates is wrong.
-- do: Compare both dates with their passages; correct the wrong one, or tie the act to the event it belongs to.
-- example: the act is dated 2018-03-05 to 2018-03-05, its event E0002 2018-03-03 to 2018-03-03
SELECT 'acts' AS table_name, a.act_id AS row_id, 'date_start' AS column_name,
       'the act is dated ' || coalesce(CAST(a.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(a.date_end AS VARCHAR), '…')
           || ', its event ' || e.event_id || ' ' || coalesce(CAST(e.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(e.date_end AS VARCHAR), '…') AS message
FROM acts a
JOIN events e ON e.event_id = a.event_id
WHERE a.date_precision IS NOT NULL AND (a.date_end < e.date_start OR a.date_start > e.date_end)
