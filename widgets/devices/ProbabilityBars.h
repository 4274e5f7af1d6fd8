// SPDX-License-Identifier: GPL-3.0-or-later
// ProbabilityBars: the likeliest labels of one answer, a bar a label, the first one in the accent.
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace espalier {

struct LabelProbability {
    QString label;
    double probability = 0; ///< 0 to 1
};

class ProbabilityBars : public QWidget {
    Q_OBJECT

public:
    explicit ProbabilityBars(QWidget* parent = nullptr);

    /// Best first; five are shown.
    void setProbabilities(const QList<LabelProbability>& probabilities);
    [[nodiscard]] const QList<LabelProbability>& probabilities() const { return m_probabilities; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int rowHeight() const;

    QList<LabelProbability> m_probabilities;
};

} // namespace espalier
