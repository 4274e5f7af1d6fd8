// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/GradualProposal.h"

#include "engine/graph/PruningParameters.h"
#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace espalier {
namespace {

double pointsLost(const SparsityPoint& point, const SparsityPoint& dense)
{
    return (dense.accuracy - point.accuracy) * 100;
}

} // namespace

GradualProposal::GradualProposal(QWidget* parent) : QWidget(parent), m_why(new QLabel), m_button(new QPushButton)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_why->setWordWrap(true);
    m_why->setTextFormat(Qt::PlainText);
    row->addWidget(m_why, 1);
    row->addSpacing(2 * gridStep);
    m_button->setObjectName(QStringLiteral("pruneGradually"));
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &GradualProposal::accepted);
    retranslate();
    hide();
}

CompressionSettings GradualProposal::recipe(CompressionSettings settings)
{
    if (settings.score == QLatin1String(scoreOfTraining))
        return settings;
    settings.score = QStringLiteral("lamp");
    settings.method = QStringLiteral("global");
    settings.embeddings = QStringLiteral("pooled");
    return settings;
}

void GradualProposal::consider(const SparsityPoint* oneShot, const SparsityPoint* dense, const SparsityPoint* trained)
{
    const bool keeps = trained && dense && pointsLost(*trained, *dense) <= tolerated;
    m_required = false;
    m_loss = oneShot && dense && !keeps ? pointsLost(*oneShot, *dense) : 0;
    offer(m_loss > tolerated);
}

void GradualProposal::require()
{
    m_required = true;
    offer(true);
}

void GradualProposal::offer(bool on)
{
    retranslate();
    if (on != isHidden())
        return;
    setVisible(on);
    Q_EMIT offered(on);
}

void GradualProposal::retranslate()
{
    m_why->setText(m_required ? tr("This score is gathered while the model trains, so nothing can be measured before. Gradual pruning takes weights away meanwhile, with the dense model as its teacher.")
                             : tr("Pruning at once costs %1 points here, more than %2. Gradual pruning takes weights away while the model trains on, with the dense model as its teacher.")
                       .arg(QLocale().toString(m_loss, 'f', 1), QLocale().toString(tolerated, 'f', 0)));
    m_button->setText(tr("Prune &gradually"));
    m_button->setToolTip(wrappedTip(m_required ? tr("Sets the Prune node to these choices and this sparsity with gradual recovery; run it to measure what that keeps")
                                               : tr("Sets the Prune node to this sparsity, with LAMP scores over all layers together and gradual recovery; run it to measure what that keeps")));
}

void GradualProposal::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
