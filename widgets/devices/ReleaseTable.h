// SPDX-License-Identifier: GPL-3.0-or-later
// ReleaseTable: the releases that lie on a device, the current one marked, and the button that goes back to the one before.
#pragma once

#include "widgets/devices/DeviceItem.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableWidget;

namespace espalier {

class ReleaseTable : public QWidget {
    Q_OBJECT

public:
    explicit ReleaseTable(QWidget* parent = nullptr);

    /// Not asked yet.
    void clear();
    void setReleases(const QList<ReleaseItem>& releases);
    void setError(const QString& text);
    /// While something runs on the device neither button answers.
    void setBusy(bool busy);

Q_SIGNALS:
    void refreshRequested();
    void rollbackRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();
    void updateButtons();
    [[nodiscard]] QString stateText(const ReleaseItem& release) const;

    QList<ReleaseItem> m_releases;
    QString m_error;
    bool m_asked = false;
    bool m_busy = false;
    QLabel* m_note = nullptr;
    QTableWidget* m_table = nullptr;
    QPushButton* m_refresh = nullptr;
    QPushButton* m_rollback = nullptr;
};

} // namespace espalier
