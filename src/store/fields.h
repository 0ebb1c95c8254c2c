/* fields.h - the record table: every field of every record, once.
 *
 * From it follow the JSON of all commands, the columns of CSV, the schema of the database and what
 * is bound to it, the public getters and, by way of tools/make_records.py, their declarations in
 * detente.h, the order of the CSV columns (csv_columns.h) and doc/records.md. A field is added by a
 * line here.
 *
 * A kind:   X(name, its fields, shape, owner, layout, number of rows, "one sentence")
 *   shape: 0 one a document; 1 the i-th of the document; 2 the k-th of the i-th row of the owner;
 *   P the only one of the i-th row of the owner, or none. layout: how JSON writes a row: an OBJECT,
 *   a TUPLE of its values, or its only VALUE.
 * A field:  X(kind, name, type, in, csv, "column", value, "one sentence")
 *   type: TEXT; INDEX, a number from 0; REAL; BOOL; FLAG, a BOOL that JSON leaves out where it is
 *   false; ROWS and PART, the rows of another kind, or its only one or null; their value is the
 *   kind. in: J JSON, D the database; every field but ROWS and PART has a getter. csv: its place
 *   among the columns of CSV, or 0. column: its name there and in the database.
 * In values `d` is the document, `r` what is read (record.h), `x` the row; record.c has the rest.
 */
#ifndef DETENTE_FIELDS_H
#define DETENTE_FIELDS_H

/* clang-format off */
#define RECORD_KINDS(X) \
    X(story, STORY_FIELDS, 0, story, OBJECT, 1, \
      "The story as it was given, and lists of all that was found in it.") \
    X(run, RUN_FIELDS, 0, story, OBJECT, 1, \
      "What made the records of the document.") \
    X(relation, RELATION_FIELDS, 0, story, OBJECT, 1, \
      "The answer of dt_classify(); all of it none where nothing does.") \
    X(sentence, SENTENCE_FIELDS, 1, story, OBJECT, d->text.n_sentences, \
      "A sentence: those of the text in order, then those of the title.") \
    X(token, TOKEN_FIELDS, 1, story, OBJECT, d->text.n_tokens, \
      "A token: a word or a mark, as Universal Dependencies cut them.") \
    X(entity, ENTITY_FIELDS, 1, story, OBJECT, d->lang.n_entities, \
      "A name in the text.") \
    X(actor, ACTOR_FIELDS, 1, story, OBJECT, d->n_shown_actors, \
      "A mention of an actor.") \
    X(time, TIME_FIELDS, 1, story, OBJECT, d->when.n_times, \
      "An expression of time, as TimeML's TIMEX3 has it.") \
    X(place, PLACE_FIELDS, 1, story, OBJECT, d->n_shown_places, \
      "A mention of a place.") \
    X(quantity, QUANTITY_FIELDS, 1, story, OBJECT, d->when.n_quantities, \
      "An amount.") \
    X(quote, QUOTE_FIELDS, 1, story, OBJECT, d->said.n_sayings, \
      "Something said: direct, indirect or mixed speech.") \
    X(quote_content, QUOTE_CONTENT_FIELDS, 2, quote, TUPLE, range_count(d->said.sayings[r->i].content), \
      "A piece of what is said.") \
    X(quote_cue, QUOTE_CUE_FIELDS, 2, quote, TUPLE, range_count(d->said.sayings[r->i].cue), \
      "A piece of the words that say that it is said.") \
    X(quote_source, QUOTE_SOURCE_FIELDS, 2, quote, TUPLE, range_count(d->said.sayings[r->i].source), \
      "A piece of the words that name who says it.") \
    X(event, EVENT_FIELDS, 1, story, OBJECT, d->what.n_events, \
      "An event: who did what to whom, when, where, and who says so.") \
    X(event_source, EVENT_SOURCE_FIELDS, 2, event, OBJECT, range_count(side_of(r, false)), \
      "An actor that does it.") \
    X(event_target, EVENT_TARGET_FIELDS, 2, event, OBJECT, range_count(side_of(r, true)), \
      "An actor to whom it is done.") \
    X(event_context, EVENT_CONTEXT_FIELDS, 2, event, VALUE, count_pieces(d->what.events[r->i].contexts), \
      "A context of PLOVER.") \
    X(event_attribution, EVENT_ATTRIBUTION_FIELDS, P, event, OBJECT, d->what.events[r->i].saying != NONE, \
      "Who answers for the claim, where somebody does.") \
    X(event_place, EVENT_PLACE_FIELDS, P, event, OBJECT, d->what.events[r->i].place_id != NONE, \
      "Where it happened, where the text tells.") \
    X(event_quantity, EVENT_QUANTITY_FIELDS, 2, event, OBJECT, range_count(d->what.events[r->i].quantities), \
      "An amount that belongs to the event.") \
    X(event_mention, EVENT_MENTION_FIELDS, 2, event, TUPLE, range_count(d->what.events[r->i].mentions), \
      "A place in the text where the event is told; the first is the event's own.") \
    X(event_operator, EVENT_OPERATOR_FIELDS, 2, event, VALUE, range_count(d->what.events[r->i].operators), \
      "A word above the event that changed it, innermost first.") \
    X(attempt, ATTEMPT_FIELDS, 1, story, OBJECT, d->attempts.n, \
      "A trigger that was tried; needs dt_options.trace.") \
    X(reading, READING_FIELDS, 1, story, OBJECT, d->attempts.n_notes, \
      "A word that the reader weighed as the name of an event; needs dt_options.trace.")

