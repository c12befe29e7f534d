-- Who attests as the one treated is the one treated.
-- severity: error  scope: model
-- why: Whoever tells of another person's treatment is a witness or a relative.
-- do: Correct person_id, or set attestor_kind to what that person is to the one treated.
-- example: P0002 attests as the one treated, and act A0001 is on P0001
SELECT 'attestations' AS table_name, t.attestation_id AS row_id, 'person_id' AS column_name,
       t.person_id || ' attests as the one treated, and act ' || a.act_id || ' is on ' || a.person_id AS message
FROM attestations t
JOIN acts a ON a.act_id = t.act_id
WHERE t.attestor_kind = 'victim' AND t.person_id <> a.person_id
