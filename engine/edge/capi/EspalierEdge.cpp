// SPDX-License-Identifier: Apache-2.0
// The C interface over Session: turns results and exceptions into statuses, and keeps what answers point to. All that decides an answer is below.
#pragma GCC visibility push(default) // a shared library that is made of the archive may hand them on
#include "engine/edge/capi/espalier_edge.h"
#pragma GCC visibility pop

#include "engine/edge/PackageReader.h"
#include "engine/edge/SelfTestRunner.h"
#include "engine/edge/Session.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>

using namespace espalier;
using namespace espalier::edge;

struct espalier_edge_session {
    Session session;
    PackageHeader checks; ///< of the package's header only what the self-test asks for, and rejectBelow
    std::vector<const char*> labels = {};
    std::vector<espalier_edge_word> words = {};
    std::string text = {};
};

namespace {

/// A fixed place, so that there is room for the message also when memory has run out.
thread_local std::array<char, 1024> lastError{};

espalier_edge_status fail(espalier_edge_status status, std::string_view message) noexcept
{
    std::size_t length = std::min(message.size(), lastError.size() - 1);
    if (length < message.size()) // not in the middle of a character
        while (length > 0 && (static_cast<unsigned char>(message[length]) & 0xc0) == 0x80)
            --length;
    std::copy_n(message.begin(), length, lastError.begin());
    lastError[length] = '\0';
    return status;
}

espalier_edge_status statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument: return ESPALIER_EDGE_INVALID_ARGUMENT;
    case ErrorCode::NotFound: return ESPALIER_EDGE_NOT_FOUND;
    case ErrorCode::InvalidFormat: return ESPALIER_EDGE_INVALID_FORMAT;
    case ErrorCode::Io: return ESPALIER_EDGE_IO;
    case ErrorCode::Unsupported: return ESPALIER_EDGE_UNSUPPORTED;
    default: return ESPALIER_EDGE_INTERNAL;
    }
}

espalier_edge_status nullArgument(const char* name) noexcept
{
    std::array<char, 64> message{};
    std::snprintf(message.data(), message.size(), "The argument '%s' must not be NULL.", name);
    return fail(ESPALIER_EDGE_INVALID_ARGUMENT, message.data());
}

/// Runs @p work, which returns a status, and lets no exception out.
template <typename Work>
espalier_edge_status guarded(Work work) noexcept
try {
    return work();
} catch (const std::bad_alloc&) {
    return fail(ESPALIER_EDGE_OUT_OF_MEMORY, "There is not enough memory. Compress the model further, or free memory.");
} catch (const std::exception& error) {
    return fail(ESPALIER_EDGE_INTERNAL, error.what());
} catch (...) {
    return fail(ESPALIER_EDGE_INTERNAL, "An exception of an unknown kind was thrown.");
}

Result<std::unique_ptr<espalier_edge_session>> sessionOf(Result<PackageReader> opened)
{
    ESPALIER_TRY(const PackageReader reader, std::move(opened));
    ESPALIER_TRY(Session session, Session::build(reader, chosenKernels(), 1)); // a program that embeds it has threads of its own
    auto made = std::make_unique<espalier_edge_session>(espalier_edge_session{std::move(session), {}});
    made->checks.selfTests = reader.header().selfTests;
    made->checks.selfTestTolerance = reader.header().selfTestTolerance;
    made->checks.selfTestAgreement = reader.header().selfTestAgreement;
    made->checks.rejectBelow = reader.header().rejectBelow;
    for (const std::string& label : made->session.labels())
        made->labels.push_back(label.c_str());
    return made;
}

espalier_edge_status hand(Result<std::unique_ptr<espalier_edge_session>> made, espalier_edge_session** session)
{
    if (!made)
        return fail(statusOf(made.error().code), made.error().message());
    *session = made->release();
    return ESPALIER_EDGE_OK;
}

