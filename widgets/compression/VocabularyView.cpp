// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/VocabularyView.h"

#include "widgets/compression/TokenCountModel.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Format.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

namespace espalier {

VocabularyView::VocabularyView(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_empty(new EmptyHint(QStringLiteral("compression"))), m_leastLabel(new QLabel), m_least(new QSpinBox),
      m_apply(new QPushButton), m_summary(new QLabel), m_plot(makePlot()), m_mark(new QCPItemStraightLine(m_plot)), m_search(new QLineEdit),
      m_table(new QTableView), m_model(new TokenCountModel(this))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(buildPage());
    m_least->setRange(1, 1'000'000);
    m_least->setValue(2);
    m_plot->addGraph();
    m_plot->addGraph();
    m_plot->yAxis->setTicker(percentTicker());
    m_plot->setMinimumHeight(16 * gridStep);
    connect(m_least, &QSpinBox::valueChanged, this, &VocabularyView::showCut);
    connect(m_search, &QLineEdit::textChanged, this, &VocabularyView::showTokens);
    connect(m_apply, &QPushButton::clicked, this, [this] { Q_EMIT applyRequested(m_least->value()); });
    connect(themeNotifier(), &ThemeNotifier::changed, this, &VocabularyView::drawCurve);
    retranslate();
}

QWidget* VocabularyView::buildPage()
{
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, gridStep, 0, 0);
    auto* top = new QHBoxLayout;
    m_leastLabel->setBuddy(m_least);
    top->addWidget(m_leastLabel);
    top->addWidget(m_least);
    top->addStretch(1);
    top->addWidget(m_apply);
    rows->addLayout(top);
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    rows->addWidget(m_summary);
    m_table->setModel(m_model);
    styleTable(*m_table, TokenCountModel::TokenText);
    m_search->setClearButtonEnabled(true);
    auto* list = new QWidget;
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_search);
    column->addWidget(m_table, 1);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_plot);
    parts->addWidget(list);
    parts->setSizes({26 * gridStep, 30 * gridStep});
    rows->addWidget(parts, 1);
    return page;
}

void VocabularyView::forget()
{
    m_profile.reset();
    m_asked = false;
    m_pages->setCurrentIndex(0);
    retranslate();
    if (isVisible()) {
        m_asked = true;
        Q_EMIT profileWanted();
    }
}

void VocabularyView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_profile || m_asked)
        return;
    m_asked = true;
    Q_EMIT profileWanted();
}

void VocabularyView::setProfile(const VocabularyProfile& profile)
{
    m_profile = profile;
    m_pages->setCurrentIndex(1);
    drawCurve();
    showCut();
}

void VocabularyView::setError(const QString& text)
{
    m_profile.reset();
    m_pages->setCurrentIndex(0);
    m_empty->setTexts(tr("No vocabulary to cut"), text);
}

void VocabularyView::setMinFrequency(int count)
{
    m_least->setValue(count);
}

int VocabularyView::minFrequency() const
{
    return m_least->value();
}

bool VocabularyView::isEmpty() const
{
    return m_pages->currentIndex() == 0;
}

QString VocabularyView::summary() const
{
    return m_summary->text();
}

