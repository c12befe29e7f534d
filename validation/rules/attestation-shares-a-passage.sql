-- Who told of an act is told in a passage that is cited for the act.
-- severity: error  scope: model
-- why: A slip in act_id ties a teller to another act.
-- do: Read the passage: correct act_id, or cite the passage for the act too.
-- example: no passage cited for it is one of A0002: did the person tell of another act?
WITH shared AS (
    SELECT t.attestation_id
    FROM attestations t
    JOIN citations c ON c.table_name = 'attestations' AND c.row_id = t.attestation_id
    JOIN citations a ON a.table_name = 'acts' AND a.row_id = t.act_id
    WHERE a.passage_id = c.passage_id OR a.source_id = c.source_id
)
SELECT 'attestations' AS table_name, t.attestation_id AS row_id, 'act_id' AS column_name,
       'no passage cited for it is one of ' || t.act_id || ': did the person tell of another act?' AS message
FROM attestations t
WHERE NOT EXISTS (SELECT 1 FROM shared s WHERE s.attestation_id = t.attestation_id)
