echo '{"id":"1","text":"Iran seized a Greek tanker on Sunday.","source":"Iran","target":"Greek"}
{"id":"2","text":"Two Lebanese officials were detained by Cypriot police.","source":"Cypriot police","target":"Lebanese officials"}
{"id":"3","text":"It rained in Paris.","source":"It","target":"Paris"}
{"id":"4","text":"No actors are given."}' | "$detente" classify 2>&1
