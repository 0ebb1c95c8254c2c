#!/usr/bin/env python3
"""Calls every function of detente.h with NULL for each of its pointers.

    nulls.py DETENTE.H ABI.TXT OUT.C

In:  the header and the list of what the library exports.
Out: a C program that makes one call for each pointer parameter, the others being good, and says where
     the answer was not "none" or DT_E_ARG. A function of the list that the header does not declare, or a
     type that this script does not know, is an error: so a new function cannot be forgotten."""
import pathlib
import re
import sys

# What is given for a parameter of a type; the handles are the program's.
GOOD = {"dt_model *": "model", "const dt_model *": "model", "dt_coder *": "coder", "const dt_coder *": "coder",
        "const dt_doc *": "doc", "const dt_codebook *": "book", "dt_reader *": "reader", "const dt_reader *": "reader",
        "dt_db *": "db", "dt_rows *": "rows", "const dt_rows *": "rows", "const dt_story *": "&story", "dt_story *": "&story",
        "const char *": '"x"', "const char **": "&text", "size_t *": "&number", "const size_t *": "span", "size_t": "0",
        "int": "0", "unsigned": "0", "double": "0", "dt_format": "DT_FORMAT_EVENTS", "dt_status": "DT_OK", "dt_error *": "&err",
        "dt_fetcher *": "fetcher", "dt_extractor *": "extractor", "dt_twins *": "twins", "dt_happenings *": "happenings",
        "dt_columns *": "columns", "const dt_columns *": "columns", "dt_twin *": "&twin", "const dt_twin *": "&twin", "void *": "sign", "const void *": "sign",
        "dt_twin_kind": "DT_TWIN_SAME", "dt_happenings_kind": "DT_HAPPENINGS_ALL", "long long": "1", "dt_passage *": "passages"}
# NULL is allowed for these, or for all of a type.
ALLOWED = {"dt_error *", "value", "date", "options", "dt_extract charset", "dt_extract id", "dt_twins_open path",
           "dt_happenings_make count",
           "dt_happenings_find_twins count"}
# These end a handle: only NULL is tried.
ENDS = re.compile(r"dt_\w+_(free|close)$")


def functions(header):
    text = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    for match in re.finditer(r"DT_API\s+([^;()]*?)(dt_\w+)\s*\(([^)]*)\)\s*;", text):
        result, name, parameters = (" ".join(g.split()) for g in match.groups())
        yield name, result, [] if parameters == "void" else [parameter(p) for p in parameters.split(",")]


def parameter(text):
    """Type and name; an array is a pointer."""
    match = re.fullmatch(r"\s*(.*?)(\w+)(\[\d*\])?\s*", " ".join(text.split()))
    kind = match[1].strip() + (" *" if match[3] else "")
    return re.sub(r"\s*(\*+)$", r" \1", kind), match[2]


def value(kind, name):
    if kind == "size_t *" and name in ("source", "target"):
        return "span"
    if kind in GOOD:
        return GOOD[kind]
    if kind.endswith("**"):
        return f"({kind})&any"
    if kind.endswith("*") and name == "options":
        return "NULL"
    raise SystemExit(f"nulls.py does not know what to give for '{kind} {name}'")


def check(result, call):
    if result == "dt_status":
        return f"wrong({call} != DT_E_ARG"
    if result == "void":
        return f"{call}; wrong(0"
    if result.endswith("*"):
        return f"wrong({call} != NULL"
    if result == "size_t":
        return f"number = {call}; wrong(number != 0 && number != DT_NONE"
    if result == "double":
        return f"real = {call}; wrong(real > 0 || real < 0"
    return f"wrong({call} != 0"


def calls(name, result, parameters):
    for i, (kind, label) in enumerate(parameters):
        if not kind.endswith("*") or kind in ALLOWED or label in ALLOWED or f"{name} {label}" in ALLOWED:
            continue
        given = ["NULL" if k == i else value(*p) for k, p in enumerate(parameters)]
        if ENDS.search(name):
            yield f"    {name}({', '.join(given)});"
        else:
            yield f"    {check(result, name + '(' + ', '.join(given) + ')')}, \"{name}\", \"{label}\");"


