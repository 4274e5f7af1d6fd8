// SPDX-License-Identifier: GPL-3.0-or-later
// DeviceForm: how one device is reached. It stays open, with the reason at its foot, until what was entered can be used.
#pragma once

#include "widgets/devices/DeviceItem.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace espalier {

class DeviceForm : public QWidget {
    Q_OBJECT

public:
    explicit DeviceForm(QWidget* parent = nullptr);

    /// An empty form for a new device.
    void openNew();
    void openFor(const DeviceItem& device);
    /// Why it could not be saved; empty hides the line.
    void showError(const QString& reason);

Q_SIGNALS:
    /// @p original is the device's name on the list; empty for a new one.
    void saveRequested(const QString& original, const espalier::DeviceItem& device);
    void closed();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();
    void build();
    void layOut();
    void fill(const DeviceItem& device);
    void save();
    void browseKey();

    QString m_original;
    QLabel* m_title = nullptr;
    QFormLayout* m_form = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_host = nullptr;
    QSpinBox* m_port = nullptr;
    QLineEdit* m_user = nullptr;
    QLineEdit* m_key = nullptr;
    QPushButton* m_browse = nullptr;
    QLineEdit* m_folder = nullptr;
    QLabel* m_hint = nullptr;
    QLabel* m_error = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_cancel = nullptr;
};

} // namespace espalier
