// SPDX-License-Identifier: GPL-3.0-or-later
// ReceiptView: everything a device answered after a push, as a table that can be copied. Every figure in it was measured there.
#pragma once

#include "engine/reports/Receipt.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace espalier {

class ReceiptView : public QWidget {
    Q_OBJECT

public:
    explicit ReceiptView(QWidget* parent = nullptr);

    void clear();
    void setReceipt(const Receipt& receipt);
    [[nodiscard]] bool isEmpty() const { return !m_receipt; }
    /// The table as lines of name, tab, value.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// The empty state's button.
    void deployRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();
    void addSection(const QString& title);
    void addRow(const QString& name, const QString& value);
    void addRelease(const Receipt& receipt);
    void addLatency(const LatencyReport& latency);
    void addDevice(const DeviceProfile& profile);

    std::optional<Receipt> m_receipt;
    QStackedWidget* m_pages = nullptr;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_deploy = nullptr;
    QTableWidget* m_table = nullptr;
    QPushButton* m_copy = nullptr;
};

/// A UTC time in ISO 8601 as local time; the text itself when it is none.
QString localTimeText(const std::string& utc);

} // namespace espalier
