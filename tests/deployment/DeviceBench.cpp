// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/deployment/DeviceBench.h"

#include "engine/core/SafeFile.h"
#include "engine/deployment/RuntimeLocator.h"
#include "engine/edge/Session.h"
#include "tests/support/PackageBuilder.h"

#include <QDir>
#include <QSysInfo>

namespace espalier::test {

DeviceBench::DeviceBench()
{
    QDir().mkpath(path("home"));
    qputenv("HOME", path("home").toLocal8Bit());
    qputenv("ESPALIER_CONFIG_DIR", path("config").toLocal8Bit());
    qputenv("ESPALIER_RUNTIME_DIR", ESPALIER_EDGE_FOLDER);
    qunsetenv("SSH_AUTH_SOCK");
}

Device DeviceBench::localDevice() const
{
    Device device = thisComputer();
    device.root = root().toStdString();
    return device;
}

QString DeviceBench::package(std::uint64_t seed) const
{
    const QString file = path("model-" + QString::number(seed) + ".espkg");
    TextCnnOptions options;
    options.seed = seed;
    PackageBuilder builder = textCnnPackage(options);
    auto session = edge::Session::fromBytes(builder.build());
    if (!session)
        return {};
    for (std::uint64_t i = 0; i < 8; ++i) {
        const std::string text = randomSentence(i);
        const auto answer = session->classify(text);
        builder.header.selfTests.push_back({text, session->labels()[answer.label], {answer.probabilities.begin(), answer.probabilities.end()}});
    }
    return writeFileSafely(file.toStdString(), builder.build()) ? file : QString();
}

DeployRequest DeviceBench::request(std::uint64_t seed) const
{
    DeployRequest request;
    request.package = package(seed).toStdString();
    request.benchSeconds = 0.05;
    return request;
}

QString DeviceBench::runtimeMissing() const
{
    QString architecture = QSysInfo::currentCpuArchitecture();
    if (architecture == "arm64")
        architecture = "aarch64";
    else if (architecture == "arm")
        architecture = "armhf";
    const auto found = RuntimeLocator().find(architecture.toStdString());
    return found ? QString() : QString::fromStdString(found.error().message());
}

DeploymentPrompts DeviceBench::trusting()
{
    DeploymentPrompts prompts;
    prompts.acceptUnknownHostKey = [](const HostKey&) { return true; };
    return prompts;
}

} // namespace espalier::test
