-- One row is a number of detentions; the named persons for whom the report tells of so many completed detentions are counted.
-- unit: named persons
-- leaves_out: Unnamed persons and groups; attempts and threats; persons who only stand in an event's list. The report gives examples, so a person may have been detained more often.
-- times_detained: Completed detentions of a person that the report ties to an event.
-- persons: Named persons.
SELECT
  detentions AS times_detained,
  count(*) AS persons
FROM persons_detained
GROUP BY detentions
ORDER BY detentions
