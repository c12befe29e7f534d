-- A month or year is dated from its first day to its last, and a range runs over several days.
-- severity: error  scope: model
-- why: Programs count by precision, and a month that is not a whole month would be counted wrongly.
-- do: Write the first and last day of the month or year; for other spans of several days set date_precision to range, for one day to day.
-- example: precision month does not fit 2018-06-01 to 2018-06-29
SELECT table_name, row_id, 'date_precision' AS column_name,
       'precision ' || date_precision || ' does not fit ' || CAST(date_start AS VARCHAR) || ' to '
           || CAST(date_end AS VARCHAR) AS message
FROM (
    SELECT 'events' AS table_name, event_id AS row_id, date_precision, date_start, date_end FROM events
    UNION ALL
    SELECT 'acts', act_id, date_precision, date_start, date_end FROM acts
    UNION ALL
    SELECT 'penalties', penalty_id, date_precision, date_start, date_end FROM penalties
) dated
WHERE (date_precision = 'month' AND (day(date_start) <> 1 OR date_end <> last_day(date_start)))
   OR (date_precision = 'year' AND (month(date_start) <> 1 OR day(date_start) <> 1
                                    OR month(date_end) <> 12 OR day(date_end) <> 31 OR year(date_end) <> year(date_start)))
   OR (date_precision = 'range' AND date_start = date_end)
