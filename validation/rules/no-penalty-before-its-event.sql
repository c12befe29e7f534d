-- A penalty is not older than the event that it punishes.
-- severity: error  scope: model
-- why: Nothing is punished before it happens.
-- do: Compare the penalty's date with its passage and the event's with its own; correct the wrong one, or event_id.
-- example: the penalty is dated … to 2018-03-01, the event E0002 2018-03-03 to 2018-03-03
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'date_start' AS column_name,
       'the penalty is dated ' || coalesce(CAST(p.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(p.date_end AS VARCHAR), '…')
           || ', the event ' || e.event_id || ' ' || coalesce(CAST(e.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(e.date_end AS VARCHAR), '…') AS message
FROM penalties p
JOIN events e ON e.event_id = p.event_id
WHERE p.date_end < e.date_start
