-- A penalty and the decision that imposed it belong to the same case.
-- severity: error  scope: model
-- why: A decision taken in another case would put a penalty on the wrong file.
-- do: Correct case_id or decision_event_id: the hearing and the penalty are told of one case.
-- example: the penalty belongs to K9000, the decision E0003 to K0001
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'decision_event_id' AS column_name,
       'the penalty belongs to ' || p.case_id || ', the decision ' || d.event_id || ' to ' || d.case_id AS message
FROM penalties p
JOIN events d ON d.event_id = p.decision_event_id
WHERE p.case_id <> d.case_id
