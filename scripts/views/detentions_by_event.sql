-- One row is an event with a completed detention; named persons, unnamed persons and groups are counted apart and never summed.
-- one_row_per: event
-- place: Where the source says the event happened.
-- persons_named: Named persons with a completed detention that the cited passage ties to this event.
-- persons_named_only_listed: Named persons whose detention is put here only because they stand in this event's list alone; not in persons_named.
-- unnamed_persons_min: Fewest unnamed but countable persons detained, as stated.
-- unnamed_persons_max: Most unnamed but countable persons detained, as stated. Empty when open.
-- unnamed_groups: Mentions of a group of unknown size, such as “all” or “many”.
SELECT
  events.event_id,
  events.title,
  events.event_type,
  events.parent_event_id,
  places.name AS place,
  events.date_start,
  events.date_end,
  events.date_precision,
  count(DISTINCT acts.person_id) FILTER (WHERE acts.event_basis = 'stated') AS persons_named,
  count(DISTINCT acts.person_id) FILTER (WHERE acts.event_basis = 'only_listed_event') AS persons_named_only_listed,
  coalesce(sum(acts.victims_min) FILTER (WHERE acts.victim_scope = 'unnamed_person'), 0) AS unnamed_persons_min,
  CASE
    WHEN count(*) FILTER (WHERE acts.victim_scope = 'unnamed_person' AND acts.victims_max IS NULL) = 0
      THEN coalesce(sum(acts.victims_max) FILTER (WHERE acts.victim_scope = 'unnamed_person'), 0)
  END AS unnamed_persons_max,
  count(*) FILTER (WHERE acts.victim_scope = 'unnamed_group') AS unnamed_groups
FROM acts
JOIN events ON events.event_id = acts.event_id
LEFT JOIN places ON places.place_id = events.place_id
WHERE acts.act_type = 'detention' AND acts.completion = 'completed'
GROUP BY events.event_id
ORDER BY events.date_start, events.event_id
