// SPDX-License-Identifier: GPL-3.0-or-later
// RowsPanel: the rows of a dataset themselves: a part, a label, a search as you type, and the rows that match, fetched page by page as
// they come into view; under them the tokens of the chosen row.
#pragma once

#include "engine/reports/DatasetSummary.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace espalier {

class RowsModel;
class TokenStrip;
struct ShownToken;

/// Which rows are asked for; @c question tells an answer to an earlier question from one to this.
struct RowsRequest {
    std::string part;
    std::string search;
    std::string label; ///< empty: any
    std::int64_t offset = 0;
    int question = 0;
};

class RowsPanel : public QWidget {
    Q_OBJECT

public:
    explicit RowsPanel(QWidget* parent = nullptr);

    /// Another dataset: its parts and labels to choose from, its rows to be asked for.
    void setSummary(const DatasetSummary& summary);
    void setLabel(const QString& label);
    /// Shows the rows of @p partName whose text holds @p search.
    void find(const QString& partName, const QString& search);
    /// An answer to an earlier question is ignored.
    void setPage(const RowsPage& page, int question);
    void setError(const QString& text, int question);
    /// The tokens of the chosen row; an answer about another is ignored.
    void setTokens(const QString& text, const std::vector<ShownToken>& tokens);
    void setTokenError(const QString& text, const QString& why);

Q_SIGNALS:
    void rowsWanted(const espalier::RowsRequest& request);
    /// A row was chosen.
    void tokensWanted(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void ask();
    void askFrom(std::int64_t offset);
    void showCount();
    void chooseRow(int row);
    void retranslate();

    int m_question = 0;
    bool m_answered = false;
    QTimer m_pause;
    QComboBox* m_part;
    QComboBox* m_label;
    QLineEdit* m_search;
    QLabel* m_count;
    RowsModel* m_rows;
    QTableView* m_table;
    TokenStrip* m_tokens;
    QString m_chosen; ///< the text whose tokens are shown or asked for; empty: none
};

} // namespace espalier
