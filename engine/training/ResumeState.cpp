// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/ResumeState.h"

#include "engine/core/Json.h"
#include "engine/core/SafeFile.h"

#include <charconv>

namespace espalier {
namespace {

constexpr const char* stateName = "state.json";
constexpr const char* maskedPart = "weights"; ///< masks are named after what they mask
constexpr std::string_view tensorsPrefix = "state-";
constexpr std::string_view tensorsSuffix = ".safetensors";

/// The parts of the tensors' file, by the prefix of their names.
constexpr std::pair<const char*, Weights TrainingState::*> parts[] = {{"weights", &TrainingState::weights},
                                                                      {"best", &TrainingState::bestWeights},
                                                                      {"first_moments", &TrainingState::firstMoments},
                                                                      {"second_moments", &TrainingState::secondMoments},
                                                                      {"row_steps", &TrainingState::rowSteps},
                                                                      {"memory", &TrainingState::memory}};

std::string tensorsName(std::int64_t step)
{
    return std::string(tensorsPrefix) + std::to_string(step) + std::string(tensorsSuffix);
}

bool isTensorsName(const std::string& name)
{
    return name.starts_with(tensorsPrefix) && name.ends_with(tensorsSuffix);
}

/// What a kill while saving left: SafeFile's temporary files.
bool isLeftOver(const std::string& name)
{
    return name.starts_with(".state");
}

/// Removes tensor files of steps other than @p kept, and what is left over.
void removeTensors(const std::filesystem::path& folder, const std::string& kept)
{
    std::error_code ignored;
    std::vector<std::filesystem::path> old;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (const std::string name = entry.path().filename().string(); (isTensorsName(name) && name != kept) || isLeftOver(name))
            old.push_back(entry.path());
    for (const auto& path : old)
        std::filesystem::remove(path, ignored);
}

/// For Weights and Masks.
template <typename Named>
void pack(const std::string& part, const Named& values, Named& all)
{
    for (const auto& [name, value] : values)
        all[part + "/" + name] = value;
}

template <typename Named>
Named unpack(const std::string& part, Named& all)
{
    Named values;
    for (auto& [name, value] : all)
        if (name.starts_with(part + "/"))
            values[name.substr(part.size() + 1)] = std::move(value);
    return values;
}

/// Random words use all 64 bits, which JSON readers may not: they are written as text.
Result<std::uint64_t> parseWord(const std::string& text)
{
    std::uint64_t word = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), word);
    if (status != std::errc{} || end != text.data() + text.size())
        return Error{ErrorCode::InvalidFormat, "'" + text + "' is not a number of the random generator.", {}, {}};
    return word;
}

Json toJson(const EpochPosition& position)
{
    Json random = Json::array();
    for (const std::uint64_t word : position.random)
        random.push_back(std::to_string(word));
    return {{"random", random}, {"batches", position.batches}, {"sentences", position.sentences}, {"decisions", position.decisions}, {"loss", position.loss},
            {"correct", position.correct}, {"seconds", position.seconds}};
}

Result<EpochPosition> readPosition(const Fields& fields)
{
    EpochPosition position;
    ESPALIER_TRY(const auto words, fields.texts("random"));
    if (words.size() != position.random.size())
        return Error{ErrorCode::InvalidFormat, "The random generator's state is incomplete.", {}, {}};
    for (std::size_t i = 0; i < words.size(); ++i) {
        ESPALIER_TRY(position.random[i], parseWord(words[i]));
    }
    ESPALIER_TRY(position.batches, fields.integer("batches"));
    ESPALIER_TRY(position.sentences, fields.integer("sentences"));
    ESPALIER_TRY(position.decisions, fields.integer("decisions"));
    ESPALIER_TRY(position.loss, fields.number("loss"));
    ESPALIER_TRY(position.correct, fields.integer("correct"));
    ESPALIER_TRY(position.seconds, fields.number("seconds"));
    return position;
}

Result<TrainingState> readState(const std::filesystem::path& folder, const Fields& fields, const Json& json)
{
    TrainingState state;
    ESPALIER_TRY(state.step, fields.integer("step"));
    ESPALIER_TRY(const Fields position, fields.object("position"));
    ESPALIER_TRY(state.position, readPosition(position));
    ESPALIER_CHECK(fields.object("history"));
    ESPALIER_TRY(state.history, trainingHistoryFromJson(json["history"]));
    ESPALIER_TRY(const std::string tensors, fields.text("tensors"));
    if (!isTensorsName(tensors) || tensors.find('/') != std::string::npos)
        return Error{ErrorCode::InvalidFormat, "'" + tensors + "' is no file name of a training state.", {}, {}};
    Weights all;
    Masks masks;
    ESPALIER_CHECK(readSafetensors(folder / tensors, all, masks));
    state.masks = unpack(maskedPart, masks);
    for (const auto& [name, member] : parts)
        state.*member = unpack(name, all);
    return state;
}

} // namespace

Result<void> saveTrainingState(const std::filesystem::path& folder, const std::string& fingerprint, const TrainingState& state)
{
    std::error_code status;
    std::filesystem::create_directories(folder, status);
    if (status)
        return ioError("make the folder", folder.string(), status.value());
    Weights all;
    for (const auto& [name, member] : parts)
        pack(name, state.*member, all);
    const std::string tensors = tensorsName(state.step);
    Masks masks;
    pack(maskedPart, state.masks, masks);
    ESPALIER_CHECK(writeSafetensors(folder / tensors, all, masks));
    const Json json{{"fingerprint", fingerprint}, {"tensors", tensors}, {"step", state.step}, {"position", toJson(state.position)},
                    {"history", toJson(state.history)}};
    ESPALIER_CHECK(writeFileSafely(folder / stateName, dumpJsonPretty(json)));
    removeTensors(folder, tensors);
    return {};
}

Result<std::optional<TrainingState>> loadTrainingState(const std::filesystem::path& folder, const std::string& fingerprint)
{
    std::error_code status;
    if (!std::filesystem::exists(folder / stateName, status))
        return std::optional<TrainingState>{};
    ESPALIER_TRY(const Json json, readJsonFile(folder / stateName));
    ESPALIER_TRY(const Fields fields, Fields::of(json, "state"));
    ESPALIER_TRY(const std::string found, fields.text("fingerprint"));
    if (found != fingerprint)
        return std::optional<TrainingState>{};
    ESPALIER_TRY(TrainingState state, readState(folder, fields, json));
    return std::optional<TrainingState>(std::move(state));
}

void removeTrainingState(const std::filesystem::path& folder)
{
    std::error_code ignored;
    std::filesystem::remove(folder / stateName, ignored);
    removeTensors(folder, {});
    std::filesystem::remove(folder, ignored); // refuses when something else is in it
}

} // namespace espalier
