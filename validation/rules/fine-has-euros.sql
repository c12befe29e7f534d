-- A fine has its amount in euros too, but for one of a source without passages.
-- severity: error  scope: edition
-- why: The report prints both of every fine, and each checks the other.
-- do: Fill amount_eur_as_printed from the passage.
-- example: the amount in euros is missing
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'amount_eur_as_printed' AS column_name,
       'the amount in euros is missing' AS message
FROM penalties p
WHERE p.penalty_type = 'administrative_fine' AND p.amount_eur_as_printed IS NULL
  AND NOT EXISTS (SELECT 1 FROM citations c
                  WHERE c.table_name = 'penalties' AND c.row_id = p.penalty_id AND c.source_id IS NOT NULL)
