-- An official's role in an event is at the place of the event.
-- severity: error  scope: model
-- why: An event_id or place_id that slipped shows in the other.
-- do: Read the passage and correct event_id or place_id of the role.
-- example: the role is at L0003, its event E0002 at L0001
SELECT 'official_roles' AS table_name, r.official_role_id AS row_id, 'place_id' AS column_name,
       'the role is at ' || r.place_id || ', its event ' || e.event_id || ' at ' || coalesce(e.place_id, 'no place') AS message
FROM official_roles r
JOIN events e ON e.event_id = r.event_id
WHERE r.place_id IS DISTINCT FROM e.place_id AND r.place_id IS NOT NULL
  AND (e.place_id IS NULL OR e.place_id IN (SELECT place_id FROM places))
