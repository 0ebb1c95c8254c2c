/* parquet_codec.h - unpacking the pages of a Parquet file. */
#ifndef DETENTE_PARQUET_CODEC_H
#define DETENTE_PARQUET_CODEC_H

#include "base/buf.h"
#include "base/parquet.h"

/* NULL where pages of the codec can be unpacked; else its name. */
const char *parquet_codec_unknown(enum parquet_codec codec);
/* Unpacks to exactly `len` bytes, for which `out` has room. False where the bytes are damaged. */
bool parquet_unpack(enum parquet_codec codec, struct str packed, char *out, size_t len);

#endif
