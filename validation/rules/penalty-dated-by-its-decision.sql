-- A sentence's days and those of its decision have a day in common.
-- severity: error  scope: model
-- why: A sentence begins with its decision; days apart mean that one of the dates, or the decision, is wrong.
-- do: Read the passages: correct the dates of the penalty or of the decision, or decision_event_id.
-- example: the penalty is dated 2018-07-01 to 2018-07-31, its decision E0003 2018-06-07 to 2018-06-07
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'date_start' AS column_name,
       'the penalty is dated ' || coalesce(CAST(p.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(p.date_end AS VARCHAR), '…')
           || ', its decision ' || d.event_id || ' ' || coalesce(CAST(d.date_start AS VARCHAR), '…')
           || ' to ' || coalesce(CAST(d.date_end AS VARCHAR), '…') AS message
FROM penalties p
JOIN events d ON d.event_id = p.decision_event_id
WHERE p.date_precision <> 'unknown' AND (p.date_end < d.date_start OR p.date_start > d.date_end)