#define STORY_FIELDS(X) \
    X(story, id,            TEXT, J | D, 0, "id",        of_z(x->story.id), "The story's id as it was given.") \
    X(story, date,          TEXT, J | D, 0, "date",      of_given(x->date), \
      "The day that it was written, \"2025-02-27\", as given or worked out.") \
    X(story, date_inferred, BOOL, J | D, 0, "date_inferred", of_bool(x->dating.inferred), \
      "1 where the day, or the days between which it lies, were worked out, not given.") \
    X(story, date_from,     TEXT, J | D, 0, "date_from", of_given(x->dating.from_text), \
      "Where they were worked out: the first day on which it can have been written.") \
    X(story, date_to,       TEXT, J | D, 0, "date_to",   of_given(x->dating.to_text), \
      "The last such day, where the text tells of one.") \
    X(story, date_evidence, TEXT, J | D, 0, "date_evidence", of_evidence(x), \
      "The words that they were worked out from.") \
    X(story, title,         TEXT, D,     0, "title",     of_z(x->story.title), "Its title as it was given.") \
    X(story, publisher,     TEXT, D,     0, "publisher", of_z(x->story.publisher), "Its publisher as it was given.") \
    X(story, url,           TEXT, D,     0, "url",       of_z(x->story.url), "Its address as it was given.") \
    X(story, sentences,     ROWS, J,     0, "",          sentence, "Its sentences.") \
    X(story, entities,      ROWS, J,     0, "",          entity, "The names in it.") \
    X(story, actors,        ROWS, J,     0, "",          actor, "The mentions of actors.") \
    X(story, times,         ROWS, J,     0, "",          time, "The expressions of time.") \
    X(story, places,        ROWS, J,     0, "",          place, "The mentions of places.") \
    X(story, quantities,    ROWS, J,     0, "",          quantity, "The amounts.") \
    X(story, quotes,        ROWS, J,     0, "",          quote, "What is said in it.") \
    X(story, events,        ROWS, J,     0, "",          event, "The events.")

#define RUN_FIELDS(X) \
    X(run, model_hash,     TEXT, D, 0, "model_hash",     of_z(x->model_hash), \
      "Hash of the model file, 16 hexadecimal digits.") \
    X(run, knowledge_hash, TEXT, D, 0, "knowledge_hash", of_z(x->knowledge_hash), \
      "Hash of the compiled knowledge, the user's own included.") \
    X(run, version,        TEXT, D, 0, "version",        of_z(dt_version()), "The library's version.") \
    X(run, options,        TEXT, D, 0, "options",        of_z(x->options), \
      "The coder's options, \"status=actual per_sentence=0 own_knowledge=0 min_confidence=0 events=...\" with the hash of the weights.")

