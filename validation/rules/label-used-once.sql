-- No two codes of a list share a label in one language.
-- severity: error  scope: edition
-- why: Two codes that a reader cannot tell apart are one to them.
-- do: Give one of the codes a label of its own.
-- example: the code administrative_arrest has the label “А” too
WITH labels AS (
    SELECT 'act_types' AS table_name, code, label_en, label_ru, label_kk FROM act_types
    UNION ALL SELECT 'event_types', code, label_en, label_ru, label_kk FROM event_types
    UNION ALL SELECT 'penalty_types', code, label_en, label_ru, label_kk FROM penalty_types
    UNION ALL SELECT 'person_types', code, label_en, label_ru, label_kk FROM person_types
    UNION ALL SELECT 'institution_types', code, label_en, label_ru, label_kk FROM institution_types
), each AS (
    SELECT table_name, code, 'label_en' AS column_name, label_en AS label FROM labels
    UNION ALL SELECT table_name, code, 'label_ru', label_ru FROM labels
    UNION ALL SELECT table_name, code, 'label_kk', label_kk FROM labels
)
SELECT two.table_name, two.code AS row_id, two.column_name,
       'the code ' || min(one.code) || ' has the label “' || two.label || '” too' AS message
FROM each two
JOIN each one ON one.table_name = two.table_name AND one.column_name = two.column_name AND one.code < two.code
             AND lower(one.label) = lower(two.label)
GROUP BY two.table_name, two.code, two.column_name, two.label
