/* decimal.h - numbers as the shortest decimal that reads back as the same number. */
#ifndef DETENTE_DECIMAL_H
#define DETENTE_DECIMAL_H

#include <stddef.h>

enum { DECIMAL_SIZE = 32 };

/* "39.92", "-10", "1e+20"; "" for what is not finite. Returns the length. */
size_t decimal_write(double x, char out[DECIMAL_SIZE]);
/* The double that is written like the float: 39.92 for 39.92f, which is 39.9199982. */
double decimal_of_float(float x);

#endif
