// SPDX-License-Identifier: GPL-3.0-or-later
// DeviceChoice: where time and memory are measured: this computer, or a device of the user's list. Not to be seen while there is no other device.
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;

namespace espalier {

class DeviceChoice : public QWidget {
    Q_OBJECT

public:
    explicit DeviceChoice(QWidget* parent = nullptr);

    /// @p others: names of devices beside this computer. Where @p chosen is not among them it is this computer. Emits nothing.
    void setDevices(const QStringList& others, const QString& chosen);
    /// Its name; empty: this computer.
    [[nodiscard]] QString device() const;
    /// "this computer", or the name of @p device: the end of "measured on".
    [[nodiscard]] static QString placeOf(const QString& device);
    [[nodiscard]] QString place() const { return placeOf(device()); }

Q_SIGNALS:
    void chosen(const QString& device);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* m_label;
    QComboBox* m_box;
};

} // namespace espalier
