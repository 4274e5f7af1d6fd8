// SPDX-License-Identifier: GPL-3.0-or-later
// FlipsView: the answers that compression changed, as the last package showed them: how many in each class and at each length, and the sentences, pinned ones
// first and then those whose answers lost most. Choosing a class or a length leaves its sentences. Both tables sort by any column.
#pragma once

#include "engine/reports/FlipReport.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableWidget;
class QToolButton;

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
    [[nodiscard]] QToolButton* showAll() const { return m_showAll; }

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildTables();
    QWidget* buildSentences();
    void retranslate();
    void showReport();
    void showSlices();
    void showSentences();
    void choose(std::optional<std::size_t> slice);
    [[nodiscard]] QString nameOf(const FlipSlice& slice) const;
    void addSlice(std::size_t index);
    void addSentence(const FlippedSentence& flip);

    std::optional<FlipReport> m_report;
    std::optional<std::size_t> m_chosen; ///< of the report's slices
    QStackedWidget* m_pages;
    EmptyHint* m_empty;
    QLabel* m_summary;
    QTableWidget* m_slices;
    QWidget* m_chosenBar;
    QLabel* m_chosenText;
    QToolButton* m_showAll;
    QTableWidget* m_sentences;
};

} // namespace espalier