PROGRAM = """/* Made by test/header/nulls.py. */
#include <detente.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int n_wrong, n_calls;

static void wrong(int is, const char *function, const char *parameter)
{
    n_calls++;
    if (!is) return;
    n_wrong++;
    printf("%%s took NULL for %%s\\n", function, parameter);
}

int main(void)
{
    dt_error err;
    dt_model *model = NULL;
    dt_coder *coder = NULL;
    dt_codebook *book = NULL;
    dt_reader *reader = NULL;
    dt_rows *rows = NULL;
    dt_db *db = NULL;
    dt_fetcher *fetcher = NULL;
    dt_extractor *extractor = NULL;
    dt_twins *twins = NULL;
    dt_happenings *happenings = NULL;
    dt_columns *columns = NULL;
    dt_twin twin = {.size = sizeof twin};
    dt_passage passages[1];
    uint64_t sign[DT_TWINS_SIGN_SIZE / 8] = {0};
    const dt_doc *doc = NULL;
    void *any = NULL;
    const char *text = NULL;
    size_t number = 0, span[2] = {0, 1};
    double real = 0;
    dt_story story = {.size = sizeof story};
    story.text = "Armenia and Azerbaijan held talks in Tbilisi on Monday.";
    story.text_len = strlen(story.text);
    story.id = "a";
    if (dt_model_open(NULL, &model, &err) != DT_OK || dt_coder_new(model, NULL, &coder, &err) != DT_OK ||
        dt_codebook_new(model, &book, &err) != DT_OK || dt_reader_open("/dev/null", NULL, &reader, &err) != DT_OK ||
        dt_rows_new(&rows, &err) != DT_OK || dt_db_open("nulls.db", &db, &err) != DT_OK ||
        dt_code(coder, &story, &doc, &err) != DT_OK || dt_rows_pack(rows, doc, &err) != DT_OK ||
        dt_fetch_new(NULL, &fetcher, &err) != DT_OK || dt_extractor_new(&extractor, &err) != DT_OK ||
        dt_twins_open(NULL, NULL, &twins, &err) != DT_OK || dt_twins_sign(&story, sign, &err) != DT_OK ||
        dt_db_close(db, &err) != DT_OK || dt_happenings_open("nulls.db", &happenings, &err) != DT_OK ||
        dt_db_open("nulls.db", &db, &err) != DT_OK ||
        dt_columns_open("nulls.parquet", DT_FORMAT_PARQUET, 0, &columns, &err) != DT_OK) {
        printf("%%s\\n", err.text);
        return 1;
    }
    (void)any, (void)text, (void)number, (void)real, (void)span, (void)passages;
%s
    printf("%%d calls, %%d wrong\\n", n_calls, n_wrong);
    dt_fetch_free(fetcher);
    dt_extractor_free(extractor);
    (void)dt_twins_close(twins, NULL);
    dt_happenings_close(happenings);
    (void)dt_columns_close(columns, NULL);
    (void)remove("nulls.parquet");
    dt_rows_free(rows);
    (void)dt_db_close(db, NULL);
    dt_reader_close(reader);
    dt_codebook_free(book);
    dt_coder_free(coder);
    dt_model_close(model);
    (void)remove("nulls.db");
    return n_wrong != 0;
}
"""


def main():
    header, abi, out = (pathlib.Path(p) for p in sys.argv[1:])
    declared = list(functions(header.read_text()))
    missing = set(abi.read_text().split()) - {name for name, _, _ in declared}
    if missing:
        raise SystemExit(f"{header} does not declare {', '.join(sorted(missing))}")
    lines = [line for function in declared for line in calls(*function)]
    out.write_text(PROGRAM % "\n".join(lines))


if __name__ == "__main__":
    main()
