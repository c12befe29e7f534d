-- Each cited passage has a fingerprint, and each fingerprint is of a passage that is there.
-- severity: error  scope: model
-- why: Without its fingerprint nobody can check a citation who has not the text.
-- do: Correct passage_id; if the passages changed, make the fingerprints anew with make fingerprint.
-- example: passage X9000 has no fingerprint
SELECT 'citations' AS table_name, c.citation_id AS row_id, 'passage_id' AS column_name,
       'passage ' || c.passage_id || ' has no fingerprint' AS message
FROM citations c
WHERE c.passage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fingerprints f WHERE f.passage_id = c.passage_id)
UNION ALL
SELECT 'fingerprints', f.passage_id, 'passage_id', 'passages has no row ' || f.passage_id
FROM fingerprints f
WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.passage_id = f.passage_id)
