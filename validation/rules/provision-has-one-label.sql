-- A provision has the same label in every charge.
-- severity: error  scope: model
-- why: A provision_id that slipped brings an article under another offence’s name.
-- do: Read the passage: correct provision_id or label; where the report itself varies, list the charge in validation/exceptions.csv.
-- example: B0001 is “Mocking” here, and “Sampling” in C0001
WITH counted AS (
    SELECT provision_id, label, count(*) AS times, min(charge_id) AS first_id
    FROM charges
    WHERE provision_id IS NOT NULL
    GROUP BY provision_id, label
)
SELECT 'charges' AS table_name, c.charge_id AS row_id, 'provision_id' AS column_name,
       c.provision_id || ' is “' || c.label || '” here, and ' || min('“' || o.label || '” in ' || o.first_id)
           AS message
FROM charges c
JOIN counted own ON own.provision_id = c.provision_id AND own.label = c.label
JOIN counted o ON o.provision_id = c.provision_id AND o.label <> c.label
 AND (o.times > own.times OR (o.times = own.times AND o.first_id < own.first_id))
GROUP BY c.charge_id, c.provision_id, c.label
