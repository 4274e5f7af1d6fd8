// SPDX-License-Identifier: Apache-2.0
// Session: a package ready to answer. Creation decodes and repacks every tensor for the chosen kernels, on several threads, which end with it, and lays out one
// arena; after that a request allocates nothing (but for the words of a text whose words are tagged). A session answers one sentence at a time on one thread; for more
// threads ask it for others, which share its weights. It keeps nothing of the reader or its bytes, but for the open file of Loading::AsNeeded.
#pragma once

#include "engine/core/Result.h"
#include "engine/edge/PackageReader.h"
#include "engine/edge/kernels/Kernels.h"
#include "engine/tokenizers/Words.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {
class Tokenizer;
}

namespace espalier::edge {

struct MatrixPlan;

struct Classification {
    std::size_t label = 0; ///< index into Session::labels(); the first of equal probabilities. TokenTags: of the first word
    std::span<const float> probabilities; ///< in label order; valid until the session's next call. TokenTags: a row a word
    std::span<const Word> words = {};     ///< TokenTags: the text's words; valid until the session's next call
    bool inScope = true; ///< false when the best probability is below the package's threshold
    std::size_t tokens = 0; ///< that the model read
};

/// Milliseconds of two parts of creating a session, which overlap.
struct LoadTimes {
    double tokenizer = 0;
    double weights = 0; ///< from the first tensor to the last
};

/// The first of the largest.
std::size_t bestOf(std::span<const float> probabilities);

class Session {
public:
    /// Checks that the program, its tensors, the tokenizer and the labels fit together; InvalidFormat names the op and the
    /// tensor that do not, Unsupported an op this runtime lacks.
    /// On at most @p threads threads; 0: as many as there are processors, and work for them.
    static Result<Session> create(const PackageReader& reader, const Kernels& kernels = chosenKernels(), std::size_t threads = 0, Loading loading = Loading::Whole);
    /// The same, for callers with an answer of their own to std::bad_alloc.
    static Result<Session> build(const PackageReader& reader, const Kernels& kernels = chosenKernels(), std::size_t threads = 0, Loading loading = Loading::Whole);
    /// The same as create() from a package in memory, which may go away afterwards.
    static Result<Session> fromBytes(std::string_view package, const Kernels& kernels = chosenKernels());

    /// A session for another thread, with the same weights and tokenizer. The same error as create() where memory is short.
    [[nodiscard]] Result<Session> another() const;

    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;
    ~Session();

    /// Any bytes may be given; an empty or unreadable text is answered as one unknown token.
    Classification classify(std::string_view text);
    /// The same from token ids, each of which is a word; ids outside the vocabulary count as unknown, no ids as one unknown, more than maxLength are cut.
    Classification classifyIds(std::span<const std::int32_t> ids);

    /// Whether the package's file was changed since the session was made, so that some of its answers are wrong. Loading::AsNeeded only.
    [[nodiscard]] bool damaged() const;

    /// The value that an op's output had in the last call, row-major; for finding the op that goes wrong. Empty when there is
    /// no such value. Valid until the next call.
    [[nodiscard]] std::span<const float> value(std::string_view name) const;

    /// The answer as text: the label; the labels from the threshold on, with commas between; or the tag of each word, with spaces between.
    [[nodiscard]] std::string answerText(const Classification& answer) const;

    [[nodiscard]] const std::vector<std::string>& labels() const;
    [[nodiscard]] Task task() const;
    [[nodiscard]] double threshold() const; ///< MultiLabel: from which probability on a label is given
    [[nodiscard]] const Tokenizer& tokenizer() const;
    [[nodiscard]] const Kernels& kernels() const;
    [[nodiscard]] const LoadTimes& loadTimes() const;
    /// How each weight matrix is multiplied, in the program's order.
    [[nodiscard]] const std::vector<MatrixPlan>& plans() const;

private:
    struct Model;
    struct State;
    explicit Session(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace espalier::edge
