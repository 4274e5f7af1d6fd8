// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/RunsView.h"

#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Format.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"
#include "widgets/training/RunCurves.h"

#include <QDateTime>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include <set>

namespace espalier {
namespace {

QTableWidgetItem* textItem(const QString& text, Qt::ItemFlags flags, Qt::Alignment alignment = Qt::AlignLeft)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(flags);
    item->setTextAlignment(alignment | Qt::AlignVCenter);
    return item;
}

QString figureOf(const RunRecord& run)
{
    const auto score = scoreOf(run);
    return score ? formatPercent(score->value, 2) : QStringLiteral("–");
}

/// What the figures of all @p runs are; "Score" where they differ.
QString figureName(const std::vector<RunRecord>& runs)
{
    std::set<std::string> names;
    for (const RunRecord& run : runs)
        if (const auto score = scoreOf(run))
            names.insert(score->name);
    return names.size() > 1 ? RunsView::tr("Score") : scoreText(names.empty() ? "accuracy" : *names.begin());
}

QString valueText(const Json& value)
{
    if (value.is_null())
        return QStringLiteral("–");
    if (value.is_number_float())
        return QLocale().toString(value.get<double>(), 'g', 5);
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : dumpJson(value));
}

} // namespace

RunsView::RunsView(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_empty(new EmptyHint(QStringLiteral("training"))), m_list(new QTableWidget),
      m_differences(new QTableWidget), m_noDifferences(new QLabel), m_curves(new RunCurves), m_delete(new QPushButton), m_export(new QPushButton), m_deleted(new QLabel), m_undo(new QPushButton)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->setChildrenCollapsible(false);
    sides->setContentsMargins(2 * gridStep, 2 * gridStep, 2 * gridStep, 2 * gridStep);
    sides->setHandleWidth(2 * gridStep);
    sides->addWidget(buildList());
    sides->addWidget(buildComparison());
    sides->setSizes({560, 600});
    m_list->setMinimumWidth(64 * gridStep);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(sides);
    connect(m_empty, &EmptyHint::clicked, this, &RunsView::trainRequested);
    retranslate();
}

QWidget* RunsView::buildList()
{
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    m_list->setColumnCount(ColumnCount);
    styleTable(*m_list, Name);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_list->installEventFilter(this);
    column->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    row->addWidget(m_deleted, 1);
    for (QPushButton* button : {m_undo, m_delete, m_export})
        row->addWidget(button);
    column->addLayout(row);
    m_undo->hide();
    m_deleted->setTextFormat(Qt::PlainText);
    connect(m_list, &QTableWidget::cellChanged, this, &RunsView::takeEdit);
    connect(m_delete, &QPushButton::clicked, this, &RunsView::deleteCurrent);
    connect(m_export, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(QStringLiteral("runs.csv"), QByteArray::fromStdString(runsToCsv(m_runs))); });
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_undo->hide();
        m_deleted->clear();
        Q_EMIT restoreRequested(m_undoable);
    });
    return side;
}

QWidget* RunsView::buildComparison()
{
    auto* side = new QSplitter(Qt::Vertical);
    side->setChildrenCollapsible(false);
    side->addWidget(m_curves);
    m_differences->setColumnCount(1); // the parameters; a column a run follows
    styleTable(*m_differences, 0);
    m_differences->setMinimumHeight(8 * gridStep);
    m_noDifferences->setAlignment(Qt::AlignCenter);
    m_noDifferences->setWordWrap(true);
    m_noDifferences->setForegroundRole(QPalette::PlaceholderText);
    auto* table = new QWidget;
    auto* column = new QVBoxLayout(table);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_differences);
    column->addWidget(m_noDifferences);
    side->addWidget(table);
    side->setSizes({480, 200});
    connect(m_curves, &RunCurves::saveRequested, this, &RunsView::saveRequested);
    return side;
}

void RunsView::setRuns(const std::vector<RunRecord>& runs)
{
    std::set<std::string> before;
    for (const RunRecord& run : chosen())
        before.insert(run.id);
    const bool first = m_runs.empty();
    m_runs = runs;
    m_pages->setCurrentIndex(runs.empty() ? 0 : 1);
    nameColumns();
    int offered = 0;
    m_filling = true;
    m_list->setRowCount(static_cast<int>(runs.size()));
    for (std::size_t i = 0; i < runs.size(); ++i)
        fillRow(static_cast<int>(i), runs[i], first ? runs[i].history && offered++ < 2 : before.contains(runs[i].id));
    m_filling = false;
    m_delete->setEnabled(!runs.empty());
    showComparison();
}

