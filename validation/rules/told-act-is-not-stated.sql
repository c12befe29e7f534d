-- An act that a person concerned, a relative, a witness or a lawyer told of is not stated in the report's own voice.
-- severity: error  scope: edition
-- why: The teller and the assertion say the same from two sides, so a flipped one shows.
-- do: Read the passage: write alleged where the report gives it as the person’s account; where the report states the act and the person only tells a detail, list the teller in validation/exceptions.csv.
-- example: told by: victim, and the act A0001 is stated
SELECT 'attestations' AS table_name, t.attestation_id AS row_id, 'attestor_kind' AS column_name,
       'told by: ' || t.attestor_kind || ', and the act ' || a.act_id || ' is stated' AS message
FROM attestations t
JOIN acts a ON a.act_id = t.act_id
WHERE a.assertion = 'stated' AND t.attestor_kind IN ('victim', 'relative', 'witness', 'lawyer', 'observer')
