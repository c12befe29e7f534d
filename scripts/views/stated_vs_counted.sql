-- One row is a figure that the report states, beside the number that its counting rule gives in our rows.
-- one_row_per: reported total
-- counted_value: What the counting rule gives in our rows. Empty where there is no rule; the note says why.
-- events: Titles of the events that the figure is about.
-- citations: Section and page where the figure stands.
SELECT
  reported_totals.total_id,
  reported_totals.measure,
  reported_totals.unit,
  reported_totals.value_as_printed,
  reported_totals.qualifier,
  reported_totals.value_min,
  reported_totals.value_max,
  counted_totals.counted_value,
  reported_totals.includes_unlisted,
  reported_totals.difference_note,
  (
    SELECT group_concat(title, '; ')
    FROM (
      SELECT events.title FROM total_events
      JOIN events ON events.event_id = total_events.event_id
      WHERE total_events.total_id = reported_totals.total_id
      ORDER BY events.event_id
    )
  ) AS events,
  cited_pages.citations,
  reported_totals.counting_rule
FROM reported_totals
LEFT JOIN counted_totals ON counted_totals.total_id = reported_totals.total_id
LEFT JOIN cited_pages ON cited_pages.table_name = 'reported_totals' AND cited_pages.row_id = reported_totals.total_id
ORDER BY (
  SELECT min(passage_id) FROM citations
  WHERE citations.table_name = 'reported_totals' AND citations.row_id = reported_totals.total_id
), reported_totals.total_id
