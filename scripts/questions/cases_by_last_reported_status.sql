-- One row is a kind of case and its status as the report last has it; the cases are counted.
-- unit: cases
-- leaves_out: Cases that the report only mentions without describing them, and everything after 5 November 2018.
-- cases: Cases, each as the report counts it.
SELECT
  case_type,
  status_as_last_reported,
  count(*) AS cases
FROM cases
GROUP BY case_type, status_as_last_reported
ORDER BY case_type, status_as_last_reported
