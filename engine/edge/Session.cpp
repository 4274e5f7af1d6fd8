// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/Session.h"

#include "engine/core/Remedy.h"
#include "engine/edge/LargeMemory.h"
#include "engine/edge/Workers.h"
#include "engine/edge/ops/OpCatalog.h"
#include "engine/edge/ops/OutputShapes.h"
#include "engine/tokenizers/Tokenizer.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <new>

namespace espalier::edge {

std::size_t bestOf(std::span<const float> probabilities)
{
    return static_cast<std::size_t>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
}

/// What sessions of one package share; nothing in it changes.
struct Session::Model {
    std::optional<Tokenizer> tokenizer; ///< always, once it is built
    Kernels kernels; ///< with the costs that the caller gave
    std::vector<std::string> labels;
    Task task = Task::SingleLabel;
    double threshold = 0.5;
    double rejectBelow = 0;
    std::vector<std::unique_ptr<Step>> steps;
    std::vector<MatrixPlan> plans;
    ValueInfo answer;
    std::map<std::string, ValueInfo, std::less<>> values; ///< of every op's output
    std::size_t arenaBytes = 0;
    LoadTimes times;
    Loading loading = Loading::Whole;

    [[nodiscard]] std::size_t maxTokens() const { return static_cast<std::size_t>(tokenizer->spec().maxLength); }
    Result<void> build(const PackageReader& reader, std::size_t threads);
    Result<void> buildTogether(const PackageReader& reader, const BuildContext& planned, const std::vector<ValueInfo>& outputs, Workers& workers);
    Result<void> buildInTurn(const PackageReader& reader);
    Result<void> checkAnswer(const Op& last) const;
    Result<void> readTokenizer(const PackageReader& reader);
};

struct Session::State {
    explicit State(std::shared_ptr<const Model> m) : model(std::move(m)), arena(allocatePages(model->arenaBytes))
    {
        ids.reserve(model->maxTokens());
        wordTokens.reserve(model->task == Task::TokenTags ? model->maxTokens() : 0);
    }

    std::shared_ptr<const Model> model;
    Pages arena; ///< a sentence touches few of those that the longest would need
    std::vector<std::int32_t> ids; ///< room for the greatest length, so that it never grows
    std::vector<Word> words;       ///< TokenTags
    std::vector<std::uint32_t> wordTokens; ///< TokenTags: the first token of each word

    void readWords(std::string_view text);
    Classification run();
};

namespace {

Error noMemory(const std::string& what)
{
    return {ErrorCode::Unsupported, what + " needs more memory than this machine has free.", "Compress the model further, or free memory.", {}};
}

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start) { return std::chrono::duration<double, std::milli>(Clock::now() - start).count(); }

Result<BuiltStep> buildStep(const Op& op, BuildContext& context)
{
    const OpKind* kind = opCatalog().find(op.kind);
    if (kind == nullptr)
        return Error{ErrorCode::Unsupported, "This runtime has no op '" + op.kind + "'.", "Update Espalier's runtime on this machine.", {}};
    return kind->build(op, context);
}

/// Bytes of the tensors that @p op reads.
std::uint64_t bytesOf(const Op& op, const PackageReader& reader)
{
    std::uint64_t bytes = 0;
    for (const auto& [role, name] : op.tensors)
        if (const TensorRecord* record = reader.record(name))
            bytes += record->bytes;
    return bytes;
}

/// The ops' indices, those with the largest tensors first, so that no thread is left alone with one at the end.
std::vector<std::size_t> largestFirst(const Program& program, const PackageReader& reader)
{
    std::vector<std::pair<std::uint64_t, std::size_t>> sizes;
    for (std::size_t i = 0; i < program.ops.size(); ++i)
        sizes.emplace_back(bytesOf(program.ops[i], reader), i);
    std::sort(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    std::vector<std::size_t> order;
    for (const auto& [bytes, index] : sizes)
        order.push_back(index);
    return order;
}

/// How many threads are worth their start: each takes some 50 microseconds, in which another decodes as many kB.
std::size_t threadsFor(const PackageReader& reader, std::size_t asked)
{
    constexpr std::uint64_t bytesOfThread = 100'000;
    std::uint64_t bytes = 0;
    for (const TensorRecord& record : reader.header().tensors)
        bytes += record.bytes;
    const std::size_t most = asked > 0 ? asked : std::min<std::size_t>(usableProcessors(), 16);
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(bytes / bytesOfThread, 1, most));
}

} // namespace