void RunsView::fillRow(int row, const RunRecord& run, bool isChosen)
{
    const Qt::ItemFlags plain = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    QTableWidgetItem* name = textItem(runName(run), plain | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
    name->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
    name->setToolTip(QString::fromStdString(run.id));
    const QDateTime time = QDateTime::fromString(QString::fromStdString(run.time), Qt::ISODate).toLocalTime();
    QTableWidgetItem* pinned = textItem({}, plain | Qt::ItemIsUserCheckable);
    pinned->setCheckState(run.pinned ? Qt::Checked : Qt::Unchecked);
    m_list->setItem(row, Name, name);
    m_list->setItem(row, Time, textItem(QLocale().toString(time, QLocale::ShortFormat), plain));
    m_list->setItem(row, Node, textItem(QString::fromStdString(run.node), plain));
    m_list->setItem(row, Figure, textItem(figureOf(run), plain, Qt::AlignRight));
    if (const auto score = scoreOf(run))
        m_list->item(row, Figure)->setToolTip(score->validation ? validationScoreText(score->name) : scoreText(score->name));
    m_list->setItem(row, Duration, textItem(formatDuration(run.seconds), plain, Qt::AlignRight));
    m_list->setItem(row, Pinned, pinned);
}

void RunsView::takeEdit(int row, int column)
{
    if (m_filling || row >= static_cast<int>(m_runs.size()))
        return;
    RunRecord& run = m_runs[static_cast<std::size_t>(row)];
    const QTableWidgetItem* item = m_list->item(row, column);
    if (column == Pinned) {
        Q_EMIT pinRequested(QString::fromStdString(run.id), item->checkState() == Qt::Checked);
    } else if (column == Name && item->text() != runName(run)) {
        run.name = item->text().trimmed().toStdString();
        Q_EMIT renameRequested(QString::fromStdString(run.id), QString::fromStdString(run.name));
        showComparison();
    } else if (column == Name) {
        showComparison();
    }
}

std::vector<RunRecord> RunsView::chosen() const
{
    std::vector<RunRecord> runs;
    for (int row = 0; row < m_list->rowCount() && row < static_cast<int>(m_runs.size()); ++row)
        if (const QTableWidgetItem* item = m_list->item(row, Name); item && item->checkState() == Qt::Checked)
            runs.push_back(m_runs[static_cast<std::size_t>(row)]);
    return runs;
}

void RunsView::showComparison()
{
    const auto runs = chosen();
    m_curves->setRuns(runs);
    showDifferences(runs);
}

void RunsView::showDifferences(const std::vector<RunRecord>& runs)
{
    const auto differences = runs.size() > 1 ? compareRuns(runs) : std::vector<RunDifference>{};
    m_noDifferences->setText(runs.size() > 1 ? tr("These runs have the same parameters and results.") : tr("Tick two runs or more to see in what they differ."));
    m_noDifferences->setVisible(differences.empty());
    m_differences->setVisible(!differences.empty());
    m_differences->clear();
    m_differences->setColumnCount(static_cast<int>(runs.size()) + 1);
    QStringList names{tr("What differs")};
    for (const RunRecord& run : runs)
        names << runName(run);
    setHeaders(*m_differences, names, 1);
    m_differences->setRowCount(static_cast<int>(differences.size()));
    for (int row = 0; row < static_cast<int>(differences.size()); ++row) {
        const RunDifference& difference = differences[static_cast<std::size_t>(row)];
        m_differences->setItem(row, 0, textItem(QString::fromStdString(difference.name), Qt::ItemIsEnabled | Qt::ItemIsSelectable));
        for (int k = 0; k < static_cast<int>(difference.values.size()); ++k)
            m_differences->setItem(row, k + 1, textItem(valueText(difference.values[static_cast<std::size_t>(k)]), Qt::ItemIsEnabled | Qt::ItemIsSelectable, Qt::AlignRight));
    }
}

void RunsView::deleteCurrent()
{
    const int row = m_list->currentRow();
    if (row >= 0 && row < static_cast<int>(m_runs.size()))
        Q_EMIT deleteRequested(QString::fromStdString(m_runs[static_cast<std::size_t>(row)].id));
}

void RunsView::offerUndo(const RunRecord& run)
{
    m_undoable = run;
    m_deleted->setText(tr("%1 was deleted.").arg(runName(run)));
    m_undo->show();
}

bool RunsView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        deleteCurrent();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RunsView::nameColumns()
{
    setHeaders(*m_list, {tr("Run"), tr("Time"), tr("Node"), figureName(m_runs), tr("Duration"), tr("Pinned")}, ColumnCount);
    for (const int figure : {Figure, Duration})
        m_list->horizontalHeaderItem(figure)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void RunsView::retranslate()
{
    m_empty->setTexts(tr("No runs yet"), tr("Every training and evaluation is kept here, to be named and compared."), tr("Train the model"));
    m_list->setAccessibleName(tr("Runs"));
    m_list->setToolTip(tr("Tick runs to compare them. F2 renames, Delete deletes. A pinned run keeps its model."));
    m_differences->setAccessibleName(tr("What differs between the runs"));
    m_delete->setText(tr("Delete"));
    m_export->setText(tr("Save as CSV"));
    m_undo->setText(tr("Undo"));
    setRuns(std::vector<RunRecord>(m_runs));
}

void RunsView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
