-- One row is an article of law and part; the persons who the report says were charged or convicted under it are counted.
-- unit: named persons
-- leaves_out: Articles only sought or closed, and witnesses listed under an article. A person charged under two articles counts under both, so the rows do not add up.
-- provision: Instrument, article and part.
-- charged: Named persons charged; the report does not say that they were convicted of it.
-- convicted: Named persons convicted of it.
SELECT
  charges.provision_id,
  provisions.label AS provision,
  count(DISTINCT charges.person_id) FILTER (WHERE charges.status = 'charged') AS charged,
  count(DISTINCT charges.person_id) FILTER (WHERE charges.status = 'convicted') AS convicted
FROM charges
JOIN provisions ON provisions.provision_id = charges.provision_id
WHERE charges.status IN ('charged', 'convicted')
GROUP BY charges.provision_id
ORDER BY provisions.label
