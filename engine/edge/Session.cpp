// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/Session.h"

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

struct Session::State {
    State(Tokenizer t, const Kernels& k) : tokenizer(std::move(t)), kernels(&k) {}

    Tokenizer tokenizer;
    const Kernels* kernels;
    std::vector<std::string> labels;
    std::vector<std::unique_ptr<Step>> steps;
    ValueInfo answer;
    std::map<std::string, ValueInfo, std::less<>> values; ///< of every op's output
    Arena arena;
    std::vector<std::int32_t> ids; ///< room for the greatest length, so that it never grows

    [[nodiscard]] std::size_t maxTokens() const { return static_cast<std::size_t>(tokenizer.spec().maxLength); }
    Result<void> build(const PackageReader& reader);
    Classification run();
};

Result<void> Session::State::build(const PackageReader& reader)
{
    const PackageHeader& header = reader.header();
    labels = header.labels;
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
    if (answer.perToken || answer.columns != labels.size())
        return opError(last, "it makes the answer, so its output must be one row with a number for each of the " + std::to_string(labels.size()) + " labels");
    arena = allocateArena(context.arenaBytes());
    ids.reserve(maxTokens());
    return {};
}

Classification Session::State::run()
{
    const Frame frame{ids, arena.get()};
    for (const auto& step : steps)
        step->run(frame);
    const std::span<const float> probabilities(frame.at<float>(answer.slot), answer.columns);
    const auto best = std::max_element(probabilities.begin(), probabilities.end());
    return {static_cast<std::size_t>(best - probabilities.begin()), probabilities};
}

Result<Session> Session::create(const PackageReader& reader, const Kernels& kernels)
try {
    auto tokenizer = Tokenizer::fromJson(reader.header().tokenizer);
    if (!tokenizer)
        return tokenizer.error().within(reader.name());
    auto state = std::make_unique<State>(std::move(*tokenizer), kernels);
    if (auto built = state->build(reader); !built)
        return built.error().within(reader.name());
    return Session(std::move(state));
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
    return m_state->run();
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
const Tokenizer& Session::tokenizer() const { return m_state->tokenizer; }
const Kernels& Session::kernels() const { return *m_state->kernels; }

} // namespace espalier::edge
