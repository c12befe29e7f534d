-- One row is who answered and what the answer does; the answers that the report prints are counted.
-- unit: answers
-- leaves_out: Answers that the report does not print. One statement about two rows counts twice.
-- answers: Answers to a row: denials, other accounts, retractions, confirmations, news.
-- under_pressure: Those of them that, as the report says, were made under pressure.
SELECT
  responder_kind,
  response,
  count(*) AS answers,
  count(*) FILTER (WHERE source_alleges_pressure = 1) AS under_pressure
FROM responses
GROUP BY responder_kind, response
ORDER BY responder_kind, response
