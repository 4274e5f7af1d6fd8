// SPDX-License-Identifier: GPL-3.0-or-later
// FlipsView: the answers that compression changed, as the last package showed them: how many in each class and at each length, and the sentences, pinned ones
// first and then those whose answers lost most.
#pragma once

#include "engine/reports/FlipReport.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableWidget;

namespace espalier {

class EmptyHint;

class FlipsView : public QWidget {
    Q_OBJECT

public:
    explicit FlipsView(QWidget* parent = nullptr);

    /// None: the empty state, which says how to come by one.
    void setReport(const std::optional<FlipReport>& report);
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QTableWidget* slices() const { return m_slices; }
    [[nodiscard]] QTableWidget* sentences() const { return m_sentences; }

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildTables();
    void retranslate();
    void showReport();
    void addSlice(const FlipSlice& slice);
    void addSentence(const FlippedSentence& flip);

    std::optional<FlipReport> m_report;
    QStackedWidget* m_pages;
    EmptyHint* m_empty;
    QLabel* m_summary;
    QTableWidget* m_slices;
    QTableWidget* m_sentences;
};

} // namespace espalier