void keepWords(espalier_edge_session& session, const Classification& answer)
{
    const std::size_t columns = session.labels.size();
    session.words.clear();
    for (const Word& word : answer.words) {
        const auto row = answer.probabilities.subspan(session.words.size() * columns, columns);
        const std::size_t best = bestOf(row);
        session.words.push_back({word.begin, word.end, best, row[best]});
    }
}

/// The label's own bytes where there is but one, so that nothing is allocated.
const char* keepText(espalier_edge_session& session, const Classification& answer)
{
    if (session.session.task() == Task::SingleLabel)
        return session.labels[answer.label];
    session.text = session.session.answerText(answer);
    return session.text.c_str();
}

} // namespace

const char* espalier_edge_version(void) { return ESPALIER_VERSION; }

const char* espalier_edge_last_error(void) { return lastError.data(); }

espalier_edge_status espalier_edge_open_file(const char* path, espalier_edge_session** session)
{
    if (session == nullptr)
        return nullArgument("session");
    *session = nullptr;
    if (path == nullptr)
        return nullArgument("path");
    return guarded([&] { return hand(sessionOf(PackageReader::open(path)), session); });
}

espalier_edge_status espalier_edge_open_memory(const void* package, size_t bytes, espalier_edge_session** session)
{
    if (session == nullptr)
        return nullArgument("session");
    *session = nullptr;
    if (package == nullptr)
        return nullArgument("package");
    return guarded([&] { return hand(sessionOf(PackageReader::fromBytes({static_cast<const char*>(package), bytes})), session); });
}

void espalier_edge_close(espalier_edge_session* session) { delete session; }

espalier_edge_status espalier_edge_describe(const espalier_edge_session* session, espalier_edge_model* model)
{
    if (model == nullptr)
        return nullArgument("model");
    *model = {};
    if (session == nullptr)
        return nullArgument("session");
    static_assert(static_cast<int>(Task::MultiLabel) == ESPALIER_EDGE_MULTI_LABEL && static_cast<int>(Task::TokenTags) == ESPALIER_EDGE_TOKEN_TAGS);
    *model = {static_cast<espalier_edge_task>(session->session.task()), session->labels.size(), session->labels.data(), session->session.threshold(),
              session->checks.rejectBelow};
    return ESPALIER_EDGE_OK;
}

espalier_edge_status espalier_edge_classify(espalier_edge_session* session, const char* text, size_t bytes, espalier_edge_answer* answer)
{
    if (answer == nullptr)
        return nullArgument("answer");
    *answer = {};
    if (session == nullptr)
        return nullArgument("session");
    if (text == nullptr && bytes > 0)
        return nullArgument("text");
    if (bytes > ESPALIER_EDGE_MAX_TEXT_BYTES)
        return fail(ESPALIER_EDGE_INVALID_ARGUMENT, "The text is longer than 1 MiB. Give the model a sentence at a time.");
    return guarded([&] {
        const Classification found = session->session.classify({text, bytes});
        keepWords(*session, found);
        *answer = {found.label, keepText(*session, found), found.probabilities.data(), found.probabilities.size(), session->words.data(), session->words.size(),
                   found.inScope ? 1 : 0};
        return ESPALIER_EDGE_OK;
    });
}

espalier_edge_status espalier_edge_self_test(espalier_edge_session* session, espalier_edge_test* test)
{
    if (test != nullptr)
        *test = {};
    if (session == nullptr)
        return nullArgument("session");
    return guarded([&] {
        const SelfTestOutcome outcome = runSelfTest(session->session, session->checks);
        if (test != nullptr)
            *test = {static_cast<size_t>(outcome.sentences), static_cast<size_t>(outcome.labelsEqual), outcome.maxAbsDifference};
        return outcome.passed ? ESPALIER_EDGE_OK : fail(ESPALIER_EDGE_SELF_TEST_FAILED, outcome.firstDisagreement);
    });
}