Result<void> Session::Model::readTokenizer(const PackageReader& reader)
{
    const auto start = Clock::now();
    auto read = reader.tokenizer();
    if (!read)
        return read.error();
    tokenizer = std::move(*read);
    times.tokenizer = millisecondsSince(start);
    return {};
}

Result<void> Session::Model::build(const PackageReader& reader, std::size_t threads)
{
    const PackageHeader& header = reader.header();
    labels = header.labels;
    task = header.task;
    threshold = header.threshold;
    rejectBelow = header.rejectBelow;
    const auto sizes = reader.tokenizerSizes();
    if (!sizes)
        return buildInTurn(reader);
    BuildContext planned(reader, kernels, sizes->maxTokens, sizes->tokens, loading);
    const auto outputs = placeValues(header.program, reader, planned);
    if (!outputs)
        return buildInTurn(reader);
    Workers workers(threadsFor(reader, threads));
    return buildTogether(reader, planned, *outputs, workers);
}

/// The tokenizer and all ops at once. Of the errors the first in the program counts.
Result<void> Session::Model::buildTogether(const PackageReader& reader, const BuildContext& planned, const std::vector<ValueInfo>& outputs, Workers& workers)
{
    const auto start = Clock::now();
    const std::vector<Op>& ops = reader.header().program.ops;
    const auto order = largestFirst(reader.header().program, reader);
    Result<void> tokens;
    std::vector<std::optional<Result<BuiltStep>>> built(ops.size());
    std::vector<std::size_t> arenas(ops.size());
    std::vector<std::vector<MatrixPlan>> layouts(ops.size());
    workers.forEach(ops.size() + 1, [&](std::size_t part) {
        if (part == 0) {
            tokens = readTokenizer(reader);
            return;
        }
        const std::size_t index = order[part - 1];
        BuildContext context(planned, outputs[index], &workers);
        built[index] = buildStep(ops[index], context);
        arenas[index] = context.arenaBytes();
        layouts[index] = context.takePlans();
    });
    if (!tokens)
        return tokens;
    for (std::size_t i = 0; i < ops.size(); ++i) {
        if (!*built[i])
            return built[i]->error();
        values.emplace(ops[i].output, outputs[i]);
        steps.push_back(std::move((*built[i])->step));
        std::move(layouts[i].begin(), layouts[i].end(), std::back_inserter(plans));
    }
    answer = outputs.back();
    arenaBytes = *std::max_element(arenas.begin(), arenas.end());
    times.weights = millisecondsSince(start);
    return checkAnswer(ops.back());
}

/// One op after the other, each in its place behind those before: what is wrong with a program shows this way.
Result<void> Session::Model::buildInTurn(const PackageReader& reader)
{
    ESPALIER_CHECK(readTokenizer(reader));
    const std::vector<Op>& ops = reader.header().program.ops;
    BuildContext context(reader, kernels, maxTokens(), tokenizer->vocabulary().size(), loading);
    for (const Op& op : ops) {
        ESPALIER_TRY(BuiltStep built, buildStep(op, context));
        context.define(op.output, built.output);
        values.emplace(op.output, built.output);
        steps.push_back(std::move(built.step));
        answer = built.output;
    }
    arenaBytes = context.arenaBytes();
    plans = context.takePlans();
    return checkAnswer(ops.back());
}

Result<void> Session::Model::checkAnswer(const Op& last) const
{
    if (answer.perToken != (task == Task::TokenTags) || answer.columns != labels.size())
        return opError(last, "it makes the answer, so its output must be " + std::string(task == Task::TokenTags ? "a row a token" : "one row") +
                                 " with a number for each of the " + std::to_string(labels.size()) + " labels");
    return {};
}

