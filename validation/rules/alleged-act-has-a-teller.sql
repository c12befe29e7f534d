-- An act that others allege has a row saying who told of it.
-- severity: error  scope: model
-- why: Alleged means that somebody other than the report says it; a reader must see who.
-- do: Add the teller to data/attestations.csv, or correct assertion where the report says it in its own voice.
-- example: the act is alleged, and attestations has no teller of it
SELECT 'acts' AS table_name, a.act_id AS row_id, 'assertion' AS column_name,
       'the act is alleged, and attestations has no teller of it' AS message
FROM acts a
WHERE a.assertion = 'alleged' AND NOT EXISTS (SELECT 1 FROM attestations t WHERE t.act_id = a.act_id)