#define RELATION_FIELDS(X) \
    X(relation, id,         TEXT,  J, 0, "", of_z(d->story.id), "The story's id as it was given.") \
    X(relation, cameo,      TEXT,  J, 0, "", of_relation(r, read_event_cameo, of_z(NULL)), \
      "CAMEO code of the event that answers.") \
    X(relation, plover,     TEXT,  J, 0, "", of_relation(r, read_event_plover, of_z(NULL)), \
      "PLOVER type of the event that answers.") \
    X(relation, quad,       INDEX, J, 0, "", of_relation(r, read_event_quad, of_index(NONE)), \
      "Quad class of the event that answers.") \
    X(relation, frame,      TEXT,  J, 0, "", of_relation(r, read_event_frame, of_z(NULL)), "The frame that fired, if one did.") \
    X(relation, confidence, REAL,  J, 0, "", of_relation(r, read_event_confidence, of_real(NAN)), \
      "Confidence of the event that answers.") \
    X(relation, event,      INDEX, 0, 0, "", of_index(d->relation), "The event that answers.")

#define SENTENCE_FIELDS(X) \
    X(sentence, begin,       INDEX, J | D, 0, "begin", of_begin(d, x->begin), "First byte.") \
    X(sentence, end,         INDEX, J | D, 0, "end", of_end(d, x->end), "Byte behind the last.") \
    X(sentence, paragraph,   INDEX, J | D, 0, "paragraph", of_paragraph(d, x->paragraph), \
      "Number of its paragraph in the text, from 0.") \
    X(sentence, token_begin, INDEX, 0, 0, "", of_index(x->token_begin), "Its first token.") \
    X(sentence, token_end,   INDEX, 0, 0, "", of_index(x->token_end), "The token behind its last.") \
    X(sentence, title, FLAG, J | D, 0, "title", of_title(d, x->begin), \
      "1 where it stands in the title, whose bytes its offsets count.") \
    X(sentence, text, TEXT, D, 0, "text", of_text(str_cut(d->text.text, x->begin, x->end)), \
      "The sentence as it is written.")

#define TOKEN_FIELDS(X) \
    X(token, begin,    INDEX, J, 0, "", of_begin(d, x->begin), "First byte.") \
    X(token, end,      INDEX, J, 0, "", of_end(d, x->end), "Byte behind the last.") \
    X(token, form,     TEXT,  J, 0, "", of_text(x->form), "The token as it is written.") \
    X(token, lemma,    TEXT,  J, 0, "", of_text(word_of(r)->lemma), "Its dictionary form.") \
    X(token, upos,     TEXT,  J, 0, "", of_z(upos_name[word_of(r)->upos]), "Word class, \"NOUN\".") \
    X(token, xpos,     TEXT,  J, 0, "", of_text(lang_xpos(d->model->lang, word_of(r)->xpos)), \
      "Tag of the Penn Treebank, \"NNS\".") \
    X(token, feats,    TEXT,  J, 0, "", of_text(lang_feats(d->model->lang, word_of(r)->feats)), \
      "Features, \"Number=Plur\"; \"_\" if none.") \
    X(token, head,     INDEX, J, 0, "", of_index(head_number(r)), \
      "Number in its sentence, from 1, of the token that it hangs on; 0 for the root.") \
    X(token, deprel,   TEXT,  J, 0, "", of_text(lang_deprel(d->model->lang, word_of(r)->deprel)), \
      "Relation to that token, \"nsubj:pass\".") \
    X(token, entity,   TEXT,  J, 0, "", of_z(word_of(r)->name != NAME_NONE ? name_type_name[word_of(r)->name] : NULL), \
      "Kind of the name that it is part of, \"GPE\".") \
    X(token, parent,   INDEX, 0, 0, "", of_index(word_of(r)->head), \
      "The token that it hangs on; DT_NONE for the root.") \
    X(token, sentence, INDEX, 0, 0, "", of_index(sentence_row(d, sentence_of(r))), "Its sentence.") \
    X(token, title, FLAG, 0, 0, "", of_title(d, x->begin), \
      "1 where it stands in the title, whose bytes its offsets count.")

#define ENTITY_FIELDS(X) \
    X(entity, begin, INDEX, J, 0, "", of_begin(d, d->text.tokens[x->token_begin].begin), "First byte.") \
    X(entity, end,   INDEX, J, 0, "", of_end(d, d->text.tokens[x->token_end - 1].end), "Byte behind the last.") \
    X(entity, type,  TEXT,  J, 0, "", of_z(name_type_name[x->type]), "PER, ORG, GPE, LOC or NORP.") \
    X(entity, text,  TEXT,  J, 0, "", of_span(d, d->text.tokens[x->token_begin].begin, d->text.tokens[x->token_end - 1].end), \
      "The name as it is written.") \
    X(entity, title, FLAG, J, 0, "", of_title(d, d->text.tokens[x->token_begin].begin), \
      "1 where it stands in the title, whose bytes its offsets count.")

