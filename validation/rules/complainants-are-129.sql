-- The report is the complaint of 129 people.
-- severity: error  scope: edition
-- why: The list of complainants is printed whole, so any other number is an error of ours.
-- do: Compare the rows marked is_complainant with the report's list: somebody was dropped, doubled or marked by mistake.
-- example: the table has 5 complainants, the report 129
SELECT 'persons' AS table_name, NULL AS row_id, 'is_complainant' AS column_name,
       'the table has ' || CAST(complainants AS VARCHAR) || ' complainants, the report 129' AS message
FROM (
    SELECT count(*) FILTER (WHERE is_complainant) AS complainants,
           count(*) FILTER (WHERE is_withheld)
               + (SELECT count(*) FROM retired_ids WHERE table_name = 'persons' AND version > '0.1.0') AS gone
    FROM persons
) counted
WHERE complainants > 129 OR complainants + gone < 129
