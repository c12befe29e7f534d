-- One row is a passage of the report and how far it is coded; the citations and spellings that name it are counted.
-- one_row_per: passage
-- label: Section and page.
-- status: coded: a row cites it. partly_coded: a row cites it, and a note says that it holds more. not_yet_coded: nothing of it is coded yet. context: read, holds nothing that the tables model. layout: page furniture.
-- citations: Citations that name the passage.
-- spellings: Spellings of names that the tables take from the passage.
-- reason: Why it is not coded, or not in full.
WITH used AS (
  SELECT
    passages.*,
    passage_notes.coding,
    passage_notes.reason,
    (SELECT count(*) FROM citations WHERE citations.passage_id = passages.passage_id) AS citations,
    (SELECT count(*) FROM person_names WHERE person_names.passage_id = passages.passage_id)
    + (SELECT count(*) FROM official_names WHERE official_names.passage_id = passages.passage_id) AS spellings
  FROM passages
  LEFT JOIN passage_notes ON passage_notes.passage_id = passages.passage_id
)
SELECT
  passage_id,
  label,
  section,
  page,
  passage_kind,
  CASE
    WHEN coding IN ('context', 'layout') THEN coding
    WHEN citations + spellings = 0 THEN 'not_yet_coded'
    WHEN coding = 'not_yet_coded' THEN 'partly_coded'
    ELSE 'coded'
  END AS status,
  citations,
  spellings,
  reason
FROM used
ORDER BY passage_id
