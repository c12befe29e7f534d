-- One row is a kind of penalty or restraint and its status as reported; each that was imposed on a named person is counted.
-- unit: penalties
-- leaves_out: What was only sought or possible; penalties of unnamed persons. One sentence may impose several, which count apart.
-- penalty_label: Public label of the kind of penalty or measure.
-- penalties: Separately stated penalties and measures.
-- persons: Named persons on whom they were imposed; one person counts once in a row.
SELECT
  penalties.penalty_type,
  penalty_types.label_en AS penalty_label,
  penalties.status,
  count(*) AS penalties,
  count(DISTINCT penalties.person_id) AS persons
FROM penalties
JOIN penalty_types ON penalty_types.code = penalties.penalty_type
GROUP BY penalties.penalty_type, penalties.status
ORDER BY penalties.penalty_type, penalties.status
