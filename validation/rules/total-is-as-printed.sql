-- A figure's value and qualifier are those of its printed words.
-- severity: error  scope: edition
-- why: A digit that slipped, or a flipped qualifier, differs from the words beside it.
-- do: Read the passage and correct value_min, value_max, qualifier or value_as_printed.
-- example: “20” is coded as 19.0 to 20.0
WITH words AS (
    SELECT *, lower(value_as_printed) AS printed,
           list_filter(list_transform(string_split(replace(replace(value_as_printed, ',', ''), '–', ' '), ' '),
                                      lambda w: try_cast(w AS DOUBLE)), lambda n: n IS NOT NULL) AS numbers,
           CASE WHEN contains(value_as_printed, 'billion') THEN 1e9
                WHEN contains(value_as_printed, 'million') THEN 1e6 ELSE 1 END AS times
    FROM reported_totals
), expected AS (
    SELECT *, CASE WHEN starts_with(printed, 'more than') THEN 'more_than'
                   WHEN starts_with(printed, 'at least') OR contains(printed, 'dozen') OR printed = 'hundreds' THEN 'at_least'
                   WHEN starts_with(printed, 'approx') OR starts_with(printed, 'about') OR starts_with(printed, 'almost')
                        OR starts_with(printed, 'several') THEN 'approx'
                   WHEN contains(printed, '–') OR contains(printed, ' to ') OR starts_with(printed, 'no more than')
                        THEN 'range'
                   ELSE 'exact' END AS said
    FROM words
)
SELECT 'reported_totals' AS table_name, total_id AS row_id, 'qualifier' AS column_name,
       '“' || value_as_printed || '” is ' || said || ', not ' || qualifier AS message
FROM expected
WHERE qualifier <> said
UNION ALL
SELECT 'reported_totals', total_id, 'value_min',
       '“' || value_as_printed || '” is coded as ' || coalesce(CAST(CAST(value_min AS DECIMAL(18, 1)) AS VARCHAR), '…') || ' to '
           || coalesce(CAST(CAST(value_max AS DECIMAL(18, 1)) AS VARCHAR), '…')
FROM expected
WHERE array_length(numbers) > 0
  AND (coalesce(value_min, numbers[1] * times) NOT IN (numbers[1] * times, numbers[1] * times + 1)
       OR (qualifier <> 'more_than' AND value_min > numbers[1] * times)
       OR (value_max IS NOT NULL AND value_max <> numbers[array_length(numbers)] * times))
