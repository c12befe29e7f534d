-- A decision is not older than the event on which it decides.
-- severity: error  scope: model
-- why: Nothing is punished before it happens.
-- do: Compare both dates with their passages; correct the wrong one, or the event_id or decision_event_id that points at the wrong event.
-- example: the decision E0002 is dated 2018-03-03 to 2018-03-03, the event E0003 2018-06-07 to 2018-06-07
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'decision_event_id' AS column_name,
       'the decision ' || d.event_id || ' is dated ' || coalesce(CAST(d.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(d.date_end AS VARCHAR), '…')
           || ', the event ' || e.event_id || ' ' || coalesce(CAST(e.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(e.date_end AS VARCHAR), '…') AS message
FROM penalties p
JOIN events d ON d.event_id = p.decision_event_id
JOIN events e ON e.event_id = p.event_id
WHERE d.date_end < e.date_start
