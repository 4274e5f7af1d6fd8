// SPDX-License-Identifier: GPL-3.0-or-later
// DevicesPanel: the list of devices and, for the chosen one, its checks, its receipt and its releases, with Test, Deploy and Roll
// back. It shows values and emits wishes; connections and files are the application's.
#pragma once

#include "engine/reports/DeviceProfile.h"
#include "engine/reports/Receipt.h"
#include "widgets/devices/DeviceItem.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QLabel;
class QLayout;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace espalier {

class CheckList;
class DeviceForm;
class DeviceList;
class JobProgress;
class ReceiptView;
class ReleaseTable;

class DevicesPanel : public QWidget {
    Q_OBJECT

public:
    enum class Page { Receipt, Releases, Checks };

    explicit DevicesPanel(QWidget* parent = nullptr);

    void setDevices(const QList<DeviceItem>& devices);
    [[nodiscard]] QString currentDevice() const;
    void selectDevice(const QString& name);
    /// The name as people read it: "This computer" for the built-in one.
    [[nodiscard]] QString displayName(const QString& name) const;

    void setProfile(const QString& device, const DeviceProfile& profile);
    void setTestError(const QString& device, const QString& text);
    /// An older one than is shown already changes nothing.
    void setReceipt(const QString& device, const Receipt& receipt);
    void setReleases(const QString& device, const QList<ReleaseItem>& releases);
    void setReleasesError(const QString& device, const QString& text);
    /// Whether there is a model to deploy; @p reason says what is missing.
    void setDeployable(bool possible, const QString& reason);

    /// One long act at a time; the buttons rest while it runs.
    void beginJob(const QString& device, const QString& activity);
    [[nodiscard]] JobProgress* progress() const { return m_progress; }
    void endJob();

    void showPage(Page page);
    void openNewDeviceForm();
    void closeForm();
    [[nodiscard]] DeviceForm* form() const { return m_form; }

Q_SIGNALS:
    void currentDeviceChanged(const QString& device);
    /// @p original: its name on the list, empty for a new one. Answer with closeForm(), or form()->showError().
    void saveRequested(const QString& original, const espalier::DeviceItem& device);
    void removeRequested(const QString& device);
    void testRequested(const QString& device);
    void deployRequested(const QString& device);
    void rollbackRequested(const QString& device);
    void releasesRequested(const QString& device);
    void cancelRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Facts {
        std::optional<DeviceProfile> profile;
        QString testError;
        bool testing = false;
        std::optional<Receipt> receipt;
        std::optional<QList<ReleaseItem>> releases;
        QString releasesError;
    };

    QWidget* buildDevicePage();
    QLayout* buildHead();
    void connectParts();
    void retranslate();
    void showDevice();
    void updateButtons();
    void askRemove(const QString& name);
    [[nodiscard]] const DeviceItem* item(const QString& name) const;

    QList<DeviceItem> m_devices;
    QHash<QString, Facts> m_facts;
    QString m_busyDevice; ///< empty: nothing runs
    bool m_deployable = false;
    QString m_deployReason;

    DeviceList* m_list = nullptr;
    QStackedWidget* m_pages = nullptr;
    DeviceForm* m_form = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_address = nullptr;
    QPushButton* m_test = nullptr;
    QPushButton* m_deploy = nullptr;
    JobProgress* m_progress = nullptr;
    QTabWidget* m_tabs = nullptr;
    ReceiptView* m_receipt = nullptr;
    ReleaseTable* m_releases = nullptr;
    CheckList* m_checks = nullptr;
};

} // namespace espalier