#define ACTOR_FIELDS(X) \
    X(actor, begin,   INDEX, J | D, 0, "begin", of_begin(d, x->begin), "First byte.") \
    X(actor, end,     INDEX, J | D, 0, "end", of_end(d, x->end), "Byte behind the last.") \
    X(actor, text,    TEXT,  J | D, 0, "text", of_span(d, x->begin, x->end), "The mention as it is written.") \
    X(actor, code,    TEXT,  J | D, 0, "code", of_given(x->code), "The actor's code: country and sector, \"RUSGOV\".") \
    X(actor, cameo,   TEXT,  J | D, 0, "cameo", of_z(full_code(d, x, x->code)), "The same in full where CAMEO's manual says more, \"PSEREBHMS\".") \
    X(actor, country, TEXT,  J | D, 0, "country", of_given(x->country), "ISO 3166-1 alpha-3 or an international code.") \
    X(actor, sector,  TEXT,  J | D, 0, "sector", of_z(x->sector), "Its role, \"GOV\".") \
    X(actor, name,    TEXT,  J | D, 0, "name", of_z(x->name), "Its name in full.") \
    X(actor, entity,  TEXT,  J | D, 0, "entity", of_z(x->entity), "Its key in the knowledge base, \"person/vladimir-putin\".") \
    X(actor, chain,   INDEX, J | D, 0, "chain", of_index(x->chain), "The same number for all mentions of one actor.") \
    X(actor, inferred, TEXT, J | D, 0, "inferred", of_z(record_actor_inferred[x->inferred]), \
      "What its country rests on where its own words do not say it: place (where it happens), sentence, story or event.") \
    X(actor, kind,    TEXT,  D, 0, "kind", of_z(record_actor_kind[x->kind]), \
      "How its code was found: by name, composed, metonym, description, pronoun or unknown.") \
    X(actor, title, FLAG, J | D, 0, "title", of_title(d, x->begin), \
      "1 where it stands in the title, whose bytes its offsets count.")

#define TIME_FIELDS(X) \
    X(time, begin, INDEX, J | D, 0, "begin", of_begin(d, x->begin), "First byte.") \
    X(time, end,   INDEX, J | D, 0, "end", of_end(d, x->end), "Byte behind the last.") \
    X(time, type,  TEXT,  J | D, 0, "type", of_z(timex_type_name[x->type]), "DATE, TIME, DURATION or SET.") \
    X(time, value, TEXT,  J | D, 0, "value", of_z(x->value), "ISO 8601 as TIMEX3 writes it.") \
    X(time, mod,   TEXT,  J | D, 0, "mod", of_z(x->mod), "APPROX, START, END, BEFORE ...") \
    X(time, text,  TEXT,  J | D, 0, "text", of_span(d, x->begin, x->end), "The expression as it is written.") \
    X(time, title, FLAG, J | D, 0, "title", of_title(d, x->begin), \
      "1 where it stands in the title, whose bytes its offsets count.")

#define PLACE_FIELDS(X) \
    X(place, begin,     INDEX, J | D, 0, "begin", of_begin(d, x->begin), "First byte.") \
    X(place, end,       INDEX, J | D, 0, "end", of_end(d, x->end), "Byte behind the last.") \
    X(place, text,      TEXT,  J | D, 0, "text", of_span(d, x->begin, x->end), "The mention as it is written.") \
    X(place, name,      TEXT,  J | D, 0, "name", of_pool(d, d->know->places[x->id].name), "Its name in GeoNames.") \
    X(place, country,   TEXT,  J | D, 0, "country", of_pool(d, d->know->places[x->id].country), "ISO 3166-1 alpha-3.") \
    X(place, adm1,      TEXT,  J | D, 0, "adm1", of_pool(d, d->know->places[x->id].adm1), \
      "Code of its first-level division.") \
    X(place, lat,       REAL,  J | D, 0, "lat", of_float(d->know->places[x->id].lat), "Degrees north.") \
    X(place, lon,       REAL,  J | D, 0, "lon", of_float(d->know->places[x->id].lon), "Degrees east.") \
    X(place, geonameid, INDEX, J | D, 0, "geonameid", of_number(d->know->places[x->id].geonameid), "Its number in GeoNames.") \
    X(place, title, FLAG, J | D, 0, "title", of_title(d, x->begin), \
      "1 where it stands in the title, whose bytes its offsets count.")

