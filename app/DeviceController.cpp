// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DeviceController.h"

#include "app/DeviceValues.h"
#include "app/ErrorText.h"
#include "app/ReceiptStore.h"
#include "engine/deployment/ConfigFolder.h"
#include "engine/deployment/Deployer.h"
#include "engine/deployment/DeviceProbe.h"
#include "engine/deployment/TransportCatalog.h"
#include "widgets/devices/DeviceForm.h"
#include "widgets/devices/DevicesPanel.h"
#include "widgets/devices/JobProgress.h"

namespace espalier {
namespace {

Result<TimedAnswer> classifyOne(Transport& transport, const Device& device, const std::string& sentence, const RunContext& context)
{
    const auto begin = std::chrono::steady_clock::now();
    ESPALIER_TRY(auto answers, classifyOnDevice(transport, device, {sentence}, context));
    if (answers.empty())
        return Error{ErrorCode::Remote, "The device gave no answer.", {}, {}};
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - begin;
    return TimedAnswer{std::move(answers.front()), elapsed.count()};
}

} // namespace

DeviceController::DeviceController(DevicesPanel* panel, PromptBridge* prompts, QObject* parent) : QObject(parent), m_panel(panel), m_prompts(prompts)
{
    connectPanel();
}

void DeviceController::connectPanel()
{
    connect(m_panel, &DevicesPanel::saveRequested, this, &DeviceController::save);
    connect(m_panel, &DevicesPanel::removeRequested, this, &DeviceController::remove);
    connect(m_panel, &DevicesPanel::testRequested, this, &DeviceController::test);
    connect(m_panel, &DevicesPanel::rollbackRequested, this, &DeviceController::rollBack);
    connect(m_panel, &DevicesPanel::releasesRequested, this, &DeviceController::listReleasesOf);
    connect(&m_job, &WorkerJob::progressed, m_panel->progress(), &JobProgress::setProgress);
    connect(&m_job, &WorkerJob::progressed, this, &DeviceController::progressed);
}

Result<void> DeviceController::load()
{
    auto store = DeviceStore::load();
    if (!store) {
        m_panel->setDevices({toItem(thisComputer())});
        return store.error();
    }
    m_store = std::move(*store);
    showDevices();
    for (const Device& device : m_store->devices())
        if (const auto receipt = storedReceipt(configFolder(), device.name))
            m_panel->setReceipt(QString::fromStdString(device.name), *receipt);
    return {};
}

void DeviceController::showDevices()
{
    QList<DeviceItem> items;
    QStringList names;
    for (const Device& device : m_store->devices()) {
        items << toItem(device);
        names << items.last().name;
    }
    m_panel->setDevices(items);
    Q_EMIT listChanged(names);
}

void DeviceController::save(const QString& original, const DeviceItem& item)
{
    if (!m_store) {
        m_panel->form()->showError(tr("The device list could not be read; it is left as it is."));
        return;
    }
    const auto known = m_store->get(original.toStdString());
    const Device device = toDevice(item, known ? *known : Device{});
    const auto saved = original.isEmpty() ? m_store->add(device) : m_store->update(original.toStdString(), device);
    if (!saved) {
        m_panel->form()->showError(errorDetail(saved.error()));
        return;
    }
    showDevices();
    m_panel->closeForm();
    m_panel->selectDevice(item.name);
}

void DeviceController::remove(const QString& name)
{
    if (!m_store)
        return;
    if (const auto removed = m_store->remove(name.toStdString()); !removed)
        Q_EMIT ended(errorDetail(removed.error()));
    showDevices();
}

std::optional<Device> DeviceController::beginJob(const QString& name, const QString& activity)
{
    if (m_job.isRunning())
        return std::nullopt;
    const auto found = m_store ? m_store->get(name.toStdString()) : Result<Device>(thisComputer());
    if (!found) {
        Q_EMIT ended(errorDetail(found.error()));
        return std::nullopt;
    }
    m_panel->beginJob(name, activity);
    Q_EMIT began(name, activity);
    return *found;
}

template <typename T>
void DeviceController::startOn(WorkerJob& job, const Device& device, DeviceWork<T> work, std::function<void(Result<T>)> done)
{
    const Credentials secrets = m_prompts->secrets(device.name);
    job.start<T>(
        [this, device, secrets, work = std::move(work)](const RunContext& context) -> Result<T> {
            ESPALIER_TRY(const auto transport, openTransport(device, secrets, m_prompts->prompts(device.name, context.stop), context));
            auto result = work(*transport, device, context);
            transport->close();
            return result;
        },
        [this, name = device.name, done = std::move(done)](Result<T>&& result) {
            if (!result && result.error().code == ErrorCode::Authentication)
                m_prompts->forget(name);
            done(std::move(result));
        });
}

void DeviceController::finish(const QString& text)
{
    m_panel->progress()->finish(text);
    m_panel->endJob();
    Q_EMIT ended(text);
}

void DeviceController::finishFailed(const QString& device, const Error& error)
{
    QString text = m_panel->displayName(device) + QStringLiteral(": ") + errorText(error);
    if (error.code == ErrorCode::HostKeyChanged)
        text += QLatin1Char('\n') + tr("Nothing was sent. Either the device was set up anew, or someone stands between you and it. Find out which before you go on.");
    m_panel->progress()->fail(text);
    m_panel->endJob();
    Q_EMIT ended(errorHeadline(error.code));
}

void DeviceController::test(const QString& name)
{
    const auto device = beginJob(name, tr("Testing %1").arg(m_panel->displayName(name)));
    if (!device)
        return;
    startOn<DeviceProfile>(m_job, *device, probeDevice, [this, name](Result<DeviceProfile> profile) {
        if (!profile) {
            m_panel->setTestError(name, errorText(profile.error()));
            return finishFailed(name, profile.error());
        }
        m_panel->setProfile(name, *profile);
        finish(profile->usable() ? tr("%1 is ready to take a release.").arg(m_panel->displayName(name)) : tr("%1 is not ready.").arg(m_panel->displayName(name)));
    });
}

void DeviceController::deploy(const QString& name, const QString& package, const QString& testSet)
{
    const auto device = beginJob(name, tr("Deploying to %1").arg(m_panel->displayName(name)));
    if (!device)
        return;
    DeployRequest request;
    request.package = package.toStdString();
    request.testSet = testSet.toStdString();
    request.retryFailed = true; // the user asked for it by hand
    struct Outcome {
        Receipt receipt;
        std::vector<ReleaseInfo> releases;
    };
    startOn<Outcome>(
        m_job, *device,
        [request](Transport& transport, const Device& target, const RunContext& context) -> Result<Outcome> {
            Outcome outcome;
            ESPALIER_TRY(outcome.receipt, espalier::deploy(transport, target, request, context));
            if (const auto stored = storeReceipt(configFolder(), outcome.receipt); !stored)
                qWarning("The receipt could not be kept: %s", stored.error().message().c_str());
            if (auto releases = listReleases(transport, target, context))
                outcome.releases = std::move(*releases);
            return outcome;
        },
        [this, name](Result<Outcome> outcome) {
            if (!outcome)
                return finishFailed(name, outcome.error());
            m_panel->setReceipt(name, outcome->receipt);
            m_panel->setReleases(name, toItems(outcome->releases));
            m_panel->showPage(DevicesPanel::Page::Receipt);
            finish(tr("%1 answers with the new release.").arg(m_panel->displayName(name)));
            Q_EMIT deployed(name, outcome->receipt);
        });
}

void DeviceController::rollBack(const QString& name)
{
    const auto device = beginJob(name, tr("Going back on %1").arg(m_panel->displayName(name)));
    if (!device)
        return;
    using Releases = std::vector<ReleaseInfo>;
    startOn<Releases>(
        m_job, *device,
        [](Transport& transport, const Device& target, const RunContext& context) -> Result<Releases> {
            ESPALIER_CHECK(rollback(transport, target, context));
            return listReleases(transport, target, context);
        },
        [this, name](Result<Releases> releases) {
            if (!releases)
                return finishFailed(name, releases.error());
            m_panel->setReleases(name, toItems(*releases));
            finish(tr("%1 answers with the previous release.").arg(m_panel->displayName(name)));
        });
}

void DeviceController::listReleasesOf(const QString& name)
{
    const auto device = beginJob(name, tr("Asking %1 for its releases").arg(m_panel->displayName(name)));
    if (!device)
        return;
    startOn<std::vector<ReleaseInfo>>(m_job, *device, listReleases, [this, name](Result<std::vector<ReleaseInfo>> releases) {
        if (!releases) {
            m_panel->setReleasesError(name, errorText(releases.error()));
            return finishFailed(name, releases.error());
        }
        m_panel->setReleases(name, toItems(*releases));
        finish({});
    });
}

void DeviceController::classify(const QString& device, const QString& sentence)
{
    m_nextSentence = {device, sentence};
    if (!m_classifyJob.isRunning())
        classifyNext();
}

void DeviceController::classifyNext()
{
    if (!m_nextSentence)
        return;
    const auto [name, sentence] = *std::exchange(m_nextSentence, std::nullopt);
    const auto device = m_store ? m_store->get(name.toStdString()) : Result<Device>(thisComputer());
    if (!device) {
        Q_EMIT notAnswered(name, errorDetail(device.error()));
        return;
    }
    startOn<TimedAnswer>(
        m_classifyJob, *device,
        [text = sentence.toStdString()](Transport& transport, const Device& target, const RunContext& context) {
            return classifyOne(transport, target, text, context);
        },
        [this, name = name](Result<TimedAnswer> timed) {
            if (timed)
                Q_EMIT answered(name, toLabelAnswer(*timed));
            else
                Q_EMIT notAnswered(name, timed.error().code == ErrorCode::NotFound ? tr("Nothing is deployed on this device yet.") : errorText(timed.error()));
            classifyNext();
        });
}

} // namespace espalier
