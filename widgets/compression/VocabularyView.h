// SPDX-License-Identifier: GPL-3.0-or-later
// VocabularyView: what cutting the vocabulary would do, before it is done: how many tokens stay at a least frequency, what share of the text's
// tokens goes with the rest, over every size, and which they are, to search through. The app answers profileWanted with setProfile() or setError().
#pragma once

#include "engine/reports/VocabularyReport.h"

#include <QWidget>

#include <memory>
#include <optional>

class QCPItemStraightLine;
class QCustomPlot;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTableView;

namespace espalier {

class EmptyHint;
class TokenCountModel;

class VocabularyView : public QWidget {
    Q_OBJECT

public:
    explicit VocabularyView(QWidget* parent = nullptr);

    /// Another checkpoint is chosen, or none: what is known is of no use. Asks for its profile when the view is looked at.
    void forget();
    void setProfile(const VocabularyProfile& profile);
    /// Why there is none, and what to do.
    void setError(const QString& text);
    void setMinFrequency(int count);
    [[nodiscard]] int minFrequency() const;

    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QTableView* tokens() const { return m_table; }
    [[nodiscard]] QLineEdit* search() const { return m_search; }
    [[nodiscard]] QPushButton* applyButton() const { return m_apply; }

Q_SIGNALS:
    void profileWanted();
    /// The Cut vocabulary node is to be set so.
    void applyRequested(int minFrequency);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildPage();
    void retranslate();
    void showCut();
    void showTokens();
    void drawCurve();
    [[nodiscard]] std::int64_t keptTokens() const;
    [[nodiscard]] VocabularyPoint pointAt(std::int64_t tokens) const;

    std::optional<VocabularyProfile> m_profile;
    bool m_asked = false;
    QStackedWidget* m_pages;
    EmptyHint* m_empty;
    QLabel* m_leastLabel;
    QSpinBox* m_least;
    QPushButton* m_apply;
    QLabel* m_summary;
    QCustomPlot* m_plot;
    QCPItemStraightLine* m_mark;
    QLineEdit* m_search;
    QTableView* m_table;
    TokenCountModel* m_model;
};

} // namespace espalier
