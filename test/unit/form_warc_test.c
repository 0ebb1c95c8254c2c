/* form_warc_test.c - web archives: whole ones, and broken ones. */
#include "form_run.h"

#include <zlib.h>

#define REC(type, extra, len)                                                                      \
    "WARC/1.0\r\nWARC-Type: " type "\r\nWARC-Target-URI: http://a.org/x\r\n"                       \
    "WARC-Date: 2024-06-13T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n" extra                    \
    "Content-Length: " len "\r\n\r\n"
#define ABOUT "id=[urn:uuid:1] date=[2024-06-13T10:00:00Z] url=[http://a.org/x] "
#define HTTP  "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
#define END   "\r\n\r\n"

static void warc_test(void **state)
{
    (void)state;
    expect(&form_warc,
           STR(REC("warcinfo", "", "3") "a:b" END REC("response", "", "64") HTTP
               "<p>hi" END REC("request", "", "2") "xy" END REC(
                   "conversion", "Content-Type: text/plain\r\n", "5") "Words" END),
           "page=[<p>hi] " ABOUT "charset=[utf-8] \ntext=[Words] " ABOUT "\n");
}

static void length_test(void **state)
{
    (void)state;
    expect(&form_warc,
           STR(REC("conversion", "Content-Type: text/plain\r\n", "99999") "One" END REC(
               "conversion", "Content-Type: text/plain\r\n",
               "1") "Two" END REC("conversion", "Content-Type: text/plain\r\n", "5") "Three"),
           "text=[One\r\n\r\n] " ABOUT "\ntext=[Two\r\n\r\n] " ABOUT "\ntext=[Three] " ABOUT
           "\n# f: 2 records were of another length than they say\n");
}

static void broken_test(void **state)
{
    (void)state;
    expect(&form_warc,
           STR("rubbish\n" REC("conversion", "Content-Type: text/plain\r\n", "3") "One" REC(
               "conversion", "Content-Type: text/plain\r\n",
               "x") "Two" END REC("conversion", "Content-Type: text/plain\r\n", "3") "End"),
           "! f: 8 bytes behind record 0 are no record of a web archive and were passed over\n"
           "text=[One] " ABOUT
           "\n! f: record 2 has no Content-Length that is a number; it was left out\n"
           "text=[End] " ABOUT "\n");
}

static void large_test(void **state)
{
    (void)state;
    struct buf all = {0};
    buf_z(&all, REC("conversion", "Content-Type: text/plain\r\n", "3000000"));
    for (int i = 0; i < 300000; i++)
        buf_z(&all, "Some text\n");
    buf_z(&all, END REC("conversion", "Content-Type: text/plain\r\n", "3") "End");
    char *got = run_form(&form_warc, str_of(all.at, all.len), 50000, 1 << 20);
    assert_string_equal(got,
                        "! f: record 1 of 2 MB was left out; --max-record allows more than 1 MB\n"
                        "text=[End] " ABOUT "\n");
    free(got);
    buf_free(&all);
}

static void packed_test(void **state)
{
    (void)state;
    unsigned char packed[200];
    z_stream z = {0};
    struct buf all = {0}, message = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t) "<p>Packed";
    z.avail_in = 9;
    z.next_out = packed;
    z.avail_out = sizeof packed;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t n = sizeof packed - z.avail_out;
    (void)deflateEnd(&z);
    buf_z(&message, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
                    "Content-Encoding: gzip\r\n\r\n");
    buf_f(&message, "5\r\n");
    buf_put(&message, str_of((char *)packed, 5));
    buf_f(&message, "\r\n%zx;x=y\r\n", n - 5);
    buf_put(&message, str_of((char *)packed + 5, n - 5));
    buf_z(&message, "\r\n0\r\n\r\n");
    buf_z(&all, "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: ");
    buf_f(&all, "%zu\r\n\r\n", message.len);
    buf_put(&all, str_of(message.at, message.len));
    expect(&form_warc, str_of(all.at, all.len), "page=[<p>Packed] \n");
    buf_free(&all);
    buf_free(&message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(warc_test), cmocka_unit_test(length_test),
                                       cmocka_unit_test(broken_test), cmocka_unit_test(large_test),
                                       cmocka_unit_test(packed_test)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
