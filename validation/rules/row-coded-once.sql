-- No two rows of a table are alike in every column but the id.
-- severity: error  scope: model
-- why: A row pasted twice is counted twice.
-- do: Take the second row out, or say in description what differs.
-- example: the row V0002 is the same
SELECT table_name, row_id, column_name, 'the row ' || first_id || ' is the same' AS message
FROM (
    SELECT 'acts' AS table_name, max(act_id) AS row_id, 'act_id' AS column_name,
           min(act_id) AS first_id
    FROM (SELECT act_id, md5(replace(CAST(r AS VARCHAR), r.act_id, '')) AS cells FROM acts r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'anomalies' AS table_name, max(anomaly_id) AS row_id, 'anomaly_id' AS column_name,
           min(anomaly_id) AS first_id
    FROM (SELECT anomaly_id, md5(replace(CAST(r AS VARCHAR), r.anomaly_id, '')) AS cells FROM anomalies r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'attestations' AS table_name, max(attestation_id) AS row_id, 'attestation_id' AS column_name,
           min(attestation_id) AS first_id
    FROM (SELECT attestation_id, md5(replace(CAST(r AS VARCHAR), r.attestation_id, '')) AS cells FROM attestations r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'charges' AS table_name, max(charge_id) AS row_id, 'charge_id' AS column_name,
           min(charge_id) AS first_id
    FROM (SELECT charge_id, md5(replace(CAST(r AS VARCHAR), r.charge_id, '')) AS cells FROM charges r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'involvements' AS table_name, max(involvement_id) AS row_id, 'involvement_id' AS column_name,
           min(involvement_id) AS first_id
    FROM (SELECT involvement_id, md5(replace(CAST(r AS VARCHAR), r.involvement_id, '')) AS cells FROM involvements r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'official_roles' AS table_name, max(official_role_id) AS row_id, 'official_role_id' AS column_name,
           min(official_role_id) AS first_id
    FROM (SELECT official_role_id, md5(replace(CAST(r AS VARCHAR), r.official_role_id, '')) AS cells FROM official_roles r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'penalties' AS table_name, max(penalty_id) AS row_id, 'penalty_id' AS column_name,
           min(penalty_id) AS first_id
    FROM (SELECT penalty_id, md5(replace(CAST(r AS VARCHAR), r.penalty_id, '')) AS cells FROM penalties r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'provisions' AS table_name, max(provision_id) AS row_id, 'provision_id' AS column_name,
           min(provision_id) AS first_id
    FROM (SELECT provision_id, md5(replace(CAST(r AS VARCHAR), r.provision_id, '')) AS cells FROM provisions r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'recommendations' AS table_name, max(recommendation_id) AS row_id, 'recommendation_id' AS column_name,
           min(recommendation_id) AS first_id
    FROM (SELECT recommendation_id, md5(replace(CAST(r AS VARCHAR), r.recommendation_id, '')) AS cells FROM recommendations r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'reported_totals' AS table_name, max(total_id) AS row_id, 'total_id' AS column_name,
           min(total_id) AS first_id
    FROM (SELECT total_id, md5(replace(CAST(r AS VARCHAR), r.total_id, '')) AS cells FROM reported_totals r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'responses' AS table_name, max(response_id) AS row_id, 'response_id' AS column_name,
           min(response_id) AS first_id
    FROM (SELECT response_id, md5(replace(CAST(r AS VARCHAR), r.response_id, '')) AS cells FROM responses r) GROUP BY cells HAVING count(*) > 1
    UNION ALL
    SELECT 'sources' AS table_name, max(source_id) AS row_id, 'source_id' AS column_name,
           min(source_id) AS first_id
    FROM (SELECT source_id, md5(replace(CAST(r AS VARCHAR), r.source_id, '')) AS cells FROM sources r) GROUP BY cells HAVING count(*) > 1
) found
