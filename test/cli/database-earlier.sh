# A file of schema 3 is taken over: its rows stay, what it did not hold is empty, and stories go in.
sqlite3 old.db <<'SQL'
CREATE TABLE run(id INTEGER PRIMARY KEY, model_hash TEXT, knowledge_hash TEXT, version TEXT, options TEXT, UNIQUE(model_hash, knowledge_hash, version, options));
INSERT INTO run VALUES(1,'284f6103205234e3','b8601308bcbef7e4','0.1.0','status=actual,planned,threatened,hypothetical,negated,historical per_sentence=0 own_knowledge=0 min_confidence=0 events=3c920db21f4c5246');
CREATE TABLE story(id TEXT, date TEXT, date_inferred INTEGER, date_from TEXT, date_to TEXT, date_evidence TEXT, title TEXT, publisher TEXT, url TEXT, run INTEGER NOT NULL REFERENCES run(id), PRIMARY KEY(id)) WITHOUT ROWID;
INSERT INTO story VALUES('a','2024-06-13',0,NULL,NULL,NULL,NULL,'Reuters',NULL,1);
INSERT INTO story VALUES('b','2024-06-13',0,NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO story VALUES('c','2024-06-13',0,NULL,NULL,NULL,NULL,NULL,NULL,1);
CREATE TABLE event(id TEXT, story TEXT, sentence INTEGER, begin INTEGER, end INTEGER, date TEXT, date_end TEXT, date_precision TEXT, date_basis TEXT, reciprocal INTEGER, cameo TEXT, root TEXT, quad INTEGER, goldstein REAL, plover TEXT, mode TEXT, contexts TEXT, plover_score REAL, status TEXT, attribution_code TEXT, attribution TEXT, attribution_begin INTEGER, attribution_end INTEGER, place TEXT, country TEXT, lat REAL, lon REAL, geonameid INTEGER, place_basis TEXT, frame TEXT, confidence REAL, text TEXT, truncated INTEGER, PRIMARY KEY(id), FOREIGN KEY(story) REFERENCES story(id)) WITHOUT ROWID;
INSERT INTO event VALUES('2022-SDN-125-93e51d5a4506fd39','c',0,22,27,'2022','2022-12-31','year','stated',0,'125','12',3,-5.0,'REJECT','meet','diplomatic',-2.0,'historical',NULL,NULL,NULL,NULL,'Sudan','SDN',15.499999999999999999,30.0,366755,'party','consult/negotiate',0.83999999999999996891,'Sudan refused to hold talks with Ethiopia in 2022.',0);
INSERT INTO event VALUES('2024-03-ARM-046-4aff8ca75e448e97','a',1,68,73,'2024-03','2024-03-31','month','stated',1,'046','04',1,7.0,'CONSULT',NULL,'diplomatic',2.5,'historical',NULL,NULL,NULL,NULL,'Tbilisi','GEO',41.691000000000002501,44.834000000000003181,611717,'phrase','consult/negotiate',0.6899999999999999467,'Armenia and Azerbaijan held talks in Tbilisi in March.',0);
INSERT INTO event VALUES('2024-06-10-POL-072-0b2f721929c39b92','a',0,7,17,'2024-06-10',NULL,'day','stated',0,'072','07',2,8.3000000000000007105,'AID',NULL,'military',10.0,'actual',NULL,NULL,NULL,NULL,'Tbilisi','GEO',41.691000000000002501,44.834000000000003181,611717,'paragraph','aid/military',0.81999999999999995115,'Poland sent tanks to Ukraine on Monday.',0);
INSERT INTO event VALUES('2024-W23-TURCOP-173-e7efd722590e26c9','b',0,15,23,'2024-W23','2024-06-09','week','stated',0,'173','17',4,-5.0,'COERCE','arrest',NULL,-7.0,'actual','TURGOV','Interior Ministry',70,91,'Ankara','TUR',39.920000000000001705,32.853999999999999204,323786,'phrase','coerce/arrest',0.86999999999999999555,'Turkish police arrested three Syrian journalists in Ankara last week, the Interior Ministry said.',0);
CREATE TABLE event_actor(event TEXT NOT NULL REFERENCES event(id), side TEXT, code TEXT, cameo TEXT, country TEXT, sector TEXT, name TEXT, entity TEXT, begin INTEGER, end INTEGER);
INSERT INTO event_actor VALUES('2024-06-10-POL-072-0b2f721929c39b92','source','POL',NULL,'POL',NULL,'Poland','country/POL',0,6);
INSERT INTO event_actor VALUES('2024-06-10-POL-072-0b2f721929c39b92','target','UKR',NULL,'UKR',NULL,'Ukraine','country/UKR',21,28);
INSERT INTO event_actor VALUES('2024-03-ARM-046-4aff8ca75e448e97','source','ARM',NULL,'ARM',NULL,'Armenia','country/ARM',40,47);
INSERT INTO event_actor VALUES('2024-03-ARM-046-4aff8ca75e448e97','target','AZE',NULL,'AZE',NULL,'Azerbaijan','country/AZE',52,62);
INSERT INTO event_actor VALUES('2024-W23-TURCOP-173-e7efd722590e26c9','source','TURCOP',NULL,'TUR','COP','Turkish police',NULL,0,14);
INSERT INTO event_actor VALUES('2024-W23-TURCOP-173-e7efd722590e26c9','target','SYRMED',NULL,'SYR','MED','Syrian journalists',NULL,30,48);
INSERT INTO event_actor VALUES('2022-SDN-125-93e51d5a4506fd39','source','SDN',NULL,'SDN',NULL,'Sudan','country/SDN',0,5);
INSERT INTO event_actor VALUES('2022-SDN-125-93e51d5a4506fd39','target','ETH',NULL,'ETH',NULL,'Ethiopia','country/ETH',33,41);
CREATE TABLE event_quantity(event TEXT NOT NULL REFERENCES event(id), kind TEXT, value REAL, unit TEXT, at_least REAL, at_most REAL, approx INTEGER, begin INTEGER, end INTEGER);
INSERT INTO event_quantity VALUES('2024-W23-TURCOP-173-e7efd722590e26c9','arrested',3.0,'journalist',NULL,NULL,0,24,29);
CREATE TABLE event_operator(event TEXT NOT NULL REFERENCES event(id), name TEXT, begin INTEGER, end INTEGER);
INSERT INTO event_operator VALUES('2024-03-ARM-046-4aff8ca75e448e97','operator/do',63,67);
INSERT INTO event_operator VALUES('2022-SDN-125-93e51d5a4506fd39','operator/refuse',6,13);
CREATE TABLE mention(event TEXT NOT NULL REFERENCES event(id), sentence INTEGER, begin INTEGER, end INTEGER, text TEXT);
INSERT INTO mention VALUES('2024-06-10-POL-072-0b2f721929c39b92',0,7,17,'sent tanks');
INSERT INTO mention VALUES('2024-03-ARM-046-4aff8ca75e448e97',1,68,73,'talks');
INSERT INTO mention VALUES('2024-W23-TURCOP-173-e7efd722590e26c9',0,15,23,'arrested');
CREATE INDEX event_story ON event(story);
CREATE INDEX event_actor_event ON event_actor(event);
CREATE INDEX event_quantity_event ON event_quantity(event);
CREATE INDEX event_operator_event ON event_operator(event);
CREATE INDEX mention_event ON mention(event);
CREATE INDEX event_date ON event(date);
CREATE INDEX event_actor_code ON event_actor(code);
PRAGMA application_id = 1146375749;
PRAGMA user_version = 3;
SQL
cp old.db before.db
echo '{"id":"d","date":"2024-06-13","text":"Poland sent tanks to Ukraine."}
{"id":"c","date":"2024-06-13","text":"Sudan held talks with Ethiopia."}' | "$detente" code --db old.db
sqlite3 old.db "PRAGMA user_version; PRAGMA integrity_check; SELECT key, run, id, publisher FROM story; SELECT key, story, id, date, date_precision, day_begin, day_end FROM event; SELECT event, side, number, code, begin, \"end\" FROM event_actor; SELECT event, kind, value, unit FROM event_quantity; SELECT event, number, text FROM mention; SELECT event, name FROM event_operator; SELECT * FROM meta; SELECT id FROM events_dyadic; SELECT story, text FROM sentence; SELECT name FROM sqlite_master WHERE name LIKE 'old%'"
# One of a schema before that is not.
sqlite3 before.db "PRAGMA user_version = 2"; cp before.db same.db
echo '{"id":"d","text":"Poland sent tanks to Ukraine."}' | "$detente" code --db before.db 2>&1
echo $?
cmp before.db same.db && echo "as it was"
