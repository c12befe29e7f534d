-- Nothing is part of itself, not even through others.
-- severity: error  scope: model
-- why: A circle of parts would be walked forever, and nothing in it is the whole.
-- do: Look at the chain of parents from this row upward and empty or correct the one that leads back.
-- example: Nothing is part of itself, not even through others.
WITH RECURSIVE parents AS (
    SELECT 'events' AS table_name, 'parent_event_id' AS column_name, event_id AS row_id, parent_event_id AS parent_id
    FROM events WHERE parent_event_id IS NOT NULL
    UNION ALL
    SELECT 'institutions', 'parent_institution_id', institution_id, parent_institution_id
    FROM institutions WHERE parent_institution_id IS NOT NULL
    UNION ALL
    SELECT 'sources', 'parent_source_id', source_id, parent_source_id
    FROM sources WHERE parent_source_id IS NOT NULL
), above AS (  -- each step up from a row, until one comes by a second time
    SELECT table_name, column_name, row_id, parent_id, [row_id] AS seen FROM parents
    UNION ALL
    SELECT above.table_name, above.column_name, above.row_id, parents.parent_id,
           list_append(above.seen, above.parent_id)
    FROM above JOIN parents ON parents.table_name = above.table_name AND parents.row_id = above.parent_id
    WHERE NOT list_contains(above.seen, above.parent_id)
)
SELECT table_name, row_id, column_name, NULL AS message
FROM above
WHERE row_id = parent_id
