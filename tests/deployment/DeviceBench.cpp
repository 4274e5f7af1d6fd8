// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/deployment/DeviceBench.h"

#include "engine/core/SafeFile.h"
#include "engine/deployment/RuntimeLocator.h"
#include "engine/edge/Session.h"
#include "tests/support/PackageBuilder.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>

namespace espalier::test {

DeviceBench::DeviceBench()
{
    QDir().mkpath(path("home"));
    qputenv("HOME", path("home").toLocal8Bit());
    qputenv("ESPALIER_CONFIG_DIR", path("config").toLocal8Bit());
    useTreesRuntime();
    qunsetenv("SSH_AUTH_SOCK");
    for (std::uint64_t i = 100; i < 140; ++i)
        m_sentences.push_back(randomSentence(i));
    std::erase_if(m_sentences, [](const std::string& sentence) { return sentence.empty(); });
}

void DeviceBench::useTreesRuntime()
{
    qputenv("ESPALIER_RUNTIME_DIR", ESPALIER_EDGE_FOLDER);
}

Device DeviceBench::localDevice() const
{
    Device device = thisComputer();
    device.root = root().toStdString();
    return device;
}

QString DeviceBench::package(std::uint64_t seed) const
{
    return writePackage("model-" + QString::number(seed) + ".espkg", seed, true);
}

QString DeviceBench::dishonestPackage() const
{
    return writePackage("dishonest.espkg", 9, false);
}

std::vector<std::string> DeviceBench::labels(std::uint64_t seed) const
{
    std::vector<std::string>& labels = m_labels[seed];
    if (!labels.empty())
        return labels;
    const auto bytes = readFile(package(seed).toStdString());
    auto session = bytes ? edge::Session::fromBytes(*bytes) : Result<edge::Session>(bytes.error());
    for (const std::string& sentence : session ? m_sentences : std::vector<std::string>{})
        labels.push_back(session->labels()[session->classify(sentence).label]);
    return labels;
}

QString DeviceBench::writePackage(const QString& name, std::uint64_t seed, bool honest) const
{
    const QString file = path(name);
    if (QFile::exists(file))
        return file;
    TextCnnOptions options;
    options.seed = seed;
    PackageBuilder builder = textCnnPackage(options);
    auto session = edge::Session::fromBytes(builder.build());
    if (!session)
        return {};
    for (std::uint64_t i = 0; i < 8; ++i) {
        const std::string text = randomSentence(i);
        const auto answer = session->classify(text);
        const std::size_t label = honest ? answer.label : (answer.label + 1) % session->labels().size();
        std::vector<float> probabilities(answer.probabilities.begin(), answer.probabilities.end());
        std::swap(probabilities[label], probabilities[answer.label]);
        builder.header.selfTests.push_back({text, session->labels()[label], probabilities});
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
