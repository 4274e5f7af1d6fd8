// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TrainingPlace.h"

#include "app/TrainingController.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/training/RunsView.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QTabWidget>
#include <QVBoxLayout>

namespace espalier {

TrainingPlace::TrainingPlace(PipelineModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_choice(new QWidget), m_label(new QLabel), m_nodes(new QComboBox), m_panel(new TrainingPanel),
      m_runs(new RunsView), m_tabs(new QTabWidget)
{
    m_nodes->setObjectName(QStringLiteral("trainingNode"));
    m_panel->setObjectName(QStringLiteral("trainingPanel"));
    auto* choice = new QHBoxLayout(m_choice);
    choice->setContentsMargins(16, 8, 16, 0);
    choice->addWidget(m_label);
    choice->addWidget(m_nodes);
    choice->addStretch();
    auto* run = new QWidget;
    auto* layout = new QVBoxLayout(run);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_choice);
    layout->addWidget(m_panel, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->setObjectName(QStringLiteral("trainingPages"));
    m_tabs->addTab(run, {});
    m_tabs->addTab(m_runs, {});
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_tabs);
    connect(m_nodes, &QComboBox::activated, this, [this] {
        if (m_controller)
            m_controller->choose(m_nodes->currentData().toString().toStdString());
    });
    connect(model, &PipelineModel::nodeChanged, this, &TrainingPlace::fill);
    retranslate();
    m_choice->hide();
}

void TrainingPlace::setController(TrainingController* controller)
{
    m_controller = controller;
    connect(controller, &TrainingController::nodesChanged, this, &TrainingPlace::fill);
}

void TrainingPlace::fill()
{
    if (!m_controller)
        return;
    const auto nodes = m_controller->nodes();
    m_nodes->clear();
    for (const std::string& node : nodes)
        m_nodes->addItem(nodeTitle(m_model->graph(), node), QString::fromStdString(node));
    m_nodes->setCurrentIndex(m_nodes->findData(QString::fromStdString(m_controller->shown())));
    m_choice->setVisible(nodes.size() > 1);
}

void TrainingPlace::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TrainingPlace::retranslate()
{
    m_tabs->setTabText(0, tr("This run"));
    m_tabs->setTabText(1, tr("Compare runs"));
    m_label->setText(tr("Training of"));
    m_nodes->setAccessibleName(tr("Training of"));
    fill();
}

} // namespace espalier
