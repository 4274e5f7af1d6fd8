// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/FlipsView.h"

#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <set>

namespace espalier {
namespace {

enum SliceColumn { Where, Examples, Flips, Share, SliceColumns };
enum SentenceColumn { Text, Expected, Got, Probability, SentenceColumns };
constexpr int widestLabel = 18 * gridStep;
constexpr int sliceRole = Qt::UserRole + 1; ///< of the first column: the report's slice

QTableWidgetItem* textItem(const std::string& text)
{
    auto* item = new QTableWidgetItem(QString::fromStdString(text));
    item->setToolTip(item->text());
    return item;
}

} // namespace

FlipsView::FlipsView(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_empty(new EmptyHint(QStringLiteral("compression"))), m_summary(new QLabel), m_slices(new QTableWidget(0, SliceColumns)),
      m_chosenBar(new QWidget), m_chosenText(new QLabel), m_showAll(new QToolButton), m_sentences(new QTableWidget(0, SentenceColumns))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(buildTables());
    connect(themeNotifier(), &ThemeNotifier::changed, this, &FlipsView::retranslate);
    retranslate();
}

QWidget* FlipsView::buildTables()
{
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, gridStep, 0, 0);
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    rows->addWidget(m_summary);
    styleTable(*m_slices, Where);
    styleTable(*m_sentences, Text);
    for (const int column : {Expected, Got})
        m_sentences->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
    for (QTableWidget* table : {m_slices, m_sentences})
        table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // as the report has them, until the user sorts
    m_slices->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_slices, &QTableWidget::itemSelectionChanged, this, [this] {
        const auto chosen = m_slices->selectionModel()->selectedRows(Where);
        choose(chosen.isEmpty() ? std::nullopt : std::optional(chosen.front().data(sliceRole).value<std::size_t>()));
    });
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_slices);
    parts->addWidget(buildSentences());
    rows->addWidget(parts, 1);
    return page;
}

QWidget* FlipsView::buildSentences()
{
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(gridStep / 2);
    auto* bar = new QHBoxLayout(m_chosenBar);
    bar->setContentsMargins(gridStep, 0, 0, 0);
    m_chosenText->setTextFormat(Qt::PlainText);
    bar->addWidget(m_chosenText, 1);
    bar->addWidget(m_showAll);
    connect(m_showAll, &QToolButton::clicked, m_slices, &QTableWidget::clearSelection);
    rows->addWidget(m_chosenBar);
    rows->addWidget(m_sentences, 1);
    return page;
}

void FlipsView::setReport(const std::optional<FlipReport>& report)
{
    if (report == m_report)
        return; // keeps the place where the user reads
    m_report = report;
    m_chosen.reset();
    showReport();
}

bool FlipsView::isEmpty() const
{
    return m_pages->currentIndex() == 0;
}

QString FlipsView::summary() const
{
    return m_summary->text();
}

void FlipsView::retranslate()
{
    m_empty->setTexts(tr("No package compared yet"),
                      tr("Connect the checkpoint before pruning to the input Reference of Package, and run to there: the answers that compression changed stand here."));
    setHeaders(*m_slices, {tr("Class or length"), tr("Sentences"), tr("Flips"), tr("Share")}, Examples);
    setHeaders(*m_sentences, {tr("Sentence"), tr("Expected"), tr("Answered"), tr("Probability")}, Probability);
    m_sentences->horizontalHeaderItem(Probability)->setToolTip(tr("Of the expected answer, before compression and now; sorts by what was lost"));
    m_slices->setAccessibleName(tr("Flips by class and length"));
    m_slices->setToolTip(tr("Choose one to see only its sentences"));
    m_showAll->setText(tr("Show all"));
    m_sentences->setAccessibleName(tr("Sentences that are answered otherwise"));
    showReport();
}

void FlipsView::showReport()
{
    m_pages->setCurrentIndex(m_report ? 1 : 0);
    showSlices();
    showSentences();
    if (!m_report)
        return m_summary->clear();
    const FlipReport& report = *m_report;
    QStringList lines;
    if (!report.split.empty())
        lines << (report.split == "test" ? tr("%1 of %2 test sentences are answered otherwise than before compression. Right before: %3; right now: %4.")
                                         : tr("%1 of %2 validation sentences are answered otherwise than before compression. Right before: %3; right now: %4."))
                     .arg(formatCount(report.flips), formatCount(report.examples), formatCount(report.broken), formatCount(report.mended));
    if (report.pinned > 0)
        lines << tr("%1 of %2 pinned sentences flip.").arg(formatCount(report.pinnedFlips), formatCount(report.pinned));
    m_summary->setText(lines.join(QLatin1Char('\n')));
}

