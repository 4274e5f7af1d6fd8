// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/RunsView.h"

#include "widgets/plots/CurvePlot.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Theme.h"
#include "widgets/training/SentenceTable.h"

#include <QComboBox>
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

#include <array>
#include <set>

namespace espalier {
namespace {

constexpr std::size_t mostCurves = 6; ///< colours that can be told apart

struct Metric {
    double EpochRecord::*value;
    CurvePlot::ValueKind kind;
};

constexpr std::array metrics{Metric{&EpochRecord::validationAccuracy, CurvePlot::ValueKind::Percent},
                             Metric{&EpochRecord::validationLoss, CurvePlot::ValueKind::Number},
                             Metric{&EpochRecord::trainAccuracy, CurvePlot::ValueKind::Percent},
                             Metric{&EpochRecord::trainLoss, CurvePlot::ValueKind::Number}};

QTableWidgetItem* textItem(const QString& text, Qt::ItemFlags flags, Qt::Alignment alignment = Qt::AlignLeft)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(flags);
    item->setTextAlignment(alignment | Qt::AlignVCenter);
    return item;
}

QString figureOf(const RunRecord& run)
{
    for (const char* name : {"accuracy", "validation_accuracy"})
        if (const auto it = run.results.find(name); it != run.results.end())
            return formatPercent(it->second, 2);
    return QStringLiteral("–");
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
      m_differences(new QTableWidget), m_metric(new QComboBox), m_comparison(new QSplitter(Qt::Vertical)), m_plot(new CurvePlot),
      m_delete(new QPushButton), m_export(new QPushButton), m_deleted(new QLabel), m_undo(new QPushButton)
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
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_metric, 0, Qt::AlignLeft);
    m_comparison->setChildrenCollapsible(false);
    m_comparison->addWidget(m_plot);
    m_differences->setColumnCount(1); // the parameters; a column a run follows
    styleTable(*m_differences, 0);
    m_comparison->addWidget(m_differences);
    column->addWidget(m_comparison, 1);
    connect(m_metric, &QComboBox::currentIndexChanged, this, [this] { showCurves(chosen()); });
    return side;
}

QString RunsView::nameOf(const RunRecord& run) const
{
    if (!run.name.empty())
        return QString::fromStdString(run.name);
    return QString::fromStdString(run.title.empty() ? run.node : run.title);
}

void RunsView::setRuns(const std::vector<RunRecord>& runs)
{
    std::set<std::string> before;
    for (const RunRecord& run : chosen())
        before.insert(run.id);
    const bool first = m_runs.empty();
    m_runs = runs;
    m_pages->setCurrentIndex(runs.empty() ? 0 : 1);
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
    QTableWidgetItem* name = textItem(nameOf(run), plain | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
    name->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
    name->setToolTip(QString::fromStdString(run.id));
    const QDateTime time = QDateTime::fromString(QString::fromStdString(run.time), Qt::ISODate).toLocalTime();
    QTableWidgetItem* pinned = textItem({}, plain | Qt::ItemIsUserCheckable);
    pinned->setCheckState(run.pinned ? Qt::Checked : Qt::Unchecked);
    m_list->setItem(row, Name, name);
    m_list->setItem(row, Time, textItem(QLocale().toString(time, QLocale::ShortFormat), plain));
    m_list->setItem(row, Node, textItem(QString::fromStdString(run.node), plain));
    m_list->setItem(row, Figure, textItem(figureOf(run), plain, Qt::AlignRight));
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
    } else if (column == Name && item->text() != nameOf(run)) {
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
    showCurves(runs);
    showDifferences(runs);
}

/// A new plot for a new set of curves, with the settings of the old one.
void RunsView::showCurves(const std::vector<RunRecord>& runs)
{
    const Metric& metric = metrics.at(static_cast<std::size_t>(std::max(m_metric->currentIndex(), 0)));
    auto* plot = new CurvePlot(metric.kind);
    plot->setTitles(m_metric->currentText(), tr("Epoch"), m_metric->currentText());
    plot->setEmptyText(tr("Tick runs that trained to draw their curves."));
    plot->setSmoothing(m_plot->smoothing());
    plot->setLogarithmic(m_plot->isLogarithmic() && metric.kind == CurvePlot::ValueKind::Number);
    int color = 0;
    for (const RunRecord& run : runs) {
        if (!run.history || color >= static_cast<int>(mostCurves))
            continue;
        const QString id = QString::fromStdString(run.id);
        plot->setCurve({.id = id, .name = nameOf(run), .color = color, .line = color % 2 == 0 ? Qt::SolidLine : Qt::DashLine, .dots = true});
        std::vector<QPointF> points;
        for (const EpochRecord& epoch : run.history->epochs)
            points.emplace_back(epoch.epoch, epoch.*(metric.value));
        plot->append(id, points);
        ++color;
    }
    connect(plot, &CurvePlot::saveRequested, this, &RunsView::saveRequested);
    delete m_comparison->replaceWidget(0, plot);
    m_plot = plot;
}

void RunsView::showDifferences(const std::vector<RunRecord>& runs)
{
    const auto differences = runs.size() > 1 ? compareRuns(runs) : std::vector<RunDifference>{};
    m_differences->clear();
    m_differences->setColumnCount(static_cast<int>(runs.size()) + 1);
    QStringList names{tr("What differs")};
    for (const RunRecord& run : runs)
        names << nameOf(run);
    m_differences->setHorizontalHeaderLabels(names);
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
    m_deleted->setText(tr("%1 was deleted.").arg(nameOf(run)));
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

void RunsView::retranslate()
{
    m_empty->setTexts(tr("No runs yet"), tr("Every training and evaluation is kept here, to be named and compared."), tr("Train the model"));
    m_list->setHorizontalHeaderLabels({tr("Run"), tr("Time"), tr("Node"), tr("Accuracy"), tr("Duration"), tr("Pinned")});
    m_list->setAccessibleName(tr("Runs"));
    m_list->setToolTip(tr("Tick runs to compare them. F2 renames, Delete deletes. A pinned run keeps its model."));
    m_differences->setAccessibleName(tr("What differs between the runs"));
    m_delete->setText(tr("Delete"));
    m_export->setText(tr("Save as CSV"));
    m_undo->setText(tr("Undo"));
    const int metric = std::max(m_metric->currentIndex(), 0);
    const QSignalBlocker blocker(m_metric);
    m_metric->clear();
    m_metric->addItems({tr("Validation accuracy"), tr("Validation loss"), tr("Training accuracy"), tr("Training loss")});
    m_metric->setCurrentIndex(metric);
    m_metric->setAccessibleName(tr("Curve"));
    setRuns(std::vector<RunRecord>(m_runs));
}

void RunsView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
