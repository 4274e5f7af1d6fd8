// SPDX-License-Identifier: GPL-3.0-or-later
// AnswerCard: one side's answer to a sentence: the label, the likeliest labels as bars, and how long it took.
#pragma once

#include "widgets/devices/ProbabilityBars.h"

#include <QFrame>

class QLabel;
class QStackedWidget;

namespace espalier {

struct LabelAnswer {
    QString label;
    QList<LabelProbability> probabilities; ///< best first
    double milliseconds = 0;
};

class AnswerCard : public QFrame {
    Q_OBJECT

public:
    explicit AnswerCard(QWidget* parent = nullptr);

    /// @p timeNote says what the time includes.
    void setTitle(const QString& title, const QString& timeNote);
    /// Why there is no answer, or what to do to get one.
    void setHint(const QString& hint);
    void setWaiting();
    void setAnswer(const LabelAnswer& answer);
    [[nodiscard]] QString label() const;

private:
    QLabel* m_title = nullptr;
    QLabel* m_time = nullptr;
    QLabel* m_label = nullptr;
    QLabel* m_hint = nullptr;
    ProbabilityBars* m_bars = nullptr;
    QStackedWidget* m_pages = nullptr;
};

} // namespace espalier