void FlipsView::showSlices()
{
    const QSignalBlocker blocker(m_slices); // what is chosen stays so
    m_slices->setSortingEnabled(false);     // rows would move while they are filled in
    m_slices->clearSelection();
    m_slices->setRowCount(0);
    for (std::size_t i = 0; m_report && i < m_report->slices.size(); ++i)
        addSlice(i);
    m_slices->setSortingEnabled(true);
    for (int row = 0; m_chosen && row < m_slices->rowCount(); ++row)
        if (m_slices->item(row, Where)->data(sliceRole).value<std::size_t>() == *m_chosen)
            m_slices->selectRow(row);
    m_slices->setVisible(m_slices->rowCount() > 0);
}

void FlipsView::showSentences()
{
    m_sentences->setSortingEnabled(false);
    m_sentences->setRowCount(0);
    m_chosenBar->setVisible(m_chosen.has_value());
    if (m_chosen) {
        const FlipSlice& slice = m_report->slices[*m_chosen];
        for (const FlippedSentence& flip : m_report->sentences)
            if (slice.holds(flip))
                addSentence(flip);
        m_chosenText->setText(m_sentences->rowCount() == slice.flips
                                  ? tr("Only flips of: %1").arg(nameOf(slice))
                                  : tr("Only flips of: %1 (the worst %2 of %3 are kept)").arg(nameOf(slice), formatCount(m_sentences->rowCount()), formatCount(slice.flips)));
    } else if (m_report) {
        std::set<std::string> shown;
        for (const auto* list : {&m_report->pinnedSentences, &m_report->sentences})
            for (const FlippedSentence& flip : *list)
                if (!flip.pinned || shown.insert(flip.text).second) // a pinned one may stand in the data too
                    addSentence(flip);
    }
    m_sentences->setSortingEnabled(true);
    for (const int column : {Expected, Got}) {
        m_sentences->resizeColumnToContents(column);
        m_sentences->setColumnWidth(column, std::min(widestLabel, m_sentences->columnWidth(column)));
    }
}

void FlipsView::choose(std::optional<std::size_t> slice)
{
    m_chosen = slice;
    showSentences();
}

QString FlipsView::nameOf(const FlipSlice& slice) const
{
    return slice.kind == "class" ? QString::fromStdString(slice.label) : tr("%1 to %2 characters").arg(formatCount(slice.low), formatCount(slice.high));
}

void FlipsView::addSlice(std::size_t index)
{
    const FlipSlice& slice = m_report->slices[index];
    const int row = m_slices->rowCount();
    m_slices->insertRow(row);
    auto* where = new QTableWidgetItem(nameOf(slice));
    where->setData(sliceRole, QVariant::fromValue(index));
    m_slices->setItem(row, Where, where);
    const double share = static_cast<double>(slice.flips) / static_cast<double>(std::max<std::int64_t>(slice.examples, 1));
    m_slices->setItem(row, Examples, figureItem(formatCount(slice.examples), static_cast<double>(slice.examples)));
    m_slices->setItem(row, Flips, figureItem(formatCount(slice.flips), static_cast<double>(slice.flips)));
    m_slices->setItem(row, Share, figureItem(formatPercent(share), share));
}

void FlipsView::addSentence(const FlippedSentence& flip)
{
    const int row = m_sentences->rowCount();
    m_sentences->insertRow(row);
    auto* sentence = textItem(flip.text);
    if (flip.pinned) {
        sentence->setText(tr("Pinned: %1").arg(sentence->text()));
        sentence->setForeground(themeColors().danger);
    }
    m_sentences->setItem(row, Text, sentence);
    m_sentences->setItem(row, Expected, textItem(flip.expected));
    m_sentences->setItem(row, Got, textItem(flip.got));
    const QString now = formatPercent(flip.after);
    m_sentences->setItem(row, Probability, figureItem(flip.before ? formatPercent(*flip.before) + QStringLiteral(" → ") + now : now, flip.loss()));
}

void FlipsView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
