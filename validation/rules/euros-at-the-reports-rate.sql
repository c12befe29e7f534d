-- The euros beside a fine are its tenge at the report's own rate, the middle one of all its fines.
-- severity: error  scope: edition
-- why: The report converts all fines alike, so a digit that slipped in either amount shows in the other.
-- do: Compare both amounts with the passage; where the report itself breaks its rate, add an anomaly and list the row in validation/exceptions.csv.
-- example: 24050 tenge are 56 euros at the rate of the other fines, not 65
WITH rate AS (
    SELECT median(amount_kzt / amount_eur_as_printed) AS tenge FROM penalties WHERE amount_eur_as_printed > 0
)
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'amount_eur_as_printed' AS column_name,
       CAST(CAST(p.amount_kzt AS BIGINT) AS VARCHAR) || ' tenge are '
           || CAST(CAST(round(p.amount_kzt / r.tenge) AS BIGINT) AS VARCHAR)
           || ' euros at the rate of the other fines, not ' || CAST(CAST(p.amount_eur_as_printed AS BIGINT) AS VARCHAR) AS message
FROM penalties p
CROSS JOIN rate r
WHERE round(p.amount_kzt / r.tenge) <> p.amount_eur_as_printed
