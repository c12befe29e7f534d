-- An official is never attached to an event whose date differs from the one printed.
-- severity: error  scope: model
-- why: An official tied to another day's event would be accused of what happened then.
-- do: Empty event_id, or correct the date or the event, whichever the passage contradicts.
-- example: the role is dated 2018-06-08 (day), the event E0003 2018-06-07 to 2018-06-07
SELECT 'official_roles' AS table_name, r.official_role_id AS row_id, 'event_id' AS column_name,
       'the role is dated ' || coalesce(CAST(r.date_start AS VARCHAR), '…') || ' (' || r.date_precision
           || '), the event ' || e.event_id || ' ' || coalesce(CAST(e.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(e.date_end AS VARCHAR), '…') AS message
FROM official_roles r
JOIN events e ON e.event_id = r.event_id
WHERE (r.date_precision = 'day' AND (r.date_start < e.date_start OR r.date_start > e.date_end))
   OR (r.date_precision = 'month' AND (last_day(r.date_start) < e.date_start OR r.date_start > e.date_end))
   OR (r.date_precision = 'year' AND (year(r.date_start) < year(e.date_start) OR year(r.date_start) > year(e.date_end)))
