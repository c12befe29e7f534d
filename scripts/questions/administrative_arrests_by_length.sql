-- One row is a length as printed; the administrative arrests of that length that a court imposed are counted.
-- unit: penalties
-- leaves_out: Arrests of whose length the report says nothing; custody in criminal cases; being held by police without a court.
-- arrests: Administrative arrests; each separately stated one counts.
-- persons: Named persons on whom they were imposed; one person counts once in a row.
SELECT
  duration_value,
  duration_unit,
  count(*) AS arrests,
  count(DISTINCT person_id) AS persons
FROM penalties
WHERE penalty_type = 'administrative_arrest' AND duration_value IS NOT NULL
GROUP BY duration_unit, duration_value
ORDER BY duration_unit, duration_value
