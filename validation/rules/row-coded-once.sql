-- No two rows of a table are alike in every column but the id.
-- severity: error  scope: model
-- why: A row pasted twice is counted twice.
-- do: Take the second row out, or say in description what differs.
-- example: the row V0002 is the same
SELECT table_name, row_id, column_name, 'the row ' || first_id || ' is the same' AS message
FROM (
    SELECT 'acts' AS table_name, last_id AS row_id, 'act_id' AS column_name, first_id
    FROM (SELECT min(act_id) AS first_id, max(act_id) AS last_id, * EXCLUDE (act_id) FROM acts
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'anomalies' AS table_name, last_id AS row_id, 'anomaly_id' AS column_name, first_id
    FROM (SELECT min(anomaly_id) AS first_id, max(anomaly_id) AS last_id, * EXCLUDE (anomaly_id) FROM anomalies
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'attestations' AS table_name, last_id AS row_id, 'attestation_id' AS column_name, first_id
    FROM (SELECT min(attestation_id) AS first_id, max(attestation_id) AS last_id, * EXCLUDE (attestation_id) FROM attestations
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'charges' AS table_name, last_id AS row_id, 'charge_id' AS column_name, first_id
    FROM (SELECT min(charge_id) AS first_id, max(charge_id) AS last_id, * EXCLUDE (charge_id) FROM charges
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'involvements' AS table_name, last_id AS row_id, 'involvement_id' AS column_name, first_id
    FROM (SELECT min(involvement_id) AS first_id, max(involvement_id) AS last_id, * EXCLUDE (involvement_id) FROM involvements
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'official_roles' AS table_name, last_id AS row_id, 'official_role_id' AS column_name, first_id
    FROM (SELECT min(official_role_id) AS first_id, max(official_role_id) AS last_id, * EXCLUDE (official_role_id) FROM official_roles
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'penalties' AS table_name, last_id AS row_id, 'penalty_id' AS column_name, first_id
    FROM (SELECT min(penalty_id) AS first_id, max(penalty_id) AS last_id, * EXCLUDE (penalty_id) FROM penalties
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'provisions' AS table_name, last_id AS row_id, 'provision_id' AS column_name, first_id
    FROM (SELECT min(provision_id) AS first_id, max(provision_id) AS last_id, * EXCLUDE (provision_id) FROM provisions
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'recommendations' AS table_name, last_id AS row_id, 'recommendation_id' AS column_name, first_id
    FROM (SELECT min(recommendation_id) AS first_id, max(recommendation_id) AS last_id, * EXCLUDE (recommendation_id) FROM recommendations
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'reported_totals' AS table_name, last_id AS row_id, 'total_id' AS column_name, first_id
    FROM (SELECT min(total_id) AS first_id, max(total_id) AS last_id, * EXCLUDE (total_id) FROM reported_totals
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'responses' AS table_name, last_id AS row_id, 'response_id' AS column_name, first_id
    FROM (SELECT min(response_id) AS first_id, max(response_id) AS last_id, * EXCLUDE (response_id) FROM responses
          GROUP BY ALL HAVING count(*) > 1) twice
    UNION ALL
    SELECT 'sources' AS table_name, last_id AS row_id, 'source_id' AS column_name, first_id
    FROM (SELECT min(source_id) AS first_id, max(source_id) AS last_id, * EXCLUDE (source_id) FROM sources
          GROUP BY ALL HAVING count(*) > 1) twice
) found
