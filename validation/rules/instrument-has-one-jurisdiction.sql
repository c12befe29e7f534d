-- All provisions of one instrument are of one jurisdiction.
-- severity: error  scope: model
-- why: A law of Kazakhstan is not an international treaty in one row.
-- do: Correct jurisdiction, or instrument.
-- example: Mock Code is of INT here, and of KZ in B0001
SELECT 'provisions' AS table_name, b.provision_id AS row_id, 'jurisdiction' AS column_name,
       b.instrument || ' is of ' || b.jurisdiction || ' here, and of ' || min(o.jurisdiction) || ' in '
           || min(o.provision_id) AS message
FROM provisions b
JOIN provisions o ON o.instrument = b.instrument AND o.jurisdiction <> b.jurisdiction
GROUP BY b.provision_id, b.instrument, b.jurisdiction
