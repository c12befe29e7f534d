-- The source whose passages are listed has the hash of its text, and no other source has one.
-- severity: error  scope: model
-- why: The hash says which text the passages were cut from; on another row it would vouch for nothing.
-- do: Put the hash back beside the report, or take it from the row of a mere link.
-- example: the hash of a text, and no passage of it is listed
SELECT 'sources' AS table_name, s.source_id AS row_id, 'sha256' AS column_name,
       CASE WHEN s.sha256 IS NULL THEN 'passages are listed, and the hash of the text is empty'
            ELSE 'the hash of a text, and no passage of it is listed' END AS message
FROM sources s
WHERE (s.sha256 IS NOT NULL) <> EXISTS (SELECT 1 FROM passages p WHERE p.source_id = s.source_id)
