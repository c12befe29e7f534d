-- Who is affected has an act, a penalty or a case, or complains; nobody else does.
-- severity: error  scope: model
-- why: The relation says whether something was done to the person, and the other tables say what.
-- do: Correct relation, or the person_id of the act or penalty; where the report tells of nothing that has a row, list the person in validation/exceptions.csv.
-- example: the person is affected, and no act, penalty or case says by what
WITH touched AS (
    SELECT person_id FROM persons WHERE is_complainant
    UNION SELECT person_id FROM acts
    UNION SELECT target_person_id FROM acts
    UNION SELECT person_id FROM penalties
    UNION SELECT person_id FROM case_persons
)
SELECT 'persons' AS table_name, p.person_id AS row_id, 'relation' AS column_name,
       CASE WHEN t.person_id IS NULL THEN 'the person is affected, and no act, penalty or case says by what'
            ELSE 'the person is ' || p.relation || ', and has an act, a penalty or a case, or complains' END AS message
FROM persons p
LEFT JOIN touched t ON t.person_id = p.person_id
WHERE NOT p.is_withheld AND (p.relation = 'affected') <> (t.person_id IS NOT NULL)