#define QUANTITY_FIELDS(X) \
    X(quantity, begin, INDEX, J | D, 0, "begin", of_begin(d, x->begin), "First byte.") \
    X(quantity, end,   INDEX, J | D, 0, "end", of_end(d, x->end), "Byte behind the last.") \
    X(quantity, kind,  TEXT,  J | D, 0, "kind", of_z(quantity_kind_name[x->kind]), \
      "duration, money, percent; of people killed, wounded, casualties, missing, abducted, arrested, released, displaced, troops, protesters; else count.") \
    X(quantity, value, REAL,  J | D, 0, "value", of_real(x->value), \
      "The number; the least that the words can mean where no number is said.") \
    X(quantity, unit,  TEXT,  J | D, 0, "unit", of_z(x->unit), "\"hour\", \"USD\", what is counted.") \
    X(quantity, at_least, REAL, J | D, 0, "at_least", of_real(x->at_least), "Its lower bound, where the text gives one.") \
    X(quantity, at_most,  REAL, J | D, 0, "at_most", of_real(x->at_most), "Its upper bound, where the text gives one.") \
    X(quantity, approx,   BOOL, J | D, 0, "approx", of_bool(x->approx), "1 where the text says that it is not exact.") \
    X(quantity, text,  TEXT,  J | D, 0, "text", of_span(d, x->begin, x->end), "The amount as it is written.") \
    X(quantity, title, FLAG, J | D, 0, "title", of_title(d, x->begin), \
      "1 where it stands in the title, whose bytes its offsets count.")

#define QUOTE_FIELDS(X) \
    X(quote, content, ROWS, J | D, 0, "content", quote_content, "What is said, piece by piece.") \
    X(quote, cue,     ROWS, J | D, 0, "cue", quote_cue, "The words that say that it is said.") \
    X(quote, source,  ROWS, J | D, 0, "source", quote_source, "The words that name who says it.") \
    X(quote, direct,  BOOL, J | D, 0, "direct", of_bool(x->direct), "1 where it stands in quotation marks.") \
    X(quote, speaker, TEXT, J | D, 0, "speaker", speaker_name(r), "Who says it, by name.") \
    X(quote, code,    TEXT, J | D, 0, "code", of_given(speaker_of(r) != NULL ? speaker_of(r)->code : NULL), \
      "The speaker's code.") \
    X(quote, entity,  TEXT, J | D, 0, "entity", of_z(speaker_of(r) != NULL ? speaker_of(r)->entity : NULL), \
      "The speaker's key in the knowledge base.") \
    X(quote, title, FLAG, J | D, 0, "title", of_title(d, quote_begin(r)), \
      "1 where it stands in the title, whose bytes its offsets count.") \
    X(quote, text, TEXT, D, 0, "text", quote_words(r), \
      "The words from the first piece of what is said to its last.")

#define PIECE_FIELDS(X, kind, part) \
    X(kind, begin, INDEX, J, 0, "", of_begin(d, d->said.pieces[x->part.begin + r->k].begin), "First byte.") \
    X(kind, end,   INDEX, J, 0, "", of_end(d, d->said.pieces[x->part.begin + r->k].end), "Byte behind the last.")
#define QUOTE_CONTENT_FIELDS(X) PIECE_FIELDS(X, quote_content, content)
#define QUOTE_CUE_FIELDS(X)     PIECE_FIELDS(X, quote_cue, cue)
#define QUOTE_SOURCE_FIELDS(X)  PIECE_FIELDS(X, quote_source, source)

