// SPDX-License-Identifier: GPL-3.0-or-later
// GradualProposal: where one-shot pruning loses too much, one line that says how much and what would keep more, with the button that does it.
#pragma once

#include "engine/reports/CompressionReport.h"
#include "widgets/compression/CompressionSettings.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace espalier {

class GradualProposal : public QWidget {
    Q_OBJECT

public:
    static constexpr double tolerated = 3; ///< points of validation accuracy below the dense model

    explicit GradualProposal(QWidget* parent = nullptr);

    /// Shown where @p oneShot is further below @p dense than is tolerated; hidden otherwise, and where either is nullptr. @p trained: of the same position
    /// after training; nullptr: none. Where it is within what is tolerated there is nothing to propose.
    void consider(const SparsityPoint* oneShot, const SparsityPoint* dense, const SparsityPoint* trained);

    /// Shown because the chosen score can prune no other way.
    void require();

    /// @p settings with the choices that lost least when they were measured on CLINC150: LAMP over all layers, embeddings among them. A score that only
    /// prunes gradually stays.
    static CompressionSettings recipe(CompressionSettings settings);

Q_SIGNALS:
    void accepted();
    /// It came or went.
    void offered(bool on);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void offer(bool on);

    QLabel* m_why;
    QPushButton* m_button;
    double m_loss = 0; ///< points
    bool m_required = false;
};

} // namespace espalier
