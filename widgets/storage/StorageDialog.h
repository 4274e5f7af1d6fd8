// SPDX-License-Identifier: GPL-3.0-or-later
// StorageDialog: what a project's results take on disk, up to which limit they may, and a button that takes away what nothing needs. It
// asks by signals and shows what it is handed.
#pragma once

#include <QDialog>

#include <vector>

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace espalier {

struct StoredEntry {
    QString type;              ///< port type of a result; empty: unfinished work
    std::int64_t bytes = 0;
    std::int64_t lastUsed = 0; ///< seconds since 1970
    QString kept;              ///< "project", "pinned", "running"; empty: it may go
};

struct StorageUse {
    std::int64_t bytes = 0;
    std::int64_t removable = 0;
    std::int64_t limit = 0;
    std::vector<StoredEntry> entries;
};

class StorageDialog : public QDialog {
    Q_OBJECT

public:
    explicit StorageDialog(QWidget* parent = nullptr);

    void setUse(const StorageUse& use);
    /// Says that @p bytes were taken away; the new use follows.
    void setFreed(std::int64_t bytes);
    void setError(const QString& text);

Q_SIGNALS:
    void cleanUpWanted();
    void limitChosen(std::int64_t bytes);

private:
    QWidget* makeLimitRow();
    void fill(const std::vector<StoredEntry>& entries);
    void say(const QString& text, bool isError);

    QLabel* m_used;
    QLabel* m_said;
    QDoubleSpinBox* m_limit;
    QTableWidget* m_table;
    QPushButton* m_clean;
};

} // namespace espalier