#define EVENT_FIELDS(X) \
    X(event, id,             TEXT,  J | D,  1, "id",             event_name(r), \
      "Its id: the same for the same story and event on every run; of a dyad with the numbers of its two sides, \".0.1\", and an \"r\" where it is turned.") \
    X(event, story,          TEXT,  J    ,  2, "story",          of_z(d->story.id), "The story's id.") \
    X(event, sentence,       INDEX, J | D, 27, "sentence",       of_sentence(d, x->sentence), \
      "The sentence of the text that tells it first; none where its own words stand in the title.") \
    X(event, begin,          INDEX, J | D, 28, "begin",          of_begin(d, x->begin), \
      "First byte of the words that name it.") \
    X(event, end,            INDEX, J | D, 29, "end",            of_end(d, x->end), "Byte behind the last of them.") \
    X(event, date,           TEXT,  J | D,  3, "date",           of_given(d->event_texts[r->i].date), \
      "Its day, week, month or year: \"2025-02-27\", \"2025-W09\", \"2025-02\", \"2022\".") \
    X(event, date_end,       TEXT,  J | D,  4, "date_end",       of_given(d->event_texts[r->i].date_end), \
      "Its last day, where it lasted more than one.") \
    X(event, day_begin,      TEXT,  D,      0, "day_begin",      of_given(d->event_texts[r->i].day_begin), \
      "The first day on which it may have been, whatever the precision of its date: days compare as text.") \
    X(event, day_end,        TEXT,  D,      0, "day_end",        of_given(d->event_texts[r->i].day_end), \
      "The last such day.") \
    X(event, date_precision, TEXT,  J | D,  5, "date_precision", of_z(record_precision(x->precision)), \
      "day, week, month or year.") \
    X(event, date_basis,     TEXT,  J | D, 38, "date_basis",     of_z(date_basis_name[x->date_basis]), \
      "What that rests on: stated, the text says when; inferred, worked out from the text; story, only the story's day.") \
    X(event, source,         ROWS,  J,      0, "",               event_source, "Who did it.") \
    X(event, target,         ROWS,  J,      0, "",               event_target, "To whom it was done.") \
    X(event, reciprocal,     BOOL,  J | D, 10, "reciprocal",     of_bool(x->reciprocal), \
      "1 where both sides did it to each other.") \
    X(event, cameo,          TEXT,  J | D, 11, "cameo",          of_z(x->cameo), "CAMEO code, \"046\".") \
    X(event, cameo_name,     TEXT,  J,     12, "cameo_name",     of_pool(d, code_of(r)->name), \
      "What CAMEO calls it.") \
    X(event, root,           TEXT,  J | D, 13, "root",           of_text(str_of(x->cameo, strlen(x->cameo) < 2 ? strlen(x->cameo) : 2)), \
      "CAMEO root code, \"04\".") \
    X(event, quad,           INDEX, J | D, 14, "quad",           code_of(r)->name != 0 ? of_index(code_of(r)->quad) : of_index(NONE), \
      "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.") \
    X(event, goldstein,      REAL,  J | D, 15, "goldstein",      code_of(r)->name != 0 ? of_float(code_of(r)->goldstein) : of_real(NAN), \
      "Goldstein's scale, -10 to 10.") \
    X(event, plover,         TEXT,  J | D, 16, "plover",         of_z(x->plover), "PLOVER type, \"CONSULT\".") \
    X(event, mode,           TEXT,  J | D, 17, "mode",           of_z(x->mode), "PLOVER mode, \"visit\".") \
    X(event, contexts,       ROWS,  J | D, 18, "contexts",       event_context, "PLOVER contexts.") \
    X(event, plover_score,   REAL,  J | D, 19, "plover_score",   of_real(plover_score(r)), \
      "PLOVER's score of type and mode.") \
    X(event, status,         TEXT,  J | D, 20, "status",         of_z(event_status_name[x->status]), \
      "actual, planned, threatened, hypothetical, negated or historical.") \
    X(event, attribution,    PART,  J | D,  0, "",               event_attribution, "Who says so.") \
    X(event, place,          PART,  J | D,  0, "",               event_place, "Where it happened.") \
    X(event, quantities,     ROWS,  J,     34, "quantities",     event_quantity, "How much, how many, how long.") \
    X(event, mentions,       ROWS,  J,     36, "mentions",       event_mention, \
      "Where it is told: sentence, begin and end of each mention.") \
    X(event, frame,          TEXT,  J | D, 30, "frame",          event_frame(d, x), \
      "The frame that fired, \"consult/hold-talks\".") \
    X(event, operators,      ROWS,  J,     35, "operators",      event_operator, \
      "What the words above it made of it.") \
    X(event, confidence,     REAL,  J | D, 31, "confidence",     of_real(record_confidence(x)), \
      "0 to 1, of two decimals.") \
    X(event, text,           TEXT,  J | D, 32, "text",           of_text(record_sentence(d, x->sentence)), \
      "The sentence.") \
    X(event, truncated,      FLAG,  J | D, 37, "truncated",      of_bool(x->truncated), \
      "1 where a list of it had to be cut.") \
    X(event, title, FLAG, J | D, 40, "title", of_title(d, x->begin), \
      "1 where its own words stand in the title, whose bytes its offsets count.")

