-- Each table reaches the id that it reached in this edition, retired ids counted.
-- severity: error  scope: edition
-- why: A row lost at a table’s end leaves no gap; this floor sees it, and a withdrawn or merged row counts as present.
-- do: Put the lost rows back, or write their ids in data/retired_ids.csv with the reason.
-- example: the ids end at 3, and reached 28 in this edition
WITH reached(table_name, key_column, number) AS (
    VALUES ('acts', 'act_id', 498),
           ('anomalies', 'anomaly_id', 214),
           ('attestations', 'attestation_id', 88),
           ('cases', 'case_id', 22),
           ('charges', 'charge_id', 31),
           ('citations', 'citation_id', 3689),
           ('events', 'event_id', 144),
           ('institutions', 'institution_id', 63),
           ('involvements', 'involvement_id', 276),
           ('official_roles', 'official_role_id', 92),
           ('officials', 'official_id', 86),
           ('passages', 'passage_id', 946),
           ('penalties', 'penalty_id', 59),
           ('persons', 'person_id', 151),
           ('places', 'place_id', 28),
           ('provisions', 'provision_id', 60),
           ('recommendations', 'recommendation_id', 32),
           ('reported_totals', 'total_id', 76),
           ('responses', 'response_id', 51),
           ('rights', 'right_id', 7),
           ('sources', 'source_id', 78)
), known AS (
    SELECT table_name, row_id FROM all_rows
    UNION ALL
    SELECT table_name, row_id FROM retired_ids
), highest AS (
    SELECT r.table_name, r.key_column, r.number,
           coalesce(max(CAST(substr(k.row_id, 2) AS INTEGER)), 0) AS here
    FROM reached r
    LEFT JOIN known k ON k.table_name = r.table_name
    GROUP BY r.table_name, r.key_column, r.number
)
SELECT table_name, NULL AS row_id, key_column AS column_name,
       'the ids end at ' || CAST(here AS VARCHAR) || ', and reached ' || CAST(number AS VARCHAR) || ' in this edition' AS message
FROM highest
WHERE here < number
