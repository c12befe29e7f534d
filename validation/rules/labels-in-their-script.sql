-- English labels have no Cyrillic letter; Russian and Kazakh ones have no Latin letter.
-- severity: error  scope: model
-- why: Labels of two languages were swapped, or a look-alike letter keeps a search from finding the label.
-- do: Write each label in its own language and script.
-- example: “Swapped” has Latin letters
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
), latin AS (
    SELECT table_name, code, column_name, label,
           length(label) <> length(translate(lower(label), 'abcdefghijklmnopqrstuvwxyz', '')) AS has_latin,
           length(label) <> length(translate(lower(label), 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі', ''))
               AS has_cyrillic
    FROM each
)
SELECT table_name, code AS row_id, column_name,
       '“' || label || '” has ' || CASE WHEN column_name = 'label_en' THEN 'Cyrillic' ELSE 'Latin' END || ' letters'
           AS message
FROM latin
WHERE CASE WHEN column_name = 'label_en' THEN has_cyrillic ELSE has_latin END
