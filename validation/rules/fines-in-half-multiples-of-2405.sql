-- A fine is a multiple of half the monthly calculation index of 2018, 2,405 tenge, or an anomaly says why not.
-- severity: error  scope: edition
-- why: The law sets fines in monthly calculation indices, so another amount is a misprint or a slip of ours.
-- do: Read the amount in the passage again; if the report prints it so, add an anomaly of kind amount for this row.
-- example: 24051 is not a multiple of 1202.5: check the amount, or add an anomaly of kind amount
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'amount_kzt' AS column_name,
       CAST(CAST(p.amount_kzt AS BIGINT) AS VARCHAR)
           || ' is not a multiple of 1202.5: check the amount, or add an anomaly of kind amount' AS message
FROM penalties p
WHERE (p.amount_kzt * 2) % 2405 <> 0
  AND NOT EXISTS (SELECT 1 FROM anomalies d
                  WHERE d.table_name = 'penalties' AND d.row_id = p.penalty_id AND d.kind = 'amount')
