-- One row is an amount in tenge as printed; the fines of that amount and the named persons on whom they were imposed are counted.
-- one_row_per: kind of penalty and amount
-- fines: Fines of that amount, whether or not the passage names the event.
-- persons: Named persons on whom they were imposed; one person counts once.
SELECT
  penalty_type,
  amount_kzt,
  count(*) AS fines,
  count(DISTINCT person_id) AS persons
FROM penalties
WHERE amount_kzt IS NOT NULL
GROUP BY penalty_type, amount_kzt
ORDER BY penalty_type, amount_kzt
