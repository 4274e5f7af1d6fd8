// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/ImportFindings.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/data/DataText.h"
#include "widgets/data/PreviewModel.h"
#include "widgets/data/SetAsideTable.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

namespace espalier {
namespace {

constexpr int widestColumn = 56 * gridStep;

QLabel* wrapped(const char* name)
{
    auto* label = new QLabel;
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void setColor(QLabel* label, const QColor& color)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

} // namespace

ImportFindings::ImportFindings(QWidget* parent)
    : QWidget(parent), m_tabs(new QTabBar), m_facts(wrapped("importFacts")), m_remarks(wrapped("importRemarks")), m_error(wrapped("importError")),
      m_preview(new PreviewModel(this)), m_table(new QTableView), m_setAside(new SetAsideTable)
{
    layOut();
    connect(m_tabs, &QTabBar::currentChanged, this, &ImportFindings::partChosen);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, &ImportFindings::offerRoles);
    setError({});
    retranslate();
}

void ImportFindings::layOut()
{
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setObjectName(QStringLiteral("importParts"));
    m_table->setModel(m_preview);
    m_table->setObjectName(QStringLiteral("previewTable"));
    m_table->setWordWrap(false);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->horizontalHeader()->setSectionsClickable(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->setDefaultSectionSize(3 * gridStep);
    m_setAside->setMaximumHeight(22 * gridStep);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridStep);
    for (QWidget* part : std::initializer_list<QWidget*>{m_tabs, m_facts, m_remarks, m_error})
        column->addWidget(part);
    column->addWidget(m_table, 1);
    column->addWidget(m_setAside);
    column->addStretch();
}

void ImportFindings::setParts(const QList<Part>& parts)
{
    m_parts = parts;
    updateTabs();
}

void ImportFindings::updateTabs()
{
    const QSignalBlocker blocker(m_tabs);
    while (m_tabs->count() > m_parts.size())
        m_tabs->removeTab(m_tabs->count() - 1);
    while (m_tabs->count() < m_parts.size())
        m_tabs->addTab({});
    for (int i = 0; i < m_tabs->count(); ++i) {
        const Part& part = m_parts[i];
        m_tabs->setTabText(i, part.rows < 0 ? partText(part.id) : tr("%1 (%2)", "part, rows").arg(partText(part.id), formatCount(part.rows)));
        m_tabs->setTabIcon(i, part.failed ? icon(QStringLiteral("error"), themeColors().danger) : QIcon());
    }
    m_tabs->setVisible(m_parts.size() > 1);
}

std::string ImportFindings::currentPart() const
{
    const int current = m_tabs->currentIndex();
    return current >= 0 && current < m_parts.size() ? m_parts[current].id : std::string();
}

void ImportFindings::setReport(const DataFileReport& report)
{
    QStringList remarks;
    for (const std::string& remark : report.remarks)
        remarks << QString::fromStdString(remark);
    m_facts->setText(fileFacts(report));
    m_remarks->setText(remarks.join(QLatin1Char('\n')));
    setColor(m_remarks, themeColors().warning);
    m_preview->setReport(report);
    m_setAside->setRows(report.problems, static_cast<std::int64_t>(report.problems.size()));
    fitColumns();
    for (QWidget* part : std::initializer_list<QWidget*>{m_facts, m_table})
        part->show();
    m_remarks->setVisible(!remarks.isEmpty());
    m_setAside->setVisible(!report.problems.empty());
    m_error->hide();
}

void ImportFindings::setError(const QString& text)
{
    for (QWidget* part : std::initializer_list<QWidget*>{m_facts, m_remarks, m_table, m_setAside})
        part->hide();
    setColor(m_error, themeColors().danger);
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
}

void ImportFindings::fitColumns()
{
    m_table->resizeColumnsToContents();
    QHeaderView* header = m_table->horizontalHeader();
    // A table of few columns gives the sentences all the room there is, and at least half of it: a tag a word would take it all.
    const int text = m_preview->columnOf("text");
    const bool few = text >= 0 && header->count() <= 4;
    const int widest = few ? std::min(widestColumn, m_table->viewport()->width() / 2 / std::max(1, header->count() - 1)) : widestColumn;
    for (int i = 0; i < header->count(); ++i) {
        header->setSectionResizeMode(i, QHeaderView::Interactive);
        header->resizeSection(i, std::min(header->sectionSize(i) + gridStep, std::max(widest, 12 * gridStep)));
    }
    if (few)
        header->setSectionResizeMode(text, QHeaderView::Stretch);
}

QString ImportFindings::columnText(int column) const
{
    const auto& columns = m_preview->report().columns;
    const std::string& name = columns[static_cast<std::size_t>(column)].name;
    const bool unique = std::count_if(columns.begin(), columns.end(), [&](const DataColumn& other) { return other.name == name; }) == 1;
    return unique && m_preview->report().header ? QString::fromStdString(name) : QString::number(column + 1);
}

void ImportFindings::offerRoles(int column)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("roleMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char* role : {"text", "label", "group"}) {
        if (!nodeCatalog().find("dataset")->parameter(std::string(role) + "_column"))
            continue;
        QAction* action = menu->addAction(tr("Use as: %1").arg(columnRoleText(role)));
        action->setCheckable(true);
        action->setChecked(m_preview->report().columns[static_cast<std::size_t>(column)].role == role);
        connect(action, &QAction::triggered, this, [this, text = columnText(column), id = std::string(role)] { Q_EMIT roleChosen(text, id); });
    }
    const QHeaderView* header = m_table->horizontalHeader();
    menu->popup(header->mapToGlobal(QPoint(header->sectionViewportPosition(column), header->height())));
}

void ImportFindings::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ImportFindings::retranslate()
{
    m_tabs->setAccessibleName(tr("Files"));
    m_table->setAccessibleName(tr("First rows of the file"));
    updateTabs();
}

} // namespace espalier
