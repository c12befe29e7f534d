-- One row is a named person with a completed detention at an event that the cited passage names; the person's detentions are counted.
-- one_row_per: person
-- detentions: Completed detentions of the person at a stated event. Those whose event is only concluded from a list are left out.
-- events: Events at which the person was detained.
-- first_date_start: First day that the source's words allow for the earliest of them; its precision stands in person_timeline.
SELECT
  persons.person_id,
  persons.name,
  persons.is_complainant,
  count(*) AS detentions,
  count(DISTINCT acts.event_id) AS events,
  min(acts.date_start) AS first_date_start
FROM acts
JOIN persons ON persons.person_id = acts.person_id
WHERE acts.act_type = 'detention' AND acts.completion = 'completed' AND acts.event_basis = 'stated'
GROUP BY persons.person_id
ORDER BY persons.person_id