#define PARTY_FIELDS(X, side, csv_code, csv_name) \
    X(side, code,    TEXT,  J | D, csv_code, "code",    of_z(x->code), "The actor's code on the event's day.") \
    X(side, cameo,   TEXT,  J | D, 0,        "cameo",   of_z(full_code(d, &d->who.actors[x->actor], x->code)), \
      "The same in full where CAMEO's manual says more, \"PSEREBHMS\".") \
    X(side, country, TEXT,  J | D, 0,        "country", of_given(x->country), \
      "ISO 3166-1 alpha-3 or an international code; that of the place for people without one.") \
    X(side, sector,  TEXT,  J | D, 0,        "sector",  of_z(x->sector), "Its role on the event's day, \"GOV\".") \
    X(side, name,    TEXT,  J | D, csv_name, "name",    of_z(d->who.actors[x->actor].name), "Its name in full.") \
    X(side, entity,  TEXT,  J | D, 0,        "entity",  of_z(d->who.actors[x->actor].entity), \
      "Its key in the knowledge base.") \
    X(side, begin,   INDEX, J | D, 0,        "begin",   of_begin(d, d->who.actors[x->actor].begin), \
      "First byte of the mention.") \
    X(side, end,     INDEX, J | D, 0,        "end",     of_end(d, d->who.actors[x->actor].end), \
      "Byte behind the last.") \
    X(side, actor,   INDEX, D,     0,        "actor",        of_index(shown_actor(d, x->actor)), \
      "Which of the document's actors; DT_NONE for a place that stands for its state.") \
    X(side, title, FLAG, J | D, 0, "title", of_title(d, d->who.actors[x->actor].begin), \
      "1 where that mention stands in the title.")
#define EVENT_SOURCE_FIELDS(X) PARTY_FIELDS(X, event_source, 6, 8)
#define EVENT_TARGET_FIELDS(X) PARTY_FIELDS(X, event_target, 7, 9)

#define EVENT_CONTEXT_FIELDS(X) \
    X(event_context, name, TEXT, J | D, 0, "name", of_text(piece_at(x->contexts, r->k)), "\"economic\".")

#define EVENT_ATTRIBUTION_FIELDS(X) \
    X(event_attribution, code,  TEXT,  J | D, 33, "attribution_code",  of_given(answering(r) != NULL ? answering(r)->code : NULL), \
      "Code of who says so.") \
    X(event_attribution, name,  TEXT,  J | D, 21, "attribution",       answering(r) != NULL ? of_z(answering(r)->name) : of_text(span_text(d, source_span(r))), \
      "Name of who says so, or the words that name them.") \
    X(event_attribution, begin, INDEX, J | D,  0, "attribution_begin", of_begin(d, source_span(r).begin), \
      "First byte of the words that name them.") \
    X(event_attribution, end,   INDEX, J | D,  0, "attribution_end",   of_end(d, source_span(r).end), \
      "Byte behind the last.") \
    X(event_attribution, title, FLAG, J | D, 0, "attribution_title", of_title(d, source_span(r).begin), \
      "1 where they stand in the title.")

#define EVENT_PLACE_FIELDS(X) \
    X(event_place, name,      TEXT,  J | D, 22, "place",     of_pool(d, x->name), "Its name in GeoNames.") \
    X(event_place, country,   TEXT,  J | D, 23, "country",   of_pool(d, x->country), "ISO 3166-1 alpha-3.") \
    X(event_place, lat,       REAL,  J | D, 24, "lat",       of_float(x->lat), "Degrees north.") \
    X(event_place, lon,       REAL,  J | D, 25, "lon",       of_float(x->lon), "Degrees east.") \
    X(event_place, geonameid, INDEX, J | D, 26, "geonameid", of_number(x->geonameid), "Its number in GeoNames.") \
    X(event_place, basis,     TEXT,  J | D, 39, "place_basis", of_z(place_basis_name[event_of(r)->place_basis]), \
      "What says so: phrase, sentence, paragraph or dateline; party where only the country of a side is known.")

