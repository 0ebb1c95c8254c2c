/* Web archives: records, HTTP answers, and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "form_fixture.h"

/* A record; `length` 0: the right one. */
static void put_record(struct buf *out, const char *type, const char *mime, const char *content,
                       size_t length)
{
    buf_f(out, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <http://a.example/%zu>\r\n", type,
          out->len);
    buf_f(out, "WARC-Record-ID: <urn:%zu>\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
          out->len, mime, length != 0 ? length : strlen(content));
    buf_f(out, "%s\r\n\r\n", content);
}

#define ANSWER "application/http; msgtype=response"
#define PAGE   "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"latin1\"\r\n\r\n<p>One</p>"

static void expect_parcels(struct buf *archive, const struct input_options *options,
                           const char *wanted)
{
    static const size_t steps[] = {1, 7, 1 << 20};
    for (size_t i = 0; i < 3; i++) {
        struct buf got = {0};
        read_form(&form_warc, str_of(archive->at, archive->len), steps[i], options, &got);
        assert_string_equal(got.at, wanted);
        buf_free(&got);
    }
    buf_free(archive);
}

static void reads_pages_and_passes_over_the_rest(void **state)
{
    struct buf a = {0};
    (void)state;
    put_record(&a, "warcinfo", "application/warc-fields", "software: none\r\n", 0);
    put_record(&a, "request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n", 0);
    put_record(&a, "response", ANSWER, PAGE, 0);
    put_record(&a, "response", ANSWER,
               "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>No</p>", 0);
    put_record(&a, "response", ANSWER, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG", 0);
    put_record(&a, "conversion", "text/plain", "Plain words.", 0);
    put_record(&a, "response", ANSWER,
               "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n"
               "4\r\n<p>T\r\n6;x=y\r\nwo</p>\r\n0\r\n\r\n",
               0);
    expect_parcels(&a, NULL,
                   "3 page|urn:440|||http://a.example/368|latin1|<p>One</p>\n"
                   "6 text|urn:1140|||http://a.example/1065||Plain words.\n"
                   "7 page|urn:1305|||http://a.example/1232||<p>Two</p>\n");
}

static void a_wrong_length_costs_one_record(void **state)
{
    struct buf a = {0};
    (void)state;
    put_record(&a, "response", ANSWER, PAGE, 5000000); /* too long */
    put_record(&a, "response", ANSWER, PAGE, 0);
    put_record(&a, "response", ANSWER, PAGE, 70); /* too short */
    put_record(&a, "response", ANSWER, PAGE, 0);
    buf_z(&a, "garbage\n\n");
    put_record(&a, "response", ANSWER, PAGE, 0);
    buf_z(&a, "WARC/1.0\r\nWARC-Type: response\r\nContent-Le"); /* cut off */
    struct buf got = {0};
    read_form(&form_warc, str_of(a.at, a.len), 1000, NULL, &got);
    size_t pages = 0;
    for (const char *at = got.at; (at = strstr(at, "<p>One")) != NULL; at++)
        pages++;
    assert_int_equal(pages, 5); /* of the short one the beginning */
    assert_non_null(strstr(got.at, "note: test: 7 bytes before record 5 belong to none\n"));
    buf_free(&got);
    buf_free(&a);
}

static void a_long_record_is_left_out(void **state)
{
    struct buf a = {0};
    const struct input_options options = {.record_most = 100};
    (void)state;
    put_record(&a, "response", ANSWER, PAGE PAGE PAGE, 0);
    put_record(&a, "response", ANSWER, PAGE, 0);
    struct buf got = {0};
    read_form(&form_warc, str_of(a.at, a.len), 1000, &options, &got);
    assert_non_null(strstr(got.at, "! test:1: the record has 216 bytes, more than the 100"));
    assert_non_null(strstr(got.at, "2 page|"));
    buf_free(&got);
    buf_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_pages_and_passes_over_the_rest),
        cmocka_unit_test(a_wrong_length_costs_one_record),
        cmocka_unit_test(a_long_record_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
