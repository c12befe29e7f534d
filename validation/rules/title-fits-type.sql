-- An event's title begins as the titles of its type do.
-- severity: error  scope: edition
-- why: The title repeats the type, so a flipped type differs from it.
-- do: Read the passage and correct event_type, or the title.
-- example: the title begins with “Sentencing”, and the type is rally
WITH starts(event_type, word) AS (
    VALUES ('administrative_hearing', 'Administrative'), ('court_hearing', 'Trial'), ('court_hearing', 'Hearing'),
           ('court_hearing', 'Opening'), ('delegation_visit', 'Visit'), ('detention_in_case', 'Detention'),
           ('detention_in_case', 'Arrest'), ('extradition', 'Transfer'), ('mass_detention', 'Detentions'),
           ('mission', 'Human'), ('permit_refusal', 'Refusals'), ('police_measures', 'Police'),
           ('preventive_detention', 'Detentions'), ('rally', 'Rally'), ('search', 'Search'),
           ('sentencing', 'Sentence'), ('sentencing', 'Sentencing')
), first_words AS (
    SELECT event_id, event_type, split_part(title, ' ', 1) AS word FROM events
)
SELECT 'events' AS table_name, e.event_id AS row_id, 'event_type' AS column_name,
       'the title begins with “' || e.word || '”, and the type is ' || e.event_type AS message
FROM first_words e
WHERE NOT EXISTS (SELECT 1 FROM starts s WHERE s.event_type = e.event_type AND s.word = e.word)
  AND (EXISTS (SELECT 1 FROM starts s WHERE s.event_type = e.event_type)
       OR EXISTS (SELECT 1 FROM starts s WHERE s.word = e.word AND s.word <> 'Police'))
