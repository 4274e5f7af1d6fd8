// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Drawer.h"

#include "app/LogView.h"
#include "widgets/data/DataPanel.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/ProblemsList.h"
#include "widgets/style/Icons.h"

#include <QAction>
#include <QEvent>
#include <QSplitter>
#include <QToolButton>

namespace espalier {

Drawer::Drawer(PipelineModel* model, ProblemsList* problems, QWidget* parent)
    : QTabWidget(parent), m_model(model), m_problems(problems), m_log(new LogView), m_data(new DataPanel)
{
    setObjectName(QStringLiteral("drawer"));
    setDocumentMode(true);
    addTab(m_problems, icon(QStringLiteral("warning")), {});
    addTab(m_log, icon(QStringLiteral("log")), {});
    addTab(m_data, icon(QStringLiteral("data")), {});
    auto* close = new QToolButton;
    close->setIcon(icon(QStringLiteral("close")));
    close->setAutoRaise(true);
    close->setObjectName(QStringLiteral("closeDrawerButton"));
    setCornerWidget(close);
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        updateActions();
    });
    connect(this, &QTabWidget::currentChanged, this, &Drawer::updateActions);
    connect(model, &PipelineModel::problemsChanged, this, &Drawer::retranslate);
    retranslate();
    hide();
}

void Drawer::setActions(const QList<QAction*>& actions)
{
    m_actions = actions;
    for (int tab = 0; tab < m_actions.size(); ++tab)
        connect(m_actions[tab], &QAction::triggered, this, [this, tab] { toggle(tab); });
}

void Drawer::open(int tab)
{
    setCurrentIndex(tab);
    show();
    updateActions();
    // Rows and bars want more room than a line of the log.
    if (auto* split = qobject_cast<QSplitter*>(parentWidget()); split && tab == dataTab && height() < split->height() * 2 / 5)
        split->setSizes({split->height() / 2, split->height() / 2});
}

void Drawer::toggle(int tab)
{
    if (isVisible() && currentIndex() == tab)
        hide();
    else
        open(tab);
    updateActions();
}

void Drawer::updateActions()
{
    for (int tab = 0; tab < m_actions.size(); ++tab)
        m_actions[tab]->setChecked(!isHidden() && currentIndex() == tab);
}

void Drawer::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTabWidget::changeEvent(event);
}

void Drawer::retranslate()
{
    const auto count = m_model->problems().size();
    setTabText(0, count == 0 ? tr("Problems") : tr("Problems (%1)").arg(count));
    setTabText(1, tr("Log"));
    setTabText(dataTab, tr("Data"));
    m_log->setAccessibleName(tr("Log"));
    cornerWidget()->setAccessibleName(tr("Close"));
    cornerWidget()->setToolTip(tr("Close"));
}

} // namespace espalier
