// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/Session.h"

#include "engine/core/Remedy.h"
#include "engine/edge/ops/OpCatalog.h"
#include "engine/tokenizers/Tokenizer.h"

#include <algorithm>
#include <map>
#include <new>

namespace espalier::edge {

namespace {

constexpr std::align_val_t arenaAlignment{64};

struct ArenaDeleter {
    void operator()(std::byte* bytes) const { ::operator delete(bytes, arenaAlignment); }
};
using Arena = std::unique_ptr<std::byte, ArenaDeleter>;

Arena allocateArena(std::size_t bytes)
{
    return Arena(static_cast<std::byte*>(::operator new(std::max<std::size_t>(bytes, 1), arenaAlignment)));
}

} // namespace

std::size_t bestOf(std::span<const float> probabilities)
{
    return static_cast<std::size_t>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
}

struct Session::State {
    State(Tokenizer t, const Kernels& k) : tokenizer(std::move(t)), kernels(&k) {}

    Tokenizer tokenizer;
    const Kernels* kernels;
    std::vector<std::string> labels;
    Task task = Task::SingleLabel;
    double threshold = 0.5;
    double rejectBelow = 0;
    std::vector<std::unique_ptr<Step>> steps;
    ValueInfo answer;
    std::map<std::string, ValueInfo, std::less<>> values; ///< of every op's output
    Arena arena;
    std::vector<std::int32_t> ids; ///< room for the greatest length, so that it never grows
    std::vector<Word> words;       ///< TokenTags
    std::vector<std::uint32_t> wordTokens; ///< TokenTags: the first token of each word

    [[nodiscard]] std::size_t maxTokens() const { return static_cast<std::size_t>(tokenizer.spec().maxLength); }
    Result<void> build(const PackageReader& reader);
    void readWords(std::string_view text);
    Classification run();
};

Result<void> Session::State::build(const PackageReader& reader)
{
    const PackageHeader& header = reader.header();
    labels = header.labels;
    task = header.task;
    threshold = header.threshold;
    rejectBelow = header.rejectBelow;
    BuildContext context(reader, *kernels, maxTokens(), tokenizer.vocabulary().size());
    for (const Op& op : header.program.ops) {
        const OpKind* kind = opCatalog().find(op.kind);
        if (kind == nullptr)
            return Error{ErrorCode::Unsupported, "This runtime has no op '" + op.kind + "'.", "Update Espalier's runtime on this machine.", {}};
        ESPALIER_TRY(BuiltStep built, kind->build(op, context));
        context.define(op.output, built.output);
        values.emplace(op.output, built.output);
        steps.push_back(std::move(built.step));
        answer = built.output;
    }
    const Op& last = header.program.ops.back();
    if (answer.perToken != (task == Task::TokenTags) || answer.columns != labels.size())
        return opError(last, "it makes the answer, so its output must be " + std::string(task == Task::TokenTags ? "a row a token" : "one row") +
                                 " with a number for each of the " + std::to_string(labels.size()) + " labels");
    arena = allocateArena(context.arenaBytes());
    ids.reserve(maxTokens());
    return {};
}

/// Tokens of a text whose words are tagged, and its words.
void Session::State::readWords(std::string_view text)
{
    const auto tokens = tokenizer.tokenize(text);
    ids.clear();
    for (const Token& token : tokens)
        ids.push_back(token.id);
    if (ids.empty())
        ids.push_back(Tokenizer::unknownId);
    words = wordsOf(text, tokens);
}

Classification Session::State::run()
{
    wordTokens.clear();
    for (const Word& word : words)
        wordTokens.push_back(word.token);
    const Frame frame{ids, arena.get(), wordTokens};
    for (const auto& step : steps)
        step->run(frame);
    const std::size_t rows = task == Task::TokenTags ? words.size() : 1;
    const std::span<const float> probabilities(frame.at<float>(answer.slot), answer.columns * rows);
    const auto best = std::max_element(probabilities.begin(), probabilities.begin() + static_cast<std::ptrdiff_t>(rows > 0 ? answer.columns : 0));
    return {static_cast<std::size_t>(best - probabilities.begin()), probabilities, words,
            rows == 0 || static_cast<double>(*best) >= rejectBelow};
}

Result<Session> Session::build(const PackageReader& reader, const Kernels& kernels)
{
    constexpr const char* remedy = "Export the package again, with this version of Espalier.";
    auto tokenizer = reader.tokenizer();
    if (!tokenizer)
        return withRemedy(tokenizer.error().within(reader.name()), remedy);
    auto state = std::make_unique<State>(std::move(*tokenizer), kernels);
    if (auto built = state->build(reader); !built)
        return withRemedy(built.error().within(reader.name()), remedy);
    return Session(std::move(state));
}

Result<Session> Session::create(const PackageReader& reader, const Kernels& kernels)
try {
    return build(reader, kernels);
} catch (const std::bad_alloc&) {
    return Error{ErrorCode::Unsupported, reader.name() + " needs more memory than this machine has free.", "Compress the model further, or free memory.", {}};
}

Result<Session> Session::fromBytes(std::string_view package, const Kernels& kernels)
{
    ESPALIER_TRY(const PackageReader reader, PackageReader::fromBytes(package));
    return create(reader, kernels);
}

Session::Session(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Classification Session::classify(std::string_view text)
{
    if (m_state->task == Task::TokenTags)
        m_state->readWords(text);
    else
        m_state->tokenizer.encode(text, m_state->ids);
    return m_state->run();
}

Classification Session::classifyIds(std::span<const std::int32_t> ids)
{
    const auto known = static_cast<std::int32_t>(m_state->tokenizer.vocabulary().size());
    m_state->ids.clear();
    for (const std::int32_t id : ids.first(std::min(ids.size(), m_state->maxTokens())))
        m_state->ids.push_back(id >= 0 && id < known ? id : Tokenizer::unknownId);
    if (m_state->ids.empty())
        m_state->ids.push_back(Tokenizer::unknownId);
    m_state->words.clear();
    for (std::uint32_t token = 0; m_state->task == Task::TokenTags && token < m_state->ids.size(); ++token)
        m_state->words.push_back({0, 0, token});
    return m_state->run();
}

std::string Session::answerText(const Classification& answer) const
{
    const std::size_t columns = m_state->labels.size();
    std::string text;
    if (m_state->task == Task::SingleLabel)
        return m_state->labels[answer.label];
    if (m_state->task == Task::MultiLabel) {
        for (std::size_t i = 0; i < columns; ++i)
            if (static_cast<double>(answer.probabilities[i]) >= m_state->threshold)
                text += (text.empty() ? "" : ", ") + m_state->labels[i];
        return text;
    }
    for (std::size_t row = 0; row < answer.words.size(); ++row)
        text += (row == 0 ? "" : " ") + m_state->labels[bestOf(answer.probabilities.subspan(row * columns, columns))];
    return text;
}

std::span<const float> Session::value(std::string_view name) const
{
    const auto it = m_state->values.find(name);
    if (it == m_state->values.end() || m_state->ids.empty())
        return {};
    const ValueInfo& value = it->second;
    const Frame frame{m_state->ids, m_state->arena.get()};
    return {frame.at<float>(value.slot), value.columns * value.rows(frame.tokens())};
}

const std::vector<std::string>& Session::labels() const { return m_state->labels; }
Task Session::task() const { return m_state->task; }
double Session::threshold() const { return m_state->threshold; }
const Tokenizer& Session::tokenizer() const { return m_state->tokenizer; }
const Kernels& Session::kernels() const { return *m_state->kernels; }

} // namespace espalier::edge
