-- One act is one person, one kind of treatment and one occasion, where the source tells the occasion.
-- severity: warning  scope: model
-- why: One act coded twice is counted twice.
-- do: Read both passages: if they tell of one occasion, retire this act and give its passage to the other as a second citation; if of two, say in description what differs.
-- example: same person, treatment, event and date as A0001: is it a second citation of that act?
SELECT 'acts' AS table_name, a.act_id AS row_id, 'person_id' AS column_name,
       'same person, treatment, event and date as ' || min(first.act_id) || ': is it a second citation of that act?' AS message
FROM acts a
JOIN acts first
  ON first.person_id = a.person_id AND first.act_type = a.act_type AND first.act_id < a.act_id
 AND first.completion = a.completion
 AND first.event_id IS NOT DISTINCT FROM a.event_id
 AND first.date_start IS NOT DISTINCT FROM a.date_start
 AND first.date_end IS NOT DISTINCT FROM a.date_end
 AND first.target_person_id IS NOT DISTINCT FROM a.target_person_id
 AND first.quantity_unit IS NOT DISTINCT FROM a.quantity_unit
 AND coalesce(first.description, a.description, '') = coalesce(a.description, first.description, '')
WHERE a.event_id IS NOT NULL OR a.date_precision <> 'unknown'
GROUP BY a.act_id
