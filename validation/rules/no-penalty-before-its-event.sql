-- A penalty is not older than the event that it punishes.
-- severity: error  scope: model
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'date_start' AS column_name,
       'the penalty is dated ' || coalesce(CAST(p.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(p.date_end AS VARCHAR), '…')
           || ', the event ' || e.event_id || ' ' || coalesce(CAST(e.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(e.date_end AS VARCHAR), '…') AS message
FROM penalties p
JOIN events e ON e.event_id = p.event_id
WHERE p.date_end < e.date_start
