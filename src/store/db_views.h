/* db_views.h - the parts of the schema that no record tells: views, indices, search. */
#ifndef DETENTE_DB_VIEWS_H
#define DETENTE_DB_VIEWS_H

/* Read by SQLite and PostgreSQL alike. */
extern const char db_views[], db_indices[];
extern const char db_own_tables_sqlite[], db_own_tables_postgres[];
extern const char db_search_sqlite[], db_search_postgres[];

#endif
