-- A penalty is not older than the event that it punishes.
-- severity: error  scope: model
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'date_start' AS column_name,
       'the penalty is dated ' || p.date_as_printed || ', the event ' || e.event_id || ' ' || e.date_as_printed AS message
FROM penalties p
JOIN events e ON e.event_id = p.event_id
WHERE p.date_end < e.date_start
