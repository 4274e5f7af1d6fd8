// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/ActivationCalibration.h"

#include "engine/edge/Session.h"
#include "engine/exporting/Answers.h"
#include "engine/exporting/PackageWriter.h"
#include "engine/exporting/PackagedWeights.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace espalier {

namespace {

/// A value of the program whose rows an op quantises.
struct Watched {
    std::string op;        ///< by its output
    std::string attribute; ///< that holds the range
    std::string value;
    std::size_t columns = 0;
    std::vector<float> largest = {}; ///< of each row
};

struct Role {
    std::string_view tensor;
    std::string_view attribute;
};
constexpr std::array<Role, 3> roles{{{"weight", "input_range"}, {"weight_ih", "input_range"}, {"weight_hh", "state_range"}}};
constexpr std::array<std::string_view, 4> multiplyingOps{"linear", "conv1d_max", "lstm", "gru"};

const edge::TensorRecord* quantizedRecord(const edge::PackageHeader& header, const edge::Op& op, std::string_view role)
{
    const auto name = op.tensors.find(std::string(role));
    if (name == op.tensors.end())
        return nullptr;
    const auto record = std::find_if(header.tensors.begin(), header.tensors.end(), [&](const auto& r) { return r.name == name->second; });
    return record == header.tensors.end() || precisionOf(*record).bits == 32 ? nullptr : &*record;
}

/// The states of a recurrent op are its own output.
std::vector<Watched> watchedValues(const edge::PackageHeader& header)
{
    std::vector<Watched> watched;
    for (const edge::Op& op : header.program.ops) {
        if (std::find(multiplyingOps.begin(), multiplyingOps.end(), op.kind) == multiplyingOps.end())
            continue;
        for (const Role& role : roles)
            if (const edge::TensorRecord* record = quantizedRecord(header, op, role.tensor))
                watched.push_back({op.output, std::string(role.attribute), role.attribute == "state_range" ? op.output : op.inputs.front(),
                                   static_cast<std::size_t>(record->shape[1])});
    }
    return watched;
}

void look(const edge::Session& session, std::vector<Watched>& watched)
{
    for (Watched& w : watched) {
        const auto values = session.value(w.value);
        for (std::size_t begin = 0; begin + w.columns <= values.size(); begin += w.columns) {
            float largest = 0;
            for (std::size_t c = begin; c < begin + w.columns; ++c)
                largest = std::max(largest, std::fabs(values[c]));
            w.largest.push_back(largest);
        }
    }
}

/// The least number that the share of @p values is not above; nothing where that is 0, so that the device measures.
std::optional<double> covering(std::vector<float>& values, double percentile)
{
    if (values.empty())
        return std::nullopt;
    const auto rank = static_cast<std::size_t>(std::ceil(percentile / 100 * static_cast<double>(values.size())));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(rank, 1, values.size()) - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at > 1e-20F ? std::optional(static_cast<double>(*at)) : std::nullopt;
}

/// The checkpoint's own package, asked.
Result<Answers> packagedAnswers(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, RunContext& context)
{
    ESPALIER_TRY(const EncodedPackage package, encodePackage(checkpoint, {}, {.precision = "checkpoint"}, context));
    return edgeAnswers(package.bytes, sentences, context);
}

Checkpoint withoutRanges(Checkpoint checkpoint)
{
    if (checkpoint.quantization)
        checkpoint.quantization->activations.clear();
    return checkpoint;
}

} // namespace

Result<void> checkCalibration(const Splits& splits, const ActivationCalibrationOptions& options)
{
    if (options.sentences < fewestCalibrationSentences)
        return Error{ErrorCode::InvalidArgument, "'calibration_examples' is " + std::to_string(options.sentences) + ": too few to know what values occur.",
                     "Take " + std::to_string(fewestCalibrationSentences) + " at least, better some hundreds.", {}};
    if (!(options.percentile > 0 && options.percentile <= 100))
        return Error{ErrorCode::InvalidArgument, "'activation_percentile' is " + Json(options.percentile).dump() + ".", "Use a number above 0 and at most 100.", {}};
    if (options.sentences <= splits.train.size())
        return {};
    return Error{ErrorCode::InvalidArgument,
                 "'calibration_examples' is " + std::to_string(options.sentences) + ", and the training part has " + std::to_string(splits.train.size()) + " sentences.",
                 "Take fewer, or measure activations on the device.", {}};
}

Result<ActivationRanges> calibrateActivations(const Checkpoint& checkpoint, const Splits& splits, const ActivationCalibrationOptions& options, RunContext& context)
{
    ESPALIER_CHECK(checkCalibration(splits, options));
    ESPALIER_TRY(const EncodedPackage package, encodePackage(withoutRanges(checkpoint), {}, {.precision = "checkpoint"}, context));
    ESPALIER_TRY(const auto reader, edge::PackageReader::fromBytes(package.bytes));
    ESPALIER_TRY(edge::Session session, edge::Session::create(reader));
    std::vector<Watched> watched = watchedValues(reader.header());
    for (std::size_t i = 0; i < options.sentences; ++i) {
        if (context.cancelled())
            return cancelledError();
        context.progress({"Calibrating activations", static_cast<std::int64_t>(i), static_cast<std::int64_t>(options.sentences), "sentences"});
        session.classify(splits.train[i * splits.train.size() / options.sentences].text);
        look(session, watched);
    }
    ActivationRanges ranges;
    for (Watched& w : watched)
        if (const auto range = covering(w.largest, options.percentile))
            ranges[w.op][w.attribute] = *range;
    return ranges;
}

Result<CalibrationEffect> calibrationEffect(const Checkpoint& checkpoint, const ExampleTable& examples, RunContext& context)
{
    std::vector<std::string> sentences;
    for (const Example& example : examples)
        sentences.push_back(example.text);
    ESPALIER_TRY(const Answers with, packagedAnswers(checkpoint, sentences, context));
    ESPALIER_TRY(const Answers without, packagedAnswers(withoutRanges(checkpoint), sentences, context));
    CalibrationEffect effect{.sentences = sentences.size()};
    std::size_t i = 0;
    for (const Example& example : examples) {
        const auto decided = with.decision(i);
        const auto measured = without.decision(i++);
        effect.same += decided == measured;
        if (checkpoint.model.task != Task::SingleLabel)
            continue;
        effect.right += with.text(decided, checkpoint.labels.labels()) == example.labels.front();
        effect.rightMeasured += without.text(measured, checkpoint.labels.labels()) == example.labels.front();
    }
    return effect;
}

} // namespace espalier
