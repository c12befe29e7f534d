-- A footnote's publisher is the host of its address.
-- severity: error  scope: model
-- why: A swapped address or publisher leads a reader to somebody else's page.
-- do: Open the footnote in the report: correct url or publisher.
-- example: the publisher is example.com, the address on example.net
SELECT 'sources' AS table_name, source_id AS row_id, 'publisher' AS column_name,
       'the publisher is ' || coalesce(publisher, 'empty') || ', the address on ' || split_part(url, '/', 3) AS message
FROM sources
WHERE url IS NOT NULL AND footnote_number IS NOT NULL AND publisher IS DISTINCT FROM split_part(url, '/', 3)
