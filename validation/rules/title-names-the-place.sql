-- An event's title that names places of the gazetteer names the event's own.
-- severity: error  scope: model
-- why: The title repeats the place, so a place_id that slipped differs from it.
-- do: Read the passage and correct place_id, or the title.
-- example: the title is “Second rally in Sampleton”, the place Mockland
SELECT 'events' AS table_name, e.event_id AS row_id, 'place_id' AS column_name,
       'the title is “' || e.title || '”, the place ' || min(own.name) AS message
FROM events e
JOIN places own ON own.place_id = e.place_id
JOIN places named ON contains(e.title, named.name)
WHERE NOT contains(e.title, own.name)
GROUP BY e.event_id, e.title
