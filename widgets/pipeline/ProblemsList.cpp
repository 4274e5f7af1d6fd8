// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/ProblemsList.h"

#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/style/Theme.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QListWidget>

namespace espalier {

ProblemsList::ProblemsList(PipelineModel& model, QWidget* parent) : QWidget(parent), m_model(model), m_list(new QListWidget), m_empty(new QLabel)
{
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setSpacing(2);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list);
    column->addWidget(m_empty);
    connect(&model, &PipelineModel::problemsChanged, this, &ProblemsList::rebuild);
    connect(&model, &PipelineModel::graphChanged, this, &ProblemsList::rebuild);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { choose(m_list->row(item)); });
    connect(m_list, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) { choose(m_list->row(item)); });
    connect(themeNotifier(), &ThemeNotifier::changed, this, &ProblemsList::rebuild);
    rebuild();
}

void ProblemsList::rebuild()
{
    m_list->setAccessibleName(tr("Problems"));
    m_empty->setText(m_model.graph().nodes().empty() ? tr("Problems of the pipeline will be listed here.") : tr("No problems: the pipeline can run."));
    m_list->clear();
    for (const Problem& problem : m_model.problems()) {
        const bool error = problem.severity == Problem::Severity::Error;
        const QString where = problem.node.empty() ? tr("Pipeline") : nodeTitle(m_model.graph(), problem.node);
        const QString text = tr("%1: %2 %3").arg(where, problemText(m_model.graph(), problem), problemRemedy(m_model.graph(), problem));
        const QColor color = error ? themeColors().danger : themeColors().warning;
        auto* item = new QListWidgetItem(icon(error ? QStringLiteral("error") : QStringLiteral("warning"), color), text.trimmed(), m_list);
        item->setData(Qt::AccessibleTextRole, (error ? tr("Error: %1") : tr("Warning: %1")).arg(text));
    }
    const bool none = m_model.problems().empty();
    m_list->setVisible(!none);
    m_empty->setVisible(none);
}

void ProblemsList::choose(int row)
{
    if (row < 0 || row >= static_cast<int>(m_model.problems().size()))
        return;
    const Problem problem = m_model.problems()[static_cast<std::size_t>(row)]; // a copy: the list may change while others react
    if (problem.node.empty())
        return;
    m_model.setCurrentNode(problem.node);
    Q_EMIT problemChosen(problem.node, problem.parameter);
}

void ProblemsList::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        rebuild();
}

} // namespace espalier
