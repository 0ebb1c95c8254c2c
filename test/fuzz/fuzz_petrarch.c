/* fuzz_petrarch.c - any bytes as dictionaries of PETRARCH and TABARI: the first byte says whether
 * the name of the file tells that it lists actors, agents, or nothing. A base of a few names lies
 * below. */
#include <stdlib.h>

#include "know/compile.h"

static const char *const file_names[] = {"petrarch/x.actors.txt", "petrarch/x.agents.txt",
                                         "petrarch/x"};

static const char base_actors[] = "provenance  A test.\n"
                                  "country ARN  Arnor\n  people Arnorian, Arnorians\n"
                                  "org league  League of Elves\n  code IGOELF\n"
                                  "person a  Aaron Aardvark\n  role ARN GOV 2001..2005 minister\n";
static const char base_roles[] = "provenance  A test.\nrole MAG\n  person wizard\n";

static dt_status add(struct compile *c, const char *name, const char *at, size_t len)
{
    return compile_add_text(c, name, str_c(name), str_of(at, len), NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct compile *c = NULL;
    struct know know;
    void *bytes = NULL;
    size_t len = 0;
    if (size < 1 || compile_new(&c, NULL) != DT_OK) return 0;
    const char *name = file_names[data[0] % (sizeof file_names / sizeof file_names[0])];
    dt_status st = add(c, "actors/a.txt", base_actors, sizeof base_actors - 1);
    if (st == DT_OK) st = add(c, "roles.txt", base_roles, sizeof base_roles - 1);
    if (st == DT_OK) st = add(c, name, (const char *)data + 1, size - 1);
    if (st == DT_OK) {
        /* nothing in a dictionary is an error, and what the compiler writes the reader accepts */
        if (compile_know(c, NULL) != DT_OK) abort();
        if (compile_bytes(c, &bytes, &len, NULL) != DT_OK) abort();
        if (know_attach(bytes, len, "fuzz", &know, NULL) != DT_OK) abort();
        know_close(&know);
        free(bytes);
    }
    compile_free(c);
    return 0;
}
