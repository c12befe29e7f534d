-- One row is what somebody answered to rows of a table; responses are counted.
-- table_name: Table of the rows that are answered.
-- responder_kind: Who answers.
-- response: What the answer is.
-- responses: Number of responses. Unit: responses.
SELECT table_name, responder_kind, response, count(*) AS responses
FROM responses
GROUP BY ALL
ORDER BY ALL
