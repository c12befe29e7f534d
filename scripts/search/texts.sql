-- What is said of a findable row: kind, row_id, is_name (1 for another spelling of its name), place in order, text.
-- Nothing here brings an official and a person together but the words of one row.
SELECT 'persons' AS kind, person_id AS row_id, 1 AS is_name, 1 AS place, name_as_printed AS text FROM person_names
UNION ALL SELECT 'persons', person_id, 0, 1, description FROM persons
UNION ALL SELECT 'officials', official_id, 1, 1, name_as_printed FROM official_names
UNION ALL SELECT 'officials', official_id, 0, 1, office FROM officials
UNION ALL SELECT 'officials', official_id, 0, 2, name FROM officials JOIN institutions USING (institution_id)
UNION ALL SELECT 'officials', official_id, 0, 3, description FROM officials
UNION ALL SELECT 'places', place_id, 1, 1, name_2026 FROM places
UNION ALL SELECT 'events', event_id, 0, 1, description FROM events
UNION ALL SELECT 'events', event_id, 0, 2, date_as_printed FROM events
UNION ALL SELECT 'events', event_id, 0, 3, name FROM events JOIN places USING (place_id)
UNION ALL SELECT 'events', event_id, 0, 4, name_2026 FROM events JOIN places USING (place_id)
UNION ALL SELECT 'events', event_id, 0, 5, label_en || ' · ' || label_ru || ' · ' || label_kk
FROM events JOIN event_types ON code = event_type
UNION ALL SELECT 'cases', case_id, 0, 1, description FROM cases
UNION ALL SELECT 'cases', case_id, 0, 2, court FROM cases
UNION ALL SELECT 'acts', act_id, 0, 1, description FROM acts
UNION ALL SELECT 'acts', act_id, 0, 2, source_label FROM acts
UNION ALL SELECT 'acts', act_id, 0, 3, date_as_printed FROM acts
UNION ALL SELECT 'acts', act_id, 0, 4, title FROM acts JOIN events USING (event_id)
UNION ALL SELECT 'acts', act_id, 0, 5, name FROM acts JOIN events USING (event_id) JOIN places USING (place_id)
UNION ALL SELECT 'acts', act_id, 0, 6, name_2026 FROM acts JOIN events USING (event_id) JOIN places USING (place_id)
UNION ALL SELECT 'penalties', penalty_id, 0, 1, description FROM penalties
UNION ALL SELECT 'penalties', penalty_id, 0, 2, court FROM penalties
UNION ALL SELECT 'penalties', penalty_id, 0, 3, label FROM penalties JOIN provisions USING (provision_id)
UNION ALL SELECT 'penalties', penalty_id, 0, 4, title FROM penalties JOIN cases USING (case_id)
UNION ALL SELECT 'penalties', penalty_id, 0, 5, title FROM penalties JOIN events USING (event_id)
UNION ALL SELECT 'charges', charge_id, 0, 1, provisions.label FROM charges JOIN provisions USING (provision_id)
UNION ALL SELECT 'institutions', institution_id, 0, 1, label_en || ' · ' || label_ru || ' · ' || label_kk
FROM institutions JOIN institution_types ON code = institution_type
UNION ALL SELECT 'provisions', provision_id, 0, 1, title FROM provisions
UNION ALL SELECT 'responses', response_id, 0, 1, description FROM responses
UNION ALL SELECT 'reported_totals', total_id, 0, 1, value_as_printed FROM reported_totals
UNION ALL SELECT 'reported_totals', total_id, 0, 2, difference_note FROM reported_totals
UNION ALL SELECT 'anomalies', anomaly_id, 0, 1, resolution FROM anomalies
UNION ALL SELECT 'recommendations', recommendation_id, 0, 1, summary FROM recommendations
UNION ALL SELECT 'sources', source_id, 0, 1, publisher FROM sources
UNION ALL SELECT 'act_types', code, 0, 1, definition FROM act_types
UNION ALL SELECT 'penalty_types', code, 0, 1, definition FROM penalty_types
UNION ALL SELECT 'event_types', code, 0, 1, definition FROM event_types
UNION ALL SELECT 'person_types', code, 0, 1, definition FROM person_types
UNION ALL SELECT 'institution_types', code, 0, 1, definition FROM institution_types
ORDER BY kind, row_id, is_name DESC, place, text
