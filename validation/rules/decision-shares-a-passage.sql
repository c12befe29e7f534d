-- A penalty stands in, or under, a passage that is cited for the decision that imposed it.
-- severity: error  scope: model
-- why: A slip in decision_event_id gives a person another person’s sentence.
-- do: Read the passage: correct decision_event_id, or cite the passage for the decision too.
-- example: no passage cited for the penalty is cited for E0001: was it another decision?
WITH near AS (
    SELECT p.penalty_id
    FROM penalties p
    JOIN citations c ON c.table_name = 'penalties' AND c.row_id = p.penalty_id
    LEFT JOIN passages x ON x.passage_id = c.passage_id
    JOIN citations d ON d.table_name = 'events' AND d.row_id = p.decision_event_id
    WHERE d.passage_id IN (x.passage_id, x.governed_by, x.continues) OR d.source_id = c.source_id
)
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'decision_event_id' AS column_name,
       'no passage cited for the penalty is cited for ' || p.decision_event_id || ': was it another decision?'
           AS message
FROM penalties p
WHERE p.decision_event_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM near n WHERE n.penalty_id = p.penalty_id)
