// libmongoc and libbson as Swift meets them: what their headers have in a form that does not import, once more in one
// that does.
#ifndef CMONGOC_SHIM_H
#define CMONGOC_SHIM_H

#include <mongoc/mongoc.h>

/// Size of an iterator, which Swift cannot see because of its alignment.
static inline size_t cmongoc_iterator_size(void) { return sizeof(bson_iter_t); }

/// Alignment of an iterator.
static inline size_t cmongoc_iterator_alignment(void) { return _Alignof(bson_iter_t); }

/// Size and alignment of a document, of which the same is true.
static inline size_t cmongoc_document_size(void) { return sizeof(bson_t); }
static inline size_t cmongoc_document_alignment(void) { return _Alignof(bson_t); }

/// The library writes nothing to standard error; every failure comes back from the call that met it.
static inline void cmongoc_be_silent(void) { mongoc_log_set_handler(NULL, NULL); }

#endif
