-- An institution that is called a court, police, ministry or prosecutor’s office is coded as one, and stands where its name says.
-- severity: error  scope: edition
-- why: A flipped type or a place_id that slipped differs from the name.
-- do: Correct institution_type or place_id; a name that says otherwise is listed in validation/exceptions.csv.
-- example: “Second Mock Police” is coded as court, not as police
WITH kinds(word, institution_type) AS (
    VALUES ('court', 'court'), ('police', 'police'), ('internal affairs in', 'police'), ('ministry', 'ministry'),
           ('prosecutor', 'prosecution'), ('rapporteur', 'international_body'), ('european union', 'international_body'),
           ('osce', 'international_body'), ('un ', 'international_body'), ('bank', 'international_body'),
           ('parliament', 'parliament'), ('radio', 'media'), ('press', 'media'), ('ombudsman', 'ombudsman'),
           ('government', 'government'), ('security committee', 'security_service'), ('federation', 'organisation'),
           ('foundation', 'organisation')
)
SELECT 'institutions' AS table_name, i.institution_id AS row_id, 'institution_type' AS column_name,
       '“' || i.name || '” is coded as ' || i.institution_type || ', not as ' || min(k.institution_type) AS message
FROM institutions i
JOIN kinds k ON CASE WHEN k.word = 'un ' THEN starts_with(lower(i.name), 'un ') ELSE contains(lower(i.name), k.word) END
GROUP BY i.institution_id, i.name, i.institution_type
HAVING NOT list_contains(list(k.institution_type), i.institution_type)
UNION ALL
SELECT 'institutions', i.institution_id, 'institution_type',
       'no word of “' || i.name || '” says that it is ' || i.institution_type
FROM institutions i
WHERE i.institution_type IN ('court', 'police', 'ministry', 'prosecution', 'ombudsman', 'government', 'security_service')
  AND NOT EXISTS (SELECT 1 FROM kinds k WHERE contains(lower(i.name), k.word))
UNION ALL
SELECT 'institutions', i.institution_id, 'place_id', '“' || i.name || '” is placed in ' || coalesce(own.name, 'no place')
FROM institutions i
JOIN places named ON contains(i.name, named.name) AND named.geo_precision = 'settlement'
LEFT JOIN places own ON own.place_id = i.place_id
WHERE own.place_id IS DISTINCT FROM named.place_id
