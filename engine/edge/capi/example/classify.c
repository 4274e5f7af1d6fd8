// SPDX-License-Identifier: Apache-2.0
// Classifies sentences with a package: classify PACKAGE [SENTENCE...]. Without sentences it reads them from the standard input, one a line.
//
//   cc -o classify classify.c libespalier_edge.a -lstdc++ -lm -lpthread
#define _POSIX_C_SOURCE 200809L // for getline()
#include "espalier_edge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failed(const char* what)
{
    fprintf(stderr, "classify: %s: %s\n", what, espalier_edge_last_error());
    return 1;
}

static void print_words(const espalier_edge_model* model, const espalier_edge_answer* answer, const char* text)
{
    for (size_t i = 0; i < answer->word_count; ++i) {
        const espalier_edge_word* word = &answer->words[i];
        printf("%.*s\t%s\t%.6f\n", (int)(word->end - word->begin), text + word->begin, model->labels[word->label], (double)word->probability);
    }
    printf("\n"); // ends the sentence
}

static void print_labels(const espalier_edge_model* model, const espalier_edge_answer* answer)
{
    printf("%s%s", answer->text, answer->in_scope ? "" : " (out of scope)");
    for (size_t i = 0; i < model->label_count; ++i)
        printf("\t%s=%.6f", model->labels[i], (double)answer->probabilities[i]);
    printf("\n");
}

static int answer_one(espalier_edge_session* session, const espalier_edge_model* model, const char* text, size_t bytes)
{
    espalier_edge_answer answer;
    if (espalier_edge_classify(session, text, bytes, &answer) != ESPALIER_EDGE_OK)
        return failed("a sentence");
    if (model->task == ESPALIER_EDGE_TOKEN_TAGS)
        print_words(model, &answer, text);
    else
        print_labels(model, &answer);
    return fflush(stdout) == 0 ? 0 : 1;
}

static int answer_lines(espalier_edge_session* session, const espalier_edge_model* model)
{
    char* line = NULL;
    size_t room = 0;
    int status = 0;
    for (ssize_t bytes; status == 0 && (bytes = getline(&line, &room, stdin)) >= 0;) {
        if (bytes > 0 && line[bytes - 1] == '\n')
            --bytes;
        status = answer_one(session, model, line, (size_t)bytes);
    }
    free(line);
    return status;
}

int main(int count, char** values)
{
    espalier_edge_session* session = NULL;
    espalier_edge_model model;
    int status = 0;
    if (count < 2) {
        fprintf(stderr, "Usage: classify PACKAGE [SENTENCE...]\n");
        return 2;
    }
    if (espalier_edge_open_file(values[1], &session) != ESPALIER_EDGE_OK)
        return failed(values[1]);
    if (espalier_edge_self_test(session, NULL) != ESPALIER_EDGE_OK || espalier_edge_describe(session, &model) != ESPALIER_EDGE_OK)
        status = failed(values[1]);
    else if (count == 2)
        status = answer_lines(session, &model);
    for (int i = 2; i < count && status == 0; ++i)
        status = answer_one(session, &model, values[i], strlen(values[i]));
    espalier_edge_close(session);
    return status;
}
