-- The days of a part of an event and those of the whole have a day in common.
-- severity: error  scope: model
-- why: A part on other days than the whole belongs to another whole, or one of the two dates is wrong.
-- do: Compare both dates with their passages; correct the wrong one, or the parent_event_id.
-- example: the event is dated 2018-03-05 to 2018-03-05, the whole, E0001, 2018-03-03 to 2018-03-03
SELECT 'events' AS table_name, e.event_id AS row_id, 'date_start' AS column_name,
       'the event is dated ' || coalesce(CAST(e.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(e.date_end AS VARCHAR), '…')
           || ', the whole, ' || p.event_id || ', ' || coalesce(CAST(p.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(p.date_end AS VARCHAR), '…') AS message
FROM events e
JOIN events p ON p.event_id = e.parent_event_id
WHERE e.date_end < p.date_start OR e.date_start > p.date_end
