-- What can be found: kind, row_id, title, title_ru, title_kk. Nothing that is about a withheld person.
WITH hidden AS (SELECT person_id FROM persons WHERE is_withheld = 1)
SELECT 'persons' AS kind, person_id AS row_id, name AS title, NULL AS title_ru, NULL AS title_kk
FROM persons WHERE is_withheld = 0
UNION ALL SELECT 'officials', official_id, name_as_reported, NULL, NULL FROM officials
UNION ALL SELECT 'places', place_id, name, NULL, NULL FROM places
UNION ALL SELECT 'events', event_id, title, NULL, NULL FROM events
UNION ALL SELECT 'cases', case_id, title, NULL, NULL FROM cases
UNION ALL SELECT 'acts', act_id, label_en || of_whom, label_ru || of_whom, label_kk || of_whom
FROM (
  SELECT acts.*, coalesce(': ' || coalesce(persons.name, victim_description), '') AS of_whom
  FROM acts LEFT JOIN persons USING (person_id)
)
JOIN act_types ON code = act_type
WHERE coalesce(person_id, '') NOT IN (SELECT person_id FROM hidden)
  AND coalesce(target_person_id, '') NOT IN (SELECT person_id FROM hidden)
UNION ALL SELECT 'penalties', penalty_id, label_en || ': ' || name, label_ru || ': ' || name, label_kk || ': ' || name
FROM penalties JOIN penalty_types ON code = penalty_type JOIN persons USING (person_id)
WHERE person_id NOT IN (SELECT person_id FROM hidden)
UNION ALL SELECT 'charges', charge_id,
  coalesce(charges.label, provisions.label, 'Charge') || coalesce(': ' || name, ''), NULL, NULL
FROM charges LEFT JOIN provisions USING (provision_id) LEFT JOIN persons USING (person_id)
WHERE coalesce(person_id, '') NOT IN (SELECT person_id FROM hidden)
UNION ALL SELECT 'institutions', institution_id, name, NULL, NULL FROM institutions
UNION ALL SELECT 'provisions', provision_id, label, NULL, NULL FROM provisions
UNION ALL SELECT 'rights', right_id, name, NULL, NULL FROM rights
UNION ALL SELECT 'responses', response_id, replace(responder_kind || ': ' || response, '_', ' '), NULL, NULL
FROM responses
WHERE coalesce(person_id, '') NOT IN (SELECT person_id FROM hidden)
  AND row_id NOT IN (SELECT person_id FROM hidden)
UNION ALL SELECT 'reported_totals', total_id, measure, NULL, NULL FROM reported_totals
UNION ALL SELECT 'anomalies', anomaly_id, description, NULL, NULL
FROM anomalies WHERE row_id NOT IN (SELECT person_id FROM hidden)
UNION ALL SELECT 'recommendations', recommendation_id, addressee, NULL, NULL FROM recommendations
UNION ALL SELECT 'sources', source_id, title, NULL, NULL FROM sources WHERE title IS NOT NULL
UNION ALL SELECT 'act_types', code, label_en, label_ru, label_kk FROM act_types
UNION ALL SELECT 'penalty_types', code, label_en, label_ru, label_kk FROM penalty_types
UNION ALL SELECT 'event_types', code, label_en, label_ru, label_kk FROM event_types
UNION ALL SELECT 'person_types', code, label_en, label_ru, label_kk FROM person_types
UNION ALL SELECT 'institution_types', code, label_en, label_ru, label_kk FROM institution_types
ORDER BY kind, row_id
