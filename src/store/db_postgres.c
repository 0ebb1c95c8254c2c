/* stub */
#include "store/db_driver.h"
static dt_status pg_open(dt_db *db, const char *name, dt_error *err){(void)db;(void)name;return err_set(err,DT_E_STORE,0,"no");}
static void pg_close(dt_db *db){(void)db;}
const struct db_driver db_postgres = {pg_open,0,0,0,0,0,pg_close};
