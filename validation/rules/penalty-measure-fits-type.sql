-- A kind of penalty has its own measure: an amount, or a length in its own unit and of its own kind, or neither.
-- severity: error  scope: edition
-- why: Four years of probation are not four years in prison: the type, unit and kind of a length tell on each other.
-- do: Read the passage and correct whichever of penalty_type, duration_unit and duration_kind is wrong.
-- example: imprisonment with 10.0 days of custody: expected years of custody
WITH measures(penalty_type, unit_1, unit_2, kind, has_length) AS (
    VALUES ('imprisonment', 'years', 'months', 'custody', true),
           ('restriction_of_freedom', 'years', 'months', 'restriction', true),
           ('probation', 'years', 'months', 'probation_period', true),
           ('compulsory_labour', 'hours', 'hours', 'labour', true),
           ('administrative_arrest', 'days', 'days', 'custody', true),
           ('administrative_fine', NULL, NULL, NULL, false), ('pledge_not_to_leave', NULL, NULL, NULL, false),
           ('psychiatric_examination', NULL, NULL, NULL, false)
)
SELECT 'penalties' AS table_name, p.penalty_id AS row_id, 'duration_value' AS column_name,
       p.penalty_type || ' with ' || coalesce(CAST(CAST(p.duration_value AS DECIMAL(9, 1)) AS VARCHAR), 'no number') || ' '
           || coalesce(p.duration_unit, 'without unit') || ' of ' || coalesce(p.duration_kind, 'no kind')
           || ': expected ' || coalesce(m.unit_1 || ' of ' || m.kind, 'no length') AS message
FROM penalties p
JOIN measures m ON m.penalty_type = p.penalty_type
WHERE (p.duration_value IS NOT NULL) <> m.has_length
   OR (m.has_length AND (p.duration_unit NOT IN (m.unit_1, m.unit_2) OR p.duration_kind IS DISTINCT FROM m.kind))
