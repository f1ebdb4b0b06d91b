// zlib as Swift meets it: what it offers only as macros, once more as functions.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

/// Readies a stream for raw DEFLATE data, without header and checksum. Source: RFC 7692, section 7.2.1.
static inline int czlib_deflate_init_raw(z_stream *stream, int level, int window_bits, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, -window_bits, memory_level, Z_DEFAULT_STRATEGY);
}

/// Readies a stream for the way back.
static inline int czlib_inflate_init_raw(z_stream *stream, int window_bits) {
    return inflateInit2(stream, -window_bits);
}

#endif
