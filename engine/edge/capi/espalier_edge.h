// SPDX-License-Identifier: Apache-2.0
// Espalier's device runtime for C (C99 or later, C++) and for what can call C: open a package (.espkg), give it sentences, read answers.
//
// Errors    Every function that can fail returns a status; ESPALIER_EDGE_OK is 0. espalier_edge_last_error() then says in English what was wrong. No
//           exception leaves the library, and it never writes to the standard output or error, exits or aborts. Running out of memory is a status.
// Memory    A session belongs to the caller, who closes it. All that an answer or a model points to belongs to the session.
// Threads   A session serves one thread at a time, not always the same one. Sessions know nothing of each other: for more threads, open more. Each
//           holds its own copy of the weights.
// Text      Any bytes will do; what is not UTF-8 counts as unknown characters. Lengths and places are in bytes.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum espalier_edge_status {
    ESPALIER_EDGE_OK = 0,
    ESPALIER_EDGE_INVALID_ARGUMENT = 1, // a null pointer, a text that is too long, a path that is no file
    ESPALIER_EDGE_NOT_FOUND = 2,        // there is no such file
    ESPALIER_EDGE_IO = 3,               // the operating system refused to read it
    ESPALIER_EDGE_INVALID_FORMAT = 4,   // no package, or a damaged one
    ESPALIER_EDGE_UNSUPPORTED = 5,      // a package for a newer runtime
    ESPALIER_EDGE_OUT_OF_MEMORY = 6,
    ESPALIER_EDGE_SELF_TEST_FAILED = 7, // this processor answers otherwise than the computer that made the package
    ESPALIER_EDGE_INTERNAL = 8          // a bug in the library
} espalier_edge_status;

// What the model answers for a text.
typedef enum espalier_edge_task {
    ESPALIER_EDGE_SINGLE_LABEL = 0, // one label
    ESPALIER_EDGE_MULTI_LABEL = 1,  // any number of labels, none included
    ESPALIER_EDGE_TOKEN_TAGS = 2    // a label (tag) for each word
} espalier_edge_task;

typedef struct espalier_edge_session espalier_edge_session;

// Valid until the session is closed. Texts end with a zero byte.
typedef struct espalier_edge_model {
    espalier_edge_task task;
    size_t label_count;
    const char* const* labels; // [label_count]
    double threshold;          // ESPALIER_EDGE_MULTI_LABEL: a label is given when its probability is at least this
    double reject_below;       // an answer whose best probability is below this is out of scope; 0: none is
} espalier_edge_model;

// A word of a text whose words are tagged: the bytes from begin up to, not including, end.
typedef struct espalier_edge_word {
    size_t begin;
    size_t end;
    size_t label;      // index of its tag among the model's labels
    float probability; // of that tag
} espalier_edge_word;

// Valid until the session's next call of espalier_edge_classify() or espalier_edge_self_test(), or until it is closed.
typedef struct espalier_edge_answer {
    size_t label;               // index of the likeliest label, the first of equals; ESPALIER_EDGE_TOKEN_TAGS: that of the first word, 0 when there is none
    const char* text;           // the label; ESPALIER_EDGE_MULTI_LABEL: those that are given, with ", " between; ESPALIER_EDGE_TOKEN_TAGS: the words' tags, with " " between
    const float* probabilities; // [label_count], 0 to 1; ESPALIER_EDGE_TOKEN_TAGS: so many for each word, one word after the other
    size_t probability_count;
    const espalier_edge_word* words; // [word_count]; ESPALIER_EDGE_TOKEN_TAGS only
    size_t word_count;
    int in_scope; // 0 when the best probability is below the model's reject_below; else 1
} espalier_edge_answer;

typedef struct espalier_edge_test {
    size_t sentences;          // that the package has an answer for; 0: none, and there is nothing to fail
    size_t labels_equal;       // of them
    double max_abs_difference; // of a probability
} espalier_edge_test;

// The most bytes of a text that espalier_edge_classify() takes.
#define ESPALIER_EDGE_MAX_TEXT_BYTES ((size_t)1 << 20)

// Version of the library, "0.1.0".
const char* espalier_edge_version(void);

// Opens a package. On success *session is the caller's to close; on failure it is set to NULL. The file may change or go once this has returned, and
// must not while it runs; nor may the memory at package, which needs no alignment. Every byte is checked before it is used.
espalier_edge_status espalier_edge_open_file(const char* path, espalier_edge_session** session);
espalier_edge_status espalier_edge_open_memory(const void* package, size_t bytes, espalier_edge_session** session);

// Frees the session and all it gave out. NULL is allowed.
void espalier_edge_close(espalier_edge_session* session);

espalier_edge_status espalier_edge_describe(const espalier_edge_session* session, espalier_edge_model* model);

// Answers for one text. text may be NULL where bytes is 0: an empty text gets an answer too. On failure *answer is set to zeros, and the session stays
// as usable as before.
espalier_edge_status espalier_edge_classify(espalier_edge_session* session, const char* text, size_t bytes, espalier_edge_answer* answer);

// Repeats the sentences that were put into the package with their answers when it was made, and compares. Do it once on each kind of device. test may
// be NULL; it is filled in also where the test fails, and espalier_edge_last_error() then names the first sentence that disagrees.
espalier_edge_status espalier_edge_self_test(espalier_edge_session* session, espalier_edge_test* test);

// What the last call that failed on this thread had to say: one line of at most 1023 bytes of UTF-8; "" when none has failed. Valid until the
// thread's next call that fails. It needs no session, so it also serves where none could be opened.
const char* espalier_edge_last_error(void);

#ifdef __cplusplus
}
#endif
