-- Who tells as the one treated is named where that person is, and who tells as another is somebody else.
-- severity: error  scope: model
-- why: A flipped kind of teller makes a witness of the one treated, or the reverse.
-- do: Read the passage and correct attestor_kind, or fill or correct person_id.
-- example: P0001 tells as witness, and was treated in A0001
SELECT 'attestations' AS table_name, t.attestation_id AS row_id, 'attestor_kind' AS column_name,
       CASE WHEN t.person_id IS NULL THEN 'the one treated tells, and person_id is empty: it is ' || a.person_id
            ELSE t.person_id || ' tells as ' || t.attestor_kind || ', and was treated in ' || a.act_id END AS message
FROM attestations t
JOIN acts a ON a.act_id = t.act_id
WHERE (t.attestor_kind = 'victim' AND t.person_id IS NULL AND a.person_id IS NOT NULL)
   OR (t.attestor_kind <> 'victim' AND t.person_id = a.person_id)