/// Tokens of a text whose words are tagged, and its words.
void Session::State::readWords(std::string_view text)
{
    const auto tokens = model->tokenizer->tokenize(text);
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
    for (const auto& step : model->steps)
        step->run(frame);
    const std::size_t rows = model->task == Task::TokenTags ? words.size() : 1;
    const std::size_t columns = model->answer.columns;
    const std::span<const float> probabilities(frame.at<float>(model->answer.slot), columns * rows);
    const auto best = std::max_element(probabilities.begin(), probabilities.begin() + static_cast<std::ptrdiff_t>(rows > 0 ? columns : 0));
    return {static_cast<std::size_t>(best - probabilities.begin()), probabilities, words,
            rows == 0 || static_cast<double>(*best) >= model->rejectBelow, ids.size()};
}

Result<Session> Session::build(const PackageReader& reader, const Kernels& kernels, std::size_t threads, Loading loading)
{
    const auto model = std::make_shared<Model>();
    model->kernels = kernels;
    model->loading = loading;
    if (auto built = model->build(reader, threads); !built)
        return withRemedy(built.error().within(reader.name()), "Export the package again, with this version of Espalier.");
    return Session(std::make_unique<State>(model));
}

Result<Session> Session::create(const PackageReader& reader, const Kernels& kernels, std::size_t threads, Loading loading)
try {
    return build(reader, kernels, threads, loading);
} catch (const std::bad_alloc&) {
    return noMemory(reader.name());
}

Result<Session> Session::fromBytes(std::string_view package, const Kernels& kernels)
{
    ESPALIER_TRY(const PackageReader reader, PackageReader::fromBytes(package));
    return create(reader, kernels);
}

Result<Session> Session::another() const
try {
    return Session(std::make_unique<State>(m_state->model));
} catch (const std::bad_alloc&) {
    return noMemory("Another session");
}

Session::Session(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Classification Session::classify(std::string_view text)
{
    if (m_state->model->task == Task::TokenTags)
        m_state->readWords(text);
    else
        m_state->model->tokenizer->encode(text, m_state->ids);
    return m_state->run();
}

Classification Session::classifyIds(std::span<const std::int32_t> ids)
{
    const auto known = static_cast<std::int32_t>(m_state->model->tokenizer->vocabulary().size());
    m_state->ids.clear();
    for (const std::int32_t id : ids.first(std::min(ids.size(), m_state->model->maxTokens())))
        m_state->ids.push_back(id >= 0 && id < known ? id : Tokenizer::unknownId);
    if (m_state->ids.empty())
        m_state->ids.push_back(Tokenizer::unknownId);
    m_state->words.clear();
    for (std::uint32_t token = 0; m_state->model->task == Task::TokenTags && token < m_state->ids.size(); ++token)
        m_state->words.push_back({0, 0, token});
    return m_state->run();
}

std::string Session::answerText(const Classification& answer) const
{
    const std::size_t columns = m_state->model->labels.size();
    std::string text;
    if (m_state->model->task == Task::SingleLabel)
        return m_state->model->labels[answer.label];
    if (m_state->model->task == Task::MultiLabel) {
        for (std::size_t i = 0; i < columns; ++i)
            if (static_cast<double>(answer.probabilities[i]) >= m_state->model->threshold)
                text += (text.empty() ? "" : ", ") + m_state->model->labels[i];
        return text;
    }
    for (std::size_t row = 0; row < answer.words.size(); ++row)
        text += (row == 0 ? "" : " ") + m_state->model->labels[bestOf(answer.probabilities.subspan(row * columns, columns))];
    return text;
}

std::span<const float> Session::value(std::string_view name) const
{
    const auto it = m_state->model->values.find(name);
    if (it == m_state->model->values.end() || m_state->ids.empty())
        return {};
    const ValueInfo& value = it->second;
    const Frame frame{m_state->ids, m_state->arena.get()};
    return {frame.at<float>(value.slot), value.columns * value.rows(frame.tokens())};
}

bool Session::damaged() const
{
    return std::any_of(m_state->model->steps.begin(), m_state->model->steps.end(), [](const auto& step) { return step->damaged(); });
}

const std::vector<std::string>& Session::labels() const { return m_state->model->labels; }
Task Session::task() const { return m_state->model->task; }
double Session::threshold() const { return m_state->model->threshold; }
const Tokenizer& Session::tokenizer() const { return *m_state->model->tokenizer; }
const LoadTimes& Session::loadTimes() const { return m_state->model->times; }
const Kernels& Session::kernels() const { return m_state->model->kernels; }
const std::vector<MatrixPlan>& Session::plans() const { return m_state->model->plans; }

} // namespace espalier::edge
