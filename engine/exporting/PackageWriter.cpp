// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageWriter.h"

#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/exporting/PackageBuilder.h"
#include "engine/exporting/SelfTests.h"

namespace espalier {

namespace {

/// fp32: the engine's answers. Quantised: those of the runtime, which needs the package without its self-tests first.
Result<void> addSelfTests(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, const ExportOptions& options,
                          PackageBuilder& builder, RunContext& context)
{
    const auto chosen = chooseSelfTests(sentences, options.selfTests, builder.header().labels.size());
    Answers answers;
    if (!chosen.empty() && builder.header().precision != "fp32") {
        ESPALIER_TRY(answers, edgeAnswers(builder.bytes(), chosen, context));
    } else {
        ESPALIER_TRY(answers, engineAnswers(checkpoint, chosen, context));
    }
    setSelfTests(builder.header(), chosen, answers);
    return {};
}

} // namespace

Result<EncodedPackage> encodePackage(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, const ExportOptions& options,
                                     RunContext& context)
{
    ESPALIER_TRY(PackageBuilder builder, PackageBuilder::create(checkpoint, options, context));
    ESPALIER_CHECK(addSelfTests(checkpoint, sentences, options, builder, context));
    EncodedPackage package;
    package.bytes = builder.bytes();
    package.report.sha256 = sha256(package.bytes);
    package.report.bytes = static_cast<std::int64_t>(package.bytes.size());
    package.report.precision = builder.header().precision;
    package.report.tensors = builder.tensors();
    return package;
}

Result<PackageReport> exportPackage(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, const std::filesystem::path& path,
                                    const ExportOptions& options, RunContext& context)
{
    if (sentences.empty())
        return Error{ErrorCode::InvalidArgument, "There is no sentence to check the package with.", "Give the validation sentences."};
    ESPALIER_TRY(EncodedPackage package, encodePackage(checkpoint, sentences, options, context));
    ESPALIER_TRY(package.report.parity, checkParity(checkpoint, package.bytes, sentences, context));
    if (context.cancelled())
        return cancelledError();
    ESPALIER_CHECK(writeFileSafely(path, package.bytes));
    return package.report;
}

} // namespace espalier
