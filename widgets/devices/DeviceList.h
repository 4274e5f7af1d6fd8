// SPDX-License-Identifier: GPL-3.0-or-later
// DeviceList: the machines that can take releases, with the buttons that add one and remove one. Shows; does not store.
#pragma once

#include "widgets/devices/DeviceItem.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace espalier {

class DeviceList : public QWidget {
    Q_OBJECT

public:
    explicit DeviceList(QWidget* parent = nullptr);

    /// Keeps the selection where the device is still there; else selects the first.
    void setDevices(const QList<DeviceItem>& devices);
    [[nodiscard]] QString current() const;
    void select(const QString& name);
    /// A word under the name: "Ready", "Deployed 3 minutes ago". Empty removes it.
    void setNote(const QString& name, const QString& note);

Q_SIGNALS:
    void currentChanged(const QString& name);
    void addRequested();
    void editRequested(const QString& name);
    void removeRequested(const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void refresh();
    [[nodiscard]] const DeviceItem* item(const QString& name) const;

    QList<DeviceItem> m_devices;
    QHash<QString, QString> m_notes;
    QLabel* m_title = nullptr;
    QListWidget* m_list = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_edit = nullptr;
    QPushButton* m_remove = nullptr;
};

} // namespace espalier
