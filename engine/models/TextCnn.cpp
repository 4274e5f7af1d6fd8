// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/TextCnn.h"

#include "engine/models/InputRecorder.h"
#include "engine/models/ModelParts.h"
#include "engine/tokenizers/Tokenizer.h"

#include <algorithm>
#include <charconv>

namespace espalier {
namespace {

constexpr int maxWidth = 16;
constexpr std::size_t maxWidths = 8;

/// "2,3,4" as numbers; empty when the text has another form, or a width that is out of range or stands twice.
std::vector<std::int64_t> parseWidths(const std::string& text)
{
    std::vector<std::int64_t> widths;
    const char* position = text.data();
    const char* const end = position + text.size();
    for (;;) {
        while (position != end && *position == ' ')
            ++position;
        std::int64_t width = 0;
        const auto [next, status] = std::from_chars(position, end, width);
        if (status != std::errc{} || width < 1 || width > maxWidth || std::find(widths.begin(), widths.end(), width) != widths.end())
            return {};
        widths.push_back(width);
        position = std::find_if(next, end, [](char c) { return c != ' '; });
        if (position == end)
            return widths.size() <= maxWidths ? widths : std::vector<std::int64_t>{};
        if (*position++ != ',')
            return {};
    }
}

std::vector<std::int64_t> widthsOf(const ModelSpec& spec)
{
    return parseWidths(text(spec, "widths"));
}

std::string convolution(std::size_t index, const char* role)
{
    return "convolutions." + std::to_string(index) + "." + role;
}

class TextCnn final : public TextModel {
public:
    explicit TextCnn(const ModelSpec& spec)
        : m_widths(widthsOf(spec)), m_wordDropout(real(spec, "word_dropout")), m_dropout(real(spec, "dropout"))
    {
        const std::int64_t dimension = integer(spec, "embedding_dim");
        const std::int64_t filters = integer(spec, "filters");
        m_embedding = register_module("embedding", tokenEmbedding(spec));
        m_convolutions = register_module("convolutions", torch::nn::ModuleList());
        for (const std::int64_t width : m_widths)
            m_convolutions->push_back(torch::nn::Conv1d(torch::nn::Conv1dOptions(dimension, filters, width)));
        m_output = register_module("output", torch::nn::Linear(filters * static_cast<std::int64_t>(m_widths.size()), spec.classes));
    }

    torch::Tensor forward(torch::Tensor ids, const torch::Tensor& lengths) override
    {
        if (is_training() && m_wordDropout > 0)
            ids = withWordsDropped(ids, m_wordDropout);
        if (recorder() != nullptr)
            recorder()->tokens(m_embedding->weight, ownTokens(ids));
        const std::int64_t widest = *std::max_element(m_widths.begin(), m_widths.end());
        if (ids.size(1) < widest)
            ids = torch::constant_pad_nd(ids, {0, widest - ids.size(1)}, Tokenizer::padId);
        const torch::Tensor embedded = m_embedding->forward(ids).transpose(1, 2); // [B x E x T]
        std::vector<torch::Tensor> pooled;
        for (std::size_t i = 0; i < m_widths.size(); ++i)
            pooled.push_back(pool(embedded, lengths, i));
        const torch::Tensor features = torch::dropout(torch::cat(pooled, 1), m_dropout, is_training());
        if (recorder() != nullptr)
            recorder()->rows(m_output->weight, features);
        return m_output->forward(features);
    }

    void weightsReplaced() override { clearPadding(m_embedding); }

private:
    /// The largest answer of each filter over the sentence's own windows: [B x F]. Windows that begin after the last whole one get a large
    /// negative number before the maximum, so that they never win; ReLU and maximum may change places, and ReLU then costs less.
    torch::Tensor pool(const torch::Tensor& embedded, const torch::Tensor& lengths, std::size_t index)
    {
        const std::int64_t width = m_widths[index];
        if (recorder() != nullptr)
            recordWindows(embedded, lengths, index);
        torch::Tensor windows = m_convolutions[index]->as<torch::nn::Conv1d>()->forward(embedded); // [B x F x T-W+1]
        const torch::Tensor last = lengths.clamp_min(width) - width;                               // [B]
        if (const torch::Tensor beyond = torch::arange(windows.size(2), lengths.options()).unsqueeze(0) > last.unsqueeze(1); beyond.any().item<bool>())
            windows = windows.masked_fill(beyond.unsqueeze(1), -1e30);
        return torch::relu(std::get<0>(windows.max(2)));
    }

