-- A part of an event lies within the days of the whole.
-- severity: error  scope: model
SELECT 'events' AS table_name, e.event_id AS row_id, 'date_start' AS column_name,
       'the event is dated ' || e.date_as_printed || ', the whole, ' || p.event_id || ', ' || p.date_as_printed AS message
FROM events e
JOIN events p ON p.event_id = e.parent_event_id
WHERE e.date_start < p.date_start OR e.date_end > p.date_end
