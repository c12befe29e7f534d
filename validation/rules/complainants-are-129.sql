-- The report is the complaint of 129 people.
-- severity: error  scope: edition
-- why: The list of complainants is printed whole, so any other number is an error of ours.
-- do: Compare the rows marked is_complainant with the report's list: somebody was dropped, doubled or marked by mistake.
-- example: the table has 5 complainants, the report 129
-- The list's people have the ids up to P0129, so one of them who is withheld is counted, and nobody else is.
SELECT 'persons' AS table_name, NULL AS row_id, 'is_complainant' AS column_name,
       'the table has ' || CAST(complainants AS VARCHAR) || ' complainants, the report 129' AS message
FROM (
    SELECT count(*) FILTER (WHERE is_complainant) AS complainants,
           count(*) FILTER (WHERE is_withheld AND person_id <= 'P0129')
               + (SELECT count(*) FROM retired_ids
                  WHERE table_name = 'persons' AND reason_code = 'withheld' AND row_id <= 'P0129') AS gone
    FROM persons
) counted
WHERE complainants + gone <> 129
