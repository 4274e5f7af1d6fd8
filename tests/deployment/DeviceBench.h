// SPDX-License-Identifier: GPL-3.0-or-later
// DeviceBench: what a test of the deployment needs around it: a home and a configuration folder of its own, no agent, a
// folder that plays the device, packages that pass their self-test, and the runtime built with this tree.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/deployment/Credentials.h"
#include "engine/deployment/Deployer.h"

#include <QTemporaryDir>

#include <map>

namespace espalier::test {

class DeviceBench {
public:
    DeviceBench();

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    /// An absolute folder for releases, with a quote and a space in its name.
    [[nodiscard]] QString root() const { return m_folder.filePath("a device's root"); }
    [[nodiscard]] Device localDevice() const;

    /// A package with random weights and true self-tests; another @p seed is another package.
    [[nodiscard]] QString package(std::uint64_t seed) const;
    /// A package whose self-test expects what its weights do not answer.
    [[nodiscard]] QString dishonestPackage() const;
    /// Sentences of the packages' words, and what the package of @p seed answers to them, by the edge library in this process.
    [[nodiscard]] const std::vector<std::string>& sentences() const { return m_sentences; }
    [[nodiscard]] std::vector<std::string> labels(std::uint64_t seed) const;
    /// A push of that package with a short measurement.
    [[nodiscard]] DeployRequest request(std::uint64_t seed) const;
    /// Points ESPALIER_RUNTIME_DIR to the runtime built with this tree, as the constructor does.
    static void useTreesRuntime();
    /// Empty when there is a static runtime for this machine; else why not.
    [[nodiscard]] QString runtimeMissing() const;

    /// Accepts any host key, has no secrets.
    [[nodiscard]] static DeploymentPrompts trusting();

private:
    [[nodiscard]] QString writePackage(const QString& name, std::uint64_t seed, bool honest) const;

    QTemporaryDir m_folder;
    std::vector<std::string> m_sentences;
    mutable std::map<std::uint64_t, std::vector<std::string>> m_labels; ///< made once a seed
};

/// The message of a failed Result, "" of a good one; for QVERIFY2.
template <typename T>
QByteArray messageOf(const Result<T>& result)
{
    return result ? QByteArray() : QByteArray::fromStdString(result.error().message());
}

} // namespace espalier::test
