-- Sources on one host are of one kind.
-- severity: error  scope: model
-- why: A flipped kind or a swapped address of a source shows in the other sources of the same host.
-- do: Open the footnote in the report: correct url or source_type, or list the source in validation/exceptions.csv.
-- example: example.org is news here, and report in S0001
WITH hosted AS (
    SELECT source_id, source_type, split_part(url, '/', 3) AS host FROM sources
    WHERE url IS NOT NULL
), counted AS (
    SELECT host, source_type, count(*) AS times, min(source_id) AS first_id FROM hosted GROUP BY host, source_type
)
SELECT 'sources' AS table_name, h.source_id AS row_id, 'source_type' AS column_name,
       h.host || ' is ' || h.source_type || ' here, and ' || min(o.source_type || ' in ' || o.first_id)
           AS message
FROM hosted h
JOIN counted c ON c.host = h.host AND c.source_type = h.source_type
JOIN counted o ON o.host = h.host AND o.source_type <> h.source_type AND o.times >= c.times
GROUP BY h.source_id, h.host, h.source_type
