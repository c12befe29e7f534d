-- An inconsistency in a cited row stands in a passage that is cited for the row or has a spelling of the person.
-- severity: error  scope: model
-- why: A slip in row_id puts a doubt beside a row that has none.
-- do: Read the passage: correct table_name and row_id, or cite the passage for the row concerned.
-- example: no passage cited for it is one of N0001: does it concern another row?
WITH shared AS (
    SELECT d.anomaly_id
    FROM anomalies d
    JOIN citations c ON c.table_name = 'anomalies' AND c.row_id = d.anomaly_id
    JOIN citations o ON o.table_name = d.table_name AND o.row_id = d.row_id
    WHERE o.passage_id = c.passage_id OR o.source_id = c.source_id
    UNION ALL
    SELECT d.anomaly_id
    FROM anomalies d
    JOIN citations c ON c.table_name = 'anomalies' AND c.row_id = d.anomaly_id
    JOIN person_names n ON n.passage_id = c.passage_id AND n.person_id = d.row_id
)
SELECT 'anomalies' AS table_name, d.anomaly_id AS row_id, 'row_id' AS column_name,
       'no passage cited for it is one of ' || d.row_id || ': does it concern another row?' AS message
FROM anomalies d
JOIN cited_tables t ON t.table_name = d.table_name
WHERE NOT EXISTS (SELECT 1 FROM shared s WHERE s.anomaly_id = d.anomaly_id)
