-- Nothing in any table says anything of a withheld person.
-- severity: error  scope: model
-- why: A person is withheld so that nobody can find them; one row left in another table undoes that.
-- do: Take the row out and write its id in data/retired_ids.csv with reason_code withheld.
-- example: the row is about P0003, who is withheld
WITH gone AS (
    SELECT person_id FROM persons WHERE is_withheld
)
SELECT found.table_name, found.row_id, found.column_name, 'the row is about ' || found.person_id || ', who is withheld' AS message
FROM (
    SELECT 'acts' AS table_name, act_id AS row_id, 'person_id' AS column_name, person_id FROM acts
    UNION ALL SELECT 'acts', act_id, 'target_person_id', target_person_id FROM acts
    UNION ALL SELECT 'attestations', attestation_id, 'person_id', person_id FROM attestations
    UNION ALL SELECT 'responses', response_id, 'person_id', person_id FROM responses
    UNION ALL SELECT 'case_persons', case_id || '/' || person_id, 'person_id', person_id FROM case_persons
    UNION ALL SELECT 'charges', charge_id, 'person_id', person_id FROM charges
    UNION ALL SELECT 'penalties', penalty_id, 'person_id', person_id FROM penalties
    UNION ALL SELECT 'citations', citation_id, 'row_id', row_id FROM citations WHERE table_name = 'persons'
    UNION ALL SELECT 'responses', response_id, 'row_id', row_id FROM responses WHERE table_name = 'persons'
    UNION ALL SELECT 'anomalies', anomaly_id, 'row_id', row_id FROM anomalies WHERE table_name = 'persons'
    UNION ALL SELECT 'other_values', other_value_id, 'row_id', row_id FROM other_values WHERE table_name = 'persons'
) found
JOIN gone g ON g.person_id = found.person_id
