/* parse_tool.c - parses CoNLL-U with the language model alone.
 *
 *     parse_tool MODEL [KERNEL] < IN.conllu > OUT.conllu
 *
 * In: CoNLL-U whose FORM column gives tokens and sentences. Out: the same with the model's
 * analysis. Training looks at its scores with this before the rest of the program exists. */
#include <stdio.h>
#include <stdlib.h>

#include "lang/conllu.h"

static struct str read_all(FILE *file)
{
    size_t len = 0, cap = 1 << 20;
    char *at = malloc(cap);
    while (at != NULL) {
        size_t n = fread(at + len, 1, cap - len, file);
        if (n == 0) break;
        len += n;
        if (len == cap) at = realloc(at, cap *= 2);
    }
    return str_of(at, at != NULL ? len : 0);
}

int main(int argc, char **argv)
{
    struct bundle bundle = {0};
    struct lang_model *model = NULL;
    struct lang_scratch *scratch = NULL;
    struct arena arena = {0};
    struct text_layer text;
    struct conllu_layer rows;
    struct lang_layer lang;
    struct buf out = {0};
    dt_error err = {0};
    if (argc < 2) {
        fprintf(stderr, "usage: parse_tool MODEL [KERNEL] < IN.conllu > OUT.conllu\n");
        return 2;
    }
    struct str input = read_all(stdin);
    dt_status st = bundle_open(argv[1], "MODL", 1, 1, &bundle, &err);
    if (st == DT_OK) st = lang_model_new(&bundle, &model, &err);
    if (st == DT_OK && argc > 2 && !lang_use_kernel(model, argv[2]))
        st = err_set(&err, DT_E_ARG, 0, "this CPU has no kernel %s", argv[2]);
    if (st == DT_OK) st = lang_scratch_new(model, &scratch, &err);
    if (st == DT_OK) st = conllu_read(&arena, input, "standard input", &text, &rows, &err);
    if (st == DT_OK && !lang_analyse(model, scratch, &arena, &text, &lang)) st = err_nomem(&err);
    if (st == DT_OK) {
        conllu_write(&out, model, &text, &lang, &rows);
        if (out.failed || fwrite(out.at, 1, out.len, stdout) != out.len)
            st = err_set(&err, DT_E_WRITE, 0, "the output could not be written");
    }
    if (st != DT_OK) fprintf(stderr, "parse_tool: %s\n", err.text);
    buf_free(&out);
    lang_scratch_free(scratch);
    lang_model_free(model);
    bundle_close(&bundle);
    arena_free(&arena);
    free((void *)(size_t)input.at);
    return st == DT_OK ? 0 : 1;
}