#define EVENT_QUANTITY_FIELDS(X) \
    X(event_quantity, kind,  TEXT,  J | D, 0, "kind",  of_z(quantity_kind_name[x->kind]), \
      "duration, money, percent; of people killed, wounded, casualties, missing, abducted, arrested, released, displaced, troops, protesters; else count.") \
    X(event_quantity, value, REAL,  J | D, 0, "value", of_real(x->value), \
      "The number; the least that the words can mean where no number is said.") \
    X(event_quantity, unit,  TEXT,  J | D, 0, "unit",  of_z(x->unit), "\"hour\", \"USD\", what is counted.") \
    X(event_quantity, at_least, REAL, J | D, 0, "at_least", of_real(x->at_least), \
      "Its lower bound, where the text gives one.") \
    X(event_quantity, at_most,  REAL, J | D, 0, "at_most",  of_real(x->at_most), \
      "Its upper bound, where the text gives one.") \
    X(event_quantity, approx,   BOOL, J | D, 0, "approx",   of_bool(x->approx), \
      "1 where the text says that it is not exact.") \
    X(event_quantity, begin, INDEX, D,     0, "begin", of_begin(d, x->begin), "First byte of the words that tell it.") \
    X(event_quantity, end,   INDEX, D,     0, "end",   of_end(d, x->end), "Byte behind the last.") \
    X(event_quantity, title, FLAG, D, 0, "title", of_title(d, x->begin), \
      "1 where they stand in the title.")

#define EVENT_MENTION_FIELDS(X) \
    X(event_mention, sentence, INDEX, J | D, 0, "sentence", of_sentence(d, x->sentence), \
      "Its sentence; none in the title, whose bytes the offsets then count.") \
    X(event_mention, begin,    INDEX, J | D, 0, "begin",    of_begin(d, x->begin), "First byte.") \
    X(event_mention, end,      INDEX, J | D, 0, "end",      of_end(d, x->end), "Byte behind the last.") \
    X(event_mention, text,     TEXT,  D,     0, "text",     of_span(d, x->begin, x->end), \
      "The words that name the event there.") \
    X(event_mention, title, FLAG, D, 0, "title", of_title(d, x->begin), \
      "1 where they stand in the title.")

#define EVENT_OPERATOR_FIELDS(X) \
    X(event_operator, name,  TEXT,  J | D, 0, "name",  of_pool(d, d->frames->records[x->record].id), \
      "\"operator/refuse\".") \
    X(event_operator, begin, INDEX, D,     0, "begin", of_begin(d, d->text.tokens[x->token].begin), \
      "First byte of the word.") \
    X(event_operator, end,   INDEX, D,     0, "end",   of_end(d, d->text.tokens[x->token].end), \
      "Byte behind the last.")

#define ATTEMPT_FIELDS(X) \
    X(attempt, token,  INDEX, J, 0, "", of_index(x->token), "The token that was looked at.") \
    X(attempt, frame,  TEXT,  J, 0, "", of_pool(d, d->frames->records[d->frames->triggers[x->trigger].frame].id), \
      "The frame or operator that was tried.") \
    X(attempt, result, TEXT,  J, 0, "", of_z(attempt_result_text[x->result]), \
      "What came of it: \"fired\", or the reason why not.")

#define READING_FIELDS(X) \
    X(reading, token,      INDEX, J, 0, "", of_index(x->token), "The token that was weighed.") \
    X(reading, plover,     TEXT,  J, 0, "", of_z(x->plover), "The likeliest type of event.") \
    X(reading, likelihood, REAL,  J, 0, "", of_float(x->likelihood), \
      "How likely it is that the word names an event.") \
    X(reading, taken,      BOOL,  J, 0, "", of_bool(x->result == COUNTING_TAKEN), \
      "1 where it became an event.") \
    X(reading, reasons,    TEXT,  J, 0, "", of_z(x->reasons), \
      "What speaks for the type and against it, in log-odds: \"the word +2.1, the codebook +0.8\".") \
    X(reading, sides,      TEXT,  J, 0, "", of_given(x->sides), \
      "The parties that were weighed, each with its likelihood as source and as target; of events only.")

/* clang-format on */

#endif