void VocabularyView::retranslate()
{
    if (!m_profile)
        m_empty->setTexts(tr("Counting tokens"), tr("How often the training part uses each token of the vocabulary stands here, and what goes when rare ones are left out."));
    m_leastLabel->setText(tr("&Keep tokens seen at least"));
    m_least->setSuffix(tr(" ×", "times"));
    m_apply->setText(tr("&Cut in pipeline"));
    m_apply->setToolTip(tr("Sets the Cut vocabulary node to this least frequency"));
    m_search->setPlaceholderText(tr("Search tokens that go"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_table->setAccessibleName(tr("Tokens that go"));
    m_plot->setAccessibleName(tr("Share of the text's tokens that go, by the size of the vocabulary"));
    drawCurve();
    showCut();
}

std::int64_t VocabularyView::keptTokens() const
{
    const auto goes = [this](const TokenCount& token) { return token.count < m_least->value(); };
    return m_profile->tokens - std::count_if(m_profile->vanishing.begin(), m_profile->vanishing.end(), goes);
}

/// Along a line between the points that the engine measured.
VocabularyPoint VocabularyView::pointAt(std::int64_t tokens) const
{
    const auto& curve = m_profile->curve;
    const auto above = std::find_if(curve.begin(), curve.end(), [&](const VocabularyPoint& point) { return point.tokens >= tokens; });
    if (above == curve.end())
        return {};
    if (above->tokens == tokens || above == curve.begin())
        return *above;
    const VocabularyPoint& below = *(above - 1);
    const double part = static_cast<double>(tokens - below.tokens) / static_cast<double>(above->tokens - below.tokens);
    return {tokens, below.train + part * (above->train - below.train), below.validation + part * (above->validation - below.validation)};
}

void VocabularyView::showCut()
{
    if (!m_profile)
        return;
    const std::int64_t kept = keptTokens();
    const VocabularyPoint point = pointAt(kept);
    const auto& curve = m_profile->curve;
    const bool measured = std::any_of(curve.begin(), curve.end(), [&](const VocabularyPoint& known) { return known.tokens == kept; });
    const bool whole = m_profile->kind == "word" || m_profile->kind == "character" || m_profile->kind == "wordlevel";
    const QString sign = measured ? QString() : QStringLiteral("≈ ");
    const QString text = whole ? tr("%1 of %2 tokens stay. Unknown are then %3 of the training part's tokens and %4 of the validation part's.")
                               : tr("%1 of %2 tokens stay. Unknown or in smaller parts are then %3 of the training part's tokens and %4 of the validation part's.");
    m_summary->setText(text.arg(formatCount(kept), formatCount(m_profile->tokens), sign + formatPercent(point.train, 2), sign + formatPercent(point.validation, 2)));
    m_apply->setEnabled(kept > m_profile->required && kept < m_profile->tokens);
    m_mark->point1->setCoords(static_cast<double>(kept), 0);
    m_mark->point2->setCoords(static_cast<double>(kept), 1);
    m_plot->setAccessibleDescription(m_summary->text());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    showTokens();
}

/// The most frequent of those that go first: they are missed most.
void VocabularyView::showTokens()
{
    if (!m_profile)
        return m_model->setTokens({});
    const QString wanted = m_search->text();
    std::vector<TokenCount> shown;
    for (const TokenCount& token : m_profile->vanishing)
        if (token.count < m_least->value() && (wanted.isEmpty() || QString::fromStdString(token.token).contains(wanted, Qt::CaseInsensitive)))
            shown.push_back(token);
    std::reverse(shown.begin(), shown.end());
    m_model->setTokens(std::move(shown));
}

void VocabularyView::drawCurve()
{
    applyPlotStyle(*m_plot);
    if (!m_profile)
        return;
    QVector<double> sizes;
    QVector<double> train;
    QVector<double> validation;
    for (const VocabularyPoint& point : m_profile->curve) {
        sizes << static_cast<double>(point.tokens);
        train << point.train;
        validation << point.validation;
    }
    const auto& colors = themeColors().series;
    m_plot->graph(0)->setData(sizes, train, true);
    m_plot->graph(0)->setPen(QPen(colors[0], 2));
    m_plot->graph(0)->setName(tr("Training part"));
    m_plot->graph(1)->setData(sizes, validation, true);
    m_plot->graph(1)->setPen(QPen(colors[1], 2, Qt::DashLine));
    m_plot->graph(1)->setName(tr("Validation part"));
    m_mark->setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
    m_plot->legend->setVisible(true);
    m_plot->legend->setBrush(themeColors().raised);
    m_plot->legend->setBorderPen(QPen(themeColors().border));
    m_plot->legend->setTextColor(themeColors().text);
    m_plot->setLocale(QLocale()); // with its group separators, as everywhere
    m_plot->xAxis->setLabel(tr("Tokens that stay"));
    m_plot->yAxis->setLabel(tr("Share that goes"));
    m_plot->xAxis->setRange(0, static_cast<double>(m_profile->tokens));
    // A small part of the vocabulary is most of the text: the axis leaves room for where a cut may make sense.
    m_plot->yAxis->setRange(0, std::clamp(1.5 * pointAt(m_profile->required + (m_profile->tokens - m_profile->required) / 8).validation, 0.01, 1.0));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void VocabularyView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
