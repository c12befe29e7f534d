-- An event's title that names a month names the coded day.
-- severity: error  scope: model
-- why: The title repeats the day, so a date that slipped differs from it.
-- do: Read the passage and correct the date, or the title.
-- example: the title is “Rally of 4 March 2018 in Sampleton”, the coded day 3 March 2018
WITH months(name) AS (
    VALUES ('January'), ('February'), ('March'), ('April'), ('May'), ('June'),
           ('July'), ('August'), ('September'), ('October'), ('November'), ('December')
)
SELECT 'events' AS table_name, e.event_id AS row_id, 'date_start' AS column_name,
       'the title is “' || e.title || '”, the coded day ' || strftime(e.date_start, '%-d %B %Y') AS message
FROM events e
WHERE e.date_precision = 'day'
  AND EXISTS (SELECT 1 FROM months m WHERE contains(e.title, ' ' || m.name))
  AND NOT contains(e.title, strftime(e.date_start, '%-d %B'))
