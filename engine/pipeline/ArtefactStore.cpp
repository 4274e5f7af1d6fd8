// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/ArtefactStore.h"

#include "engine/core/SafeFile.h"
#include "engine/deployment/LocalRuntime.h"

#include <atomic>
#include <unistd.h>

namespace espalier {
namespace {

constexpr auto descriptionFile = "artefact.json";

Error folderError(const std::string& action, const std::filesystem::path& path, const std::error_code& reason)
{
    return ioError(action, path.string(), reason.value());
}

Result<void> createFolder(const std::filesystem::path& folder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return folderError("create the folder", folder, failed);
    return {};
}

Result<Artefact> loadCheckpointArtefact(const std::filesystem::path& folder, const Json& summary)
{
    ESPALIER_TRY(Checkpoint checkpoint, loadCheckpoint(folder));
    CheckpointArtefact artefact{std::move(checkpoint)};
    if (summary.contains("point")) {
        ESPALIER_TRY(artefact.point, sparsityPointFromJson(summary.at("point")));
        forgetCostOfOthers(*artefact.point, localRuntimeIdentity());
    }
    if (summary.contains("baseline")) {
        ESPALIER_TRY(artefact.baseline, baselineScoreFromJson(summary.at("baseline")));
    }
    if (summary.contains("vocabulary")) {
        ESPALIER_TRY(VocabularyCut cut, vocabularyCutFromJson(summary.at("vocabulary")));
        artefact.vocabulary = std::make_shared<const VocabularyCut>(std::move(cut));
    }
    return Artefact(std::move(artefact));
}

} // namespace

Result<Json> ArtefactStore::describe(const std::string& fingerprint) const
{
    const auto path = folder(fingerprint) / descriptionFile;
    ESPALIER_TRY(Json description, readJsonFile(path));
    ESPALIER_TRY(const Fields fields, Fields::of(description, path.string()));
    ESPALIER_CHECK(fields.text("type"));
    ESPALIER_CHECK(fields.object("summary"));
    return description;
}

bool ArtefactStore::contains(const std::string& fingerprint) const
{
    std::error_code ignored;
    return std::filesystem::exists(folder(fingerprint) / descriptionFile, ignored);
}

Result<Artefact> ArtefactStore::load(const std::string& fingerprint) const
{
    ESPALIER_TRY(const Json description, describe(fingerprint));
    const std::string type = description.at("type");
    const Json& summary = description.at("summary");
    if (type == "checkpoint")
        return loadCheckpointArtefact(folder(fingerprint), summary);
    if (type == "report") {
        ESPALIER_TRY(EvaluationReport report, evaluationReportFromJson(summary));
        return Artefact(std::move(report));
    }
    if (type == "package") {
        ESPALIER_TRY(PackageReport report, packageReportFromJson(summary));
        return Artefact(PackageArtefact{folder(fingerprint) / "model.espkg", std::move(report)});
    }
    if (type == "receipt") {
        ESPALIER_TRY(Receipt receipt, receiptFromJson(summary));
        return Artefact(std::move(receipt));
    }
    return Error{ErrorCode::Unsupported, "Only the summary of a " + type + " is stored.", {}, {}};
}

void ArtefactStore::touch(const std::string& fingerprint) const
{
    std::error_code ignored; // a store that cannot be written is still good to read
    std::filesystem::last_write_time(folder(fingerprint) / descriptionFile, std::filesystem::file_time_type::clock::now(), ignored);
}

Result<std::filesystem::path> ArtefactStore::begin(const std::string& fingerprint) const
{
    // The data view may compute what a run computes too.
    static std::atomic<unsigned> count = 0;
    const auto staging = m_root / "work" / (fingerprint + "." + std::to_string(::getpid()) + "." + std::to_string(++count));
    std::error_code ignored;
    std::filesystem::remove_all(staging, ignored);
    ESPALIER_CHECK(createFolder(staging));
    return staging;
}

Result<Artefact> ArtefactStore::commit(const std::string& fingerprint, const std::filesystem::path& staging, Artefact artefact) const
{
    if (const auto* checkpoint = std::get_if<CheckpointArtefact>(&artefact))
        ESPALIER_CHECK(saveCheckpoint(staging, checkpoint->checkpoint));
    const auto target = folder(fingerprint);
    if (auto* package = std::get_if<PackageArtefact>(&artefact))
        package->file = target / package->file.filename();
    ESPALIER_CHECK(writeFileSafely(staging / descriptionFile, dumpJsonPretty({{"type", artefactType(artefact)}, {"summary", summarise(artefact)}})));
    ESPALIER_CHECK(createFolder(target.parent_path()));
    std::error_code failed;
    std::filesystem::remove_all(target, failed);
    std::filesystem::rename(staging, target, failed);
    if (failed)
        return folderError("write", target, failed);
    std::filesystem::remove_all(scratch(fingerprint), failed);
    return artefact;
}

std::map<std::string, std::string> ArtefactStore::lastResults() const
{
    std::map<std::string, std::string> last;
    const auto json = readJsonFile(m_root / "last.json");
    if (json && json->is_object())
        for (const auto& [node, fingerprint] : json->items())
            if (fingerprint.is_string())
                last[node] = fingerprint.get<std::string>();
    return last;
}

Result<void> ArtefactStore::recordLast(const std::string& node, const std::string& fingerprint) const
{
    auto last = lastResults();
    if (last[node] == fingerprint)
        return {};
    last[node] = fingerprint;
    return writeFileSafely(m_root / "last.json", dumpJsonPretty(last));
}

} // namespace espalier
