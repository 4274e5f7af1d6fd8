// SPDX-License-Identifier: GPL-3.0-or-later
// DeviceController: does what the devices panel asks for: keeps the device list, and tests, pushes to, rolls back and asks devices
// on worker threads. Results come back on the GUI thread.
#pragma once

#include "app/PromptBridge.h"
#include "app/WorkerJob.h"
#include "engine/deployment/DeviceStore.h"
#include "engine/deployment/Releases.h"
#include "engine/deployment/Transport.h"
#include "engine/reports/Receipt.h"
#include "widgets/devices/AnswerCard.h"
#include "widgets/devices/DeviceItem.h"

#include <QObject>

#include <memory>
#include <optional>

namespace espalier {

class DevicesPanel;

class DeviceController : public QObject {
    Q_OBJECT

public:
    DeviceController(DevicesPanel* panel, PromptBridge* prompts, QObject* parent = nullptr);

    /// Reads the list from disk and fills the panel. The error when the file is damaged; then only this computer is there.
    Result<void> load();
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }

    /// Pushes @p package; @p testSet may be empty. Answers by deployed() or failed().
    void deploy(const QString& device, const QString& package, const QString& testSet);
    void cancel() { m_job.cancel(); }
    /// Labels @p sentence on @p device beside whatever else runs. A newer one takes the place of one that waits.
    void classify(const QString& device, const QString& sentence);

Q_SIGNALS:
    /// What now runs on a device, for the status bar.
    void began(const QString& device, const QString& activity);
    void progressed(const espalier::Progress& progress);
    void ended(const QString& text);
    void listChanged(const QStringList& names);
    void deployed(const QString& device, const espalier::Receipt& receipt);
    void answered(const QString& device, const espalier::LabelAnswer& answer);
    void notAnswered(const QString& device, const QString& reason);

private:
    void connectPanel();
    void showDevices();
    void save(const QString& original, const DeviceItem& item);
    void remove(const QString& name);
    void test(const QString& name);
    void rollBack(const QString& name);
    void listReleasesOf(const QString& name);
    void finish(const QString& text);
    void finishFailed(const QString& device, const Error& error);
    void classifyNext();

    template <typename T>
    using DeviceWork = std::function<Result<T>(Transport&, const Device&, const RunContext&)>;
    /// Opens the device on a worker and runs @p work there.
    template <typename T>
    void startOn(WorkerJob& job, const Device& device, DeviceWork<T> work, std::function<void(Result<T>)> done);
    std::optional<Device> beginJob(const QString& name, const QString& activity);

    DevicesPanel* m_panel;
    PromptBridge* m_prompts;
    std::optional<DeviceStore> m_store;
    WorkerJob m_job;
    WorkerJob m_classifyJob;
    std::optional<std::pair<QString, QString>> m_nextSentence; ///< device, sentence
};

} // namespace espalier
