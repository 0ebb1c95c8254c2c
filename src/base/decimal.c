/* decimal.c - numbers as the shortest decimal that reads back as the same number; see decimal.h.
 *
 * Most numbers have few places: x is n / 10^k when that quotient, which IEEE 754 rounds correctly,
 * is x again. The few others go through the C library, digit by digit. */
#include "base/decimal.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_PLACES = 9 };
static const double power_of_ten[MOST_PLACES + 1] = {1,   1e1, 1e2, 1e3, 1e4,
                                                     1e5, 1e6, 1e7, 1e8, 1e9};

/* The fewest places that x can be written with, and the digits as one number; -1 where that takes
 * more than MOST_PLACES or more digits than a double holds. `single`: x need only be the same
 * float. */
static int find_places(double x, bool single, int64_t *digits)
{
    for (int places = 0; places <= MOST_PLACES; places++) {
        double scaled = nearbyint(x * power_of_ten[places]);
        if (fabs(scaled) >= 1e15) return -1;
        double back = scaled / power_of_ten[places];
        *digits = (int64_t)scaled;
        if (single ? (float)back == (float)x : back == x) return places;
    }
    return -1;
}

static size_t write_places(int64_t digits, int places, char out[DECIMAL_SIZE])
{
    char reversed[DECIMAL_SIZE];
    size_t n = 0, len = 0;
    uint64_t rest = digits < 0 ? (uint64_t)-digits : (uint64_t)digits;
    for (; rest != 0 || (int)n <= places; rest /= 10) {
        if (places != 0 && (int)n == places) reversed[len++] = '.';
        reversed[len++] = (char)('0' + rest % 10);
        n++;
    }
    if (digits < 0) reversed[len++] = '-';
    for (size_t i = 0; i < len; i++)
        out[i] = reversed[len - 1 - i];
    out[len] = '\0';
    return len;
}

size_t decimal_write(double x, char out[DECIMAL_SIZE])
{
    int64_t digits;
    out[0] = '\0';
    if (!isfinite(x)) return 0;
    int places = find_places(x, false, &digits);
    if (places >= 0) return write_places(digits, places, out);
    int len = 0;
    for (int precision = 1; precision <= 17; precision++) {
        len = snprintf(out, DECIMAL_SIZE, "%.*g", precision, x);
        if (strtod(out, NULL) == x) break;
    }
    return (size_t)len;
}

double decimal_of_float(float x)
{
    char text[DECIMAL_SIZE];
    int64_t digits;
    int places = isfinite(x) ? find_places((double)x, true, &digits) : -1;
    if (places >= 0) return (double)digits / power_of_ten[places];
    for (int precision = 1; precision <= 9; precision++) {
        (void)snprintf(text, sizeof text, "%.*g", precision, (double)x);
        if (strtof(text, NULL) == x) return strtod(text, NULL);
    }
    return (double)x;
}
