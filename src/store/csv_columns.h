/* csv_columns.h - made by tools/make_records.py from fields.h; do not edit. */
#ifndef DETENTE_CSV_COLUMNS_H
#define DETENTE_CSV_COLUMNS_H

/* clang-format off */
#define CSV_COLUMNS(X) \
    X(event, id, "id") \
    X(event, story, "story") \
    X(event, date, "date") \
    X(event, date_end, "date_end") \
    X(event, date_precision, "date_precision") \
    X(event_source, code, "source") \
    X(event_target, code, "target") \
    X(event_source, name, "source_name") \
    X(event_target, name, "target_name") \
    X(event, reciprocal, "reciprocal") \
    X(event, cameo, "cameo") \
    X(event, cameo_name, "cameo_name") \
    X(event, root, "root") \
    X(event, quad, "quad") \
    X(event, goldstein, "goldstein") \
    X(event, plover, "plover") \
    X(event, mode, "mode") \
    X(event, contexts, "contexts") \
    X(event, plover_score, "plover_score") \
    X(event, status, "status") \
    X(event_attribution, name, "attribution") \
    X(event_place, name, "place") \
    X(event_place, country, "country") \
    X(event_place, lat, "lat") \
    X(event_place, lon, "lon") \
    X(event_place, geonameid, "geonameid") \
    X(event, sentence, "sentence") \
    X(event, begin, "begin") \
    X(event, end, "end") \
    X(event, frame, "frame") \
    X(event, confidence, "confidence") \
    X(event, text, "text") \
    X(event_attribution, code, "attribution_code") \
    X(event, quantities, "quantities") \
    X(event, operators, "operators") \
    X(event, mentions, "mentions") \
    X(event, truncated, "truncated") \
    X(event, date_basis, "date_basis") \
    X(event_place, basis, "place_basis") \
    X(event, title, "title")
/* clang-format on */

#endif
