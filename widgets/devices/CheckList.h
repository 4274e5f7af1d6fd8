// SPDX-License-Identifier: GPL-3.0-or-later
// CheckList: what the probe found out about a device, a check a row: passed or not, what was seen, and the remedy under what did
// not pass.
#pragma once

#include "engine/reports/DeviceProfile.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;

namespace espalier {

class CheckList : public QWidget {
    Q_OBJECT

public:
    explicit CheckList(QWidget* parent = nullptr);

    /// Nothing known yet: says what Test does.
    void clear();
    /// Test is under way.
    void setWaiting();
    void setProfile(const DeviceProfile& profile);
    /// The device could not be asked at all.
    void setError(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class State { Empty, Waiting, Known, Failed };
    void rebuild();
    void removeRows();
    void addCheck(const DeviceCheck& check);
    void addRow(const QString& iconName, const QColor& color, const QString& name, const QString& text);

    State m_state = State::Empty;
    std::optional<DeviceProfile> m_profile;
    QString m_error;
    QLabel* m_headline = nullptr;
    QGridLayout* m_rows = nullptr;
};

/// The name of a check ("Shell tools"), in the current language; the id itself when it is not known.
QString deviceCheckName(const std::string& id);

} // namespace espalier
