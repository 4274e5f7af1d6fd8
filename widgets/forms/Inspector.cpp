// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/Inspector.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/forms/NumberField.h"
#include "widgets/forms/ParameterForm.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

namespace espalier {
namespace {

QLabel* wrapped()
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

Inspector::Inspector(PipelineModel& model, QWidget* parent)
    : QWidget(parent), m_model(model), m_pages(new QStackedWidget), m_empty(wrapped()), m_scroll(new QScrollArea), m_type(new QLabel), m_title(new QLineEdit),
      m_help(wrapped()), m_stateIcon(new QLabel), m_state(wrapped()), m_buttons(new QHBoxLayout), m_form(new ParameterForm(model)), m_resultTitle(new QLabel), m_figures(new QFormLayout)
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setMargin(3 * gridStep);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(makeContent());
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_scroll);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    leaveUndoToWindow(m_title);
    connect(m_title, &QLineEdit::textEdited, this, &Inspector::commitTitle);
    connect(&model, &PipelineModel::currentNodeChanged, this, &Inspector::showCurrent);
    connect(&model, &PipelineModel::reset, this, &Inspector::showCurrent);
    connect(&model, &PipelineModel::nodeChanged, this, &Inspector::refreshHeader);
    connect(&model, &PipelineModel::problemsChanged, this, &Inspector::refreshStatus);
    connect(&model, &PipelineModel::nodeStatusChanged, this, [this](const std::string& node) {
        if (node == m_form->node())
            refreshStatus(), refreshResult();
    });
    connect(themeNotifier(), &ThemeNotifier::changed, this, &Inspector::showCurrent);
    retranslate();
}

QWidget* Inspector::makeContent()
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_resultTitle->setFont(bold);
    m_type->setForegroundRole(QPalette::PlaceholderText);
    m_help->setForegroundRole(QPalette::PlaceholderText);
    m_figures->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* state = new QHBoxLayout;
    state->addWidget(m_stateIcon, 0, Qt::AlignTop);
    state->addWidget(m_state, 1);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(2 * gridStep, 2 * gridStep, 2 * gridStep, 2 * gridStep);
    column->addWidget(m_type);
    column->addWidget(m_title);
    column->addWidget(m_help);
    column->addLayout(state);
    column->addSpacing(gridStep);
    m_buttons->addStretch();
    column->addLayout(m_buttons);
    column->addWidget(m_form);
    column->addSpacing(gridStep);
    column->addWidget(m_resultTitle);
    column->addLayout(m_figures);
    column->addStretch();
    return content;
}

void Inspector::retranslate()
{
    m_empty->setText(tr("Choose a node to see what it does, change how it does it, and read its result."));
    m_title->setAccessibleName(tr("Title of the node"));
    m_title->setToolTip(tr("What this node is called on the canvas. Empty: the name of its type."));
    m_resultTitle->setText(tr("Result"));
    m_scroll->setAccessibleName(tr("Inspector"));
    showCurrent();
}

void Inspector::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void Inspector::showCurrent()
{
    const bool any = m_model.graph().node(m_model.currentNode()) != nullptr;
    m_form->setNode(m_model.currentNode());
    m_pages->setCurrentWidget(any ? static_cast<QWidget*>(m_scroll) : m_empty);
    refreshHeader();
    refreshStatus();
    refreshResult();
}

void Inspector::refreshHeader()
{
    const Node* node = m_model.graph().node(m_model.currentNode());
    if (!node)
        return;
    const NodeType* type = nodeCatalog().find(node->type);
    const QString id = QString::fromStdString(node->id);
    m_type->setText(type ? tr("%1 · %2 · %3").arg(catalogText(type->category), nodeTypeLabel(node->type), id) : tr("%1 · %2").arg(nodeTypeLabel(node->type), id));
    m_title->setPlaceholderText(nodeTypeLabel(node->type));
    if (const QString title = QString::fromStdString(node->title); m_title->text().trimmed() != title)
        m_title->setText(title);
    for (const NodeAction& action : m_actions)
        action.button->setVisible(action.concerns(*node));
    m_help->setText(type ? catalogText(type->help) : tr("This version does not know this type of node. It is kept in the project as it is."));
}

void Inspector::refreshStatus()
{
    const std::string& node = m_model.currentNode();
    const NodeStatus status = m_model.nodeStatus(node);
    QStringList problems;
    for (const Problem& problem : m_model.problemsOf(node))
        if (!m_form->row(problem.parameter))
            problems << problemText(m_model.graph(), problem) + QLatin1Char(' ') + problemRemedy(m_model.graph(), problem);
    QStringList lines{status.message.isEmpty() ? nodeStateLabel(status.state) : nodeStateLabel(status.state) + QStringLiteral(": ") + status.message};
    const bool troubled = !problems.isEmpty();
    if (troubled && status.state == NodeState::Idle)
        lines.clear(); // that it has not run yet goes without saying
    lines << problems;
    const QColor color = troubled ? themeColors().danger : nodeStateColor(status.state);
    const QString name = troubled ? QStringLiteral("error") : status.state == NodeState::Idle ? QStringLiteral("clock") : nodeStateIcon(status.state);
    m_stateIcon->setPixmap(icon(name, color).pixmap(QSize(16, 16), devicePixelRatioF()));
    QPalette palette = m_state->palette();
    palette.setColor(QPalette::WindowText, color);
    m_state->setPalette(palette);
    m_state->setText(lines.join(QLatin1Char('\n')).trimmed());
}

void Inspector::refreshResult()
{
    while (m_figures->rowCount() > 0)
        m_figures->removeRow(0);
    const NodeResult result = m_model.nodeResult(m_model.currentNode());
    for (const auto& [label, value] : result.figures) {
        auto* figure = new QLabel(value);
        figure->setFont(tabularFont(font()));
        figure->setAlignment(Qt::AlignRight);
        figure->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        figure->setAccessibleName(label);
        auto* name = new QLabel(label);
        name->setWordWrap(true);
        m_figures->addRow(name, figure);
    }
    m_resultTitle->setVisible(!result.figures.empty());
}

void Inspector::addNodeAction(QAction* action, std::function<bool(const Node&)> concerns)
{
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    m_actions.push_back({button, std::move(concerns)});
    showCurrent();
}

void Inspector::commitTitle()
{
    m_model.rename(m_model.currentNode(), m_title->text());
}

void Inspector::focusParameter(const std::string& parameter)
{
    const Node* node = m_model.graph().node(m_model.currentNode());
    const NodeType* type = node ? nodeCatalog().find(node->type) : nullptr;
    const bool first = parameter.empty() || !m_form->row(parameter);
    if (type && !type->parameters.empty())
        m_form->focusParameter(first ? type->parameters.front().id : parameter);
    else
        m_title->setFocus(Qt::OtherFocusReason);
    if (QWidget* field = focusWidget(); field && m_scroll->widget()->isAncestorOf(field))
        m_scroll->ensureWidgetVisible(field);
}

} // namespace espalier