    /// What each tap of the filters meets in all windows of a sentence.
    void recordWindows(const torch::Tensor& embedded, const torch::Tensor& lengths, std::size_t index)
    {
        const std::int64_t width = m_widths[index];
        const torch::Tensor last = (lengths.clamp_min(width) - width).unsqueeze(1);                          // [B x 1]
        const torch::Tensor places = torch::arange(embedded.size(2), lengths.options()).unsqueeze(0);        // [1 x T]
        const torch::Tensor squares = embedded.detach().to(torch::kFloat64).square();                        // [B x E x T]
        std::vector<torch::Tensor> taps;
        for (std::int64_t tap = 0; tap < width; ++tap) {
            const torch::Tensor met = (places >= tap) & (places <= last + tap);
            taps.push_back((squares * met.unsqueeze(1)).sum(std::vector<std::int64_t>{0, 2}));
        }
        recorder()->add(m_convolutions[index]->as<torch::nn::Conv1d>()->weight, torch::stack(taps, 1).unsqueeze(0));
    }

    std::vector<std::int64_t> m_widths;
    double m_wordDropout;
    double m_dropout;
    torch::nn::Embedding m_embedding{nullptr};
    torch::nn::ModuleList m_convolutions{nullptr};
    torch::nn::Linear m_output{nullptr};
};

Result<void> check(const ModelSpec& spec)
{
    if (widthsOf(spec).empty())
        return Error{ErrorCode::InvalidArgument, "'widths' is " + dumpJson(spec.parameters.at("widths")) + "; it must list different numbers from 1 to 16.",
                     "Write them with commas, at most eight: \"2,3,4\".", {}};
    return {};
}

TensorShapes shapes(const ModelSpec& spec)
{
    const std::int64_t dimension = integer(spec, "embedding_dim");
    const std::int64_t filters = integer(spec, "filters");
    const auto widths = widthsOf(spec);
    TensorShapes result{{"embedding.weight", {spec.vocabularySize, dimension}},
                        {"output.weight", {spec.classes, filters * static_cast<std::int64_t>(widths.size())}},
                        {"output.bias", {spec.classes}}};
    for (std::size_t i = 0; i < widths.size(); ++i) {
        result[convolution(i, "weight")] = {filters, dimension, widths[i]};
        result[convolution(i, "bias")] = {filters};
    }
    return result;
}

std::vector<PrunableTensor> prunable(const ModelSpec& spec)
{
    std::vector<PrunableTensor> tensors{{"embedding.weight", "embedding"}};
    for (std::size_t i = 0; i < widthsOf(spec).size(); ++i)
        tensors.push_back({convolution(i, "weight"), "convolution"});
    tensors.push_back({"output.weight", "linear"});
    return tensors;
}

/// Filters, with the classifier's columns that read them.
PrunableGroups groups(const ModelSpec& spec)
{
    GroupKind kind{.parameter = "filters", .sets = {}};
    const std::int64_t filters = integer(spec, "filters");
    for (std::size_t i = 0; i < widthsOf(spec).size(); ++i)
        kind.sets.push_back({filters,
                             {{convolution(i, "weight")},
                              {convolution(i, "bias")},
                              {.tensor = "output.weight", .axis = 1, .first = static_cast<std::int64_t>(i) * filters, .outgoing = true}}});
    return {.kinds = {std::move(kind)}, .stack = {}};
}

edge::Program lower(const ModelSpec& spec)
{
    edge::Program program;
    program.ops.push_back({.kind = "embedding", .inputs = {"ids"}, .output = "embedded", .tensors = {{"weight", "embedding.weight"}}});
    std::vector<std::string> features;
    for (std::size_t i = 0; i < widthsOf(spec).size(); ++i) {
        features.push_back("features." + std::to_string(i));
        program.ops.push_back({.kind = "conv1d_max", .inputs = {"embedded"}, .output = features.back(),
                               .tensors = {{"weight", convolution(i, "weight")}, {"bias", convolution(i, "bias")}},
                               .attributes = {{"activation", "relu"}}});
    }
    program.ops.push_back({.kind = "concat", .inputs = features, .output = "features"});
    program.ops.push_back({.kind = "linear", .inputs = {"features"}, .output = "logits",
                           .tensors = {{"weight", "output.weight"}, {"bias", "output.bias"}}, .attributes = {{"activation", "none"}}});
    addAnswer(spec, program);
    return program;
}

} // namespace

ModelType textCnn()
{
    return {.id = "textcnn", .check = check, .shapes = shapes, .prunable = prunable, .lower = lower,
            .create = [](const ModelSpec& spec) -> std::shared_ptr<TextModel> { return std::make_shared<TextCnn>(spec); }, .groups = groups};
}

} // namespace espalier
