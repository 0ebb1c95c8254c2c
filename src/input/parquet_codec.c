/* parquet_codec.c - unpacking the pages of a Parquet file; see parquet_codec.h.
 *
 * Snappy, gzip and Zstandard are those of their libraries. LZ4_RAW is read here, by "LZ4 Block
 * Format Description" (github.com/lz4/lz4, doc/lz4_Block_format.md): a length of literals and one
 * of a match in a byte, the literals, the distance back to the match. */
#include "input/parquet_codec.h"

#include <snappy-c.h>
#include <zlib.h>
#include <zstd.h>

const char *parquet_codec_unknown(enum parquet_codec codec)
{
    switch (codec) {
    case CODEC_NONE:
    case CODEC_SNAPPY:
    case CODEC_GZIP:
    case CODEC_ZSTD:
    case CODEC_LZ4_RAW: return NULL;
    case CODEC_BROTLI: return "Brotli";
    case CODEC_LZ4: return "the old LZ4 of Hadoop";
    default: return "LZO, or one that is newer than this program";
    }
}

/* Several members may follow each other. */
static bool unpack_gzip(struct str packed, char *out, size_t len)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.at,
                  .avail_in = (uInt)packed.len,
                  .next_out = (Bytef *)out,
                  .avail_out = (uInt)len};
    int state = inflateInit2(&z, 15 + 32); /* gzip or zlib */
    if (state != Z_OK) return false;
    while (state == Z_OK) {
        state = inflate(&z, Z_FINISH);
        if (state == Z_STREAM_END && z.avail_in != 0 && z.avail_out != 0) state = inflateReset(&z);
    }
    bool whole = state == Z_STREAM_END && z.avail_out == 0;
    (void)inflateEnd(&z);
    return whole;
}

/* A length of 15 goes on in the next bytes, as long as they are 255. */
static size_t lz4_length(struct str packed, size_t *at, size_t length)
{
    if (length != 15) return length;
    while (*at < packed.len) {
        unsigned more = (unsigned char)packed.at[(*at)++];
        length += more;
        if (more != 255) break;
    }
    return length;
}

static bool unpack_lz4(struct str packed, char *out, size_t len)
{
    size_t at = 0, done = 0;
    while (at < packed.len) {
        unsigned token = (unsigned char)packed.at[at++];
        size_t literals = lz4_length(packed, &at, token >> 4);
        if (literals > packed.len - at || literals > len - done) return false;
        memcpy(out + done, packed.at + at, literals);
        at += literals;
        done += literals;
        if (at == packed.len) break; /* the last sequence has no match */
        if (packed.len - at < 2) return false;
        size_t back = (unsigned char)packed.at[at] | (size_t)(unsigned char)packed.at[at + 1] << 8;
        at += 2;
        size_t match = lz4_length(packed, &at, token & 15) + 4;
        if (back == 0 || back > done || match > len - done) return false;
        for (; match != 0; match--, done++)
            out[done] = out[done - back];
    }
    return done == len;
}

static bool unpack_snappy(struct str packed, char *out, size_t len)
{
    size_t found = 0;
    if (snappy_uncompressed_length(packed.at, packed.len, &found) != SNAPPY_OK || found != len)
        return false;
    return snappy_uncompress(packed.at, packed.len, out, &found) == SNAPPY_OK && found == len;
}

bool parquet_unpack(enum parquet_codec codec, struct str packed, char *out, size_t len)
{
    if (len == 0) return true;
    switch (codec) {
    case CODEC_NONE:
        if (packed.len == len) memcpy(out, packed.at, len);
        return packed.len == len;
    case CODEC_SNAPPY: return unpack_snappy(packed, out, len);
    case CODEC_GZIP: return unpack_gzip(packed, out, len);
    case CODEC_ZSTD: return ZSTD_decompress(out, len, packed.at, packed.len) == len;
    case CODEC_LZ4_RAW: return unpack_lz4(packed, out, len);
    default: return false;
    }
}
