-- One row is a kind of treatment and whether it was completed; acts and persons are counted, groups apart and never summed.
-- one_row_per: kind of treatment and completion
-- act_label: Public label of the kind of treatment.
-- acts_named: Acts against named persons.
-- persons_named: Named persons treated so; one person counts once.
-- acts_unnamed: Acts against unnamed but countable persons.
-- unnamed_persons_min: Fewest unnamed but countable persons treated so, as stated.
-- unnamed_persons_max: Most unnamed but countable persons treated so, as stated. Empty when open.
-- unnamed_groups: Mentions of a group of unknown size, such as “all” or “many”.
-- not_in_own_voice: Acts of all these that the report does not state in its own voice: alleged by others or supposed.
SELECT
  acts.act_type,
  act_types.label_en AS act_label,
  acts.completion,
  count(*) FILTER (WHERE acts.victim_scope = 'person') AS acts_named,
  count(DISTINCT acts.person_id) AS persons_named,
  count(*) FILTER (WHERE acts.victim_scope = 'unnamed_person') AS acts_unnamed,
  coalesce(sum(acts.victims_min) FILTER (WHERE acts.victim_scope = 'unnamed_person'), 0) AS unnamed_persons_min,
  CASE
    WHEN count(*) FILTER (WHERE acts.victim_scope = 'unnamed_person' AND acts.victims_max IS NULL) = 0
      THEN coalesce(sum(acts.victims_max) FILTER (WHERE acts.victim_scope = 'unnamed_person'), 0)
  END AS unnamed_persons_max,
  count(*) FILTER (WHERE acts.victim_scope = 'unnamed_group') AS unnamed_groups,
  count(*) FILTER (WHERE acts.assertion <> 'stated') AS not_in_own_voice
FROM acts
JOIN act_types ON act_types.code = acts.act_type
GROUP BY acts.act_type, acts.completion
ORDER BY acts.act_type, acts.completion
