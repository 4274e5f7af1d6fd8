// SPDX-License-Identifier: GPL-3.0-or-later
// RowsModel: the rows of a part of a dataset as a table that knows how many there are and fetches a page when one is looked at.
// What has not arrived shows as empty. It keeps what it has seen until begin().
#pragma once

#include "engine/reports/DatasetSummary.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <map>

namespace espalier {

class RowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, Text, Labels, ColumnCount };
    static constexpr int pageRows = 100;

    explicit RowsModel(QObject* parent = nullptr);

    /// Another question was put: forgets everything; the next page() says how many rows there are.
    void begin();
    void setPage(const RowsPage& page);
    [[nodiscard]] std::int64_t matches() const { return m_matches; }
    [[nodiscard]] std::int64_t total() const { return m_total; }
    /// nullptr while it has not arrived.
    [[nodiscard]] const DataRow* row(int index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// A page that is being looked at is not here. @p offset: its first row among the matches.
    void pageWanted(std::int64_t offset);

private:
    void want(int page) const;

    std::int64_t m_matches = 0;
    std::int64_t m_total = 0;
    std::map<int, std::vector<DataRow>> m_pages;
    mutable QTimer m_soon; ///< data() is asked cell by cell while painting: ask for a page once, afterwards
    mutable int m_wanted = 0;
};

/// The labels of a row in one line; for tags a word, word and tag where the tag is not O.
QString labelsText(const DataRow& row);

} // namespace espalier
