// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/RecipeView.h"

#include "widgets/compression/CandidateTable.h"
#include "widgets/compression/DeviceChoice.h"
#include "widgets/compression/RecipeText.h"
#include "widgets/devices/JobProgress.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include <cmath>

namespace espalier {
namespace {

constexpr double mebibyte = 1048576;

} // namespace

RecipeView::RecipeView(QWidget* parent)
    : QWidget(parent), m_trainingsLabel(new QLabel), m_trainings(new QSpinBox), m_start(new QPushButton), m_progress(new JobProgress),
      m_recommendation(new QLabel), m_apply(new QPushButton), m_empty(new EmptyHint(QStringLiteral("compression"))), m_table(new CandidateTable)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, gridStep, 0, 0);
    rows->setSpacing(gridStep);
    rows->addLayout(buildForm());
    m_progress->layout()->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_progress);
    rows->addWidget(buildResult());
    rows->addWidget(m_empty, 1);
    rows->addWidget(m_table, 1);
    connectParts();
    retranslate();
    clear();
}

/// The budgets two in a row: what is found needs the height.
QGridLayout* RecipeView::buildForm()
{
    auto* form = new QGridLayout;
    form->setHorizontalSpacing(gridStep);
    addField(form, {"max_bytes", mebibyte, new QCheckBox, new QDoubleSpinBox}, 1, 3, 4096);
    addField(form, {"max_points_lost", 1, new QCheckBox, new QDoubleSpinBox}, 1, 2, 100);
    addField(form, {"max_milliseconds", 1, new QCheckBox, new QDoubleSpinBox}, 2, 3, 100000);
    addField(form, {"max_memory_bytes", mebibyte, new QCheckBox, new QDoubleSpinBox}, 8, 1, 65536);
    m_trainings->setRange(0, 100);
    m_trainings->setValue(4);
    m_trainings->setObjectName(QStringLiteral("trainings"));
    m_trainingsLabel->setBuddy(m_trainings);
    const int last = form->rowCount();
    form->addWidget(m_trainingsLabel, last, 0);
    form->addWidget(m_trainings, last, 1);
    form->addWidget(m_start, last, 2, 1, 2, Qt::AlignLeft);
    form->setColumnStretch(4, 1);
    return form;
}

void RecipeView::addField(QGridLayout* form, Field field, double usual, int decimals, double greatest)
{
    const int row = static_cast<int>(m_fields.size()) / 2;
    const int column = static_cast<int>(m_fields.size()) % 2 * 2;
    field.given->setObjectName(QString::fromStdString(field.kind) + QStringLiteral("_given"));
    field.limit->setObjectName(QString::fromStdString(field.kind));
    field.limit->setDecimals(decimals);
    field.limit->setRange(field.kind == "max_points_lost" ? 0 : std::pow(10, -decimals), greatest);
    field.limit->setSingleStep(0.1);
    field.limit->setValue(usual);
    field.given->setChecked(!budgetKinds().find(field.kind)->runs);
    form->addWidget(field.given, row, column);
    form->addWidget(field.limit, row, column + 1);
    connect(field.given, &QCheckBox::toggled, this, &RecipeView::refresh);
    m_fields.push_back(field);
}

QWidget* RecipeView::buildResult()
{
    auto* result = new QWidget;
    auto* row = new QHBoxLayout(result);
    row->setContentsMargins(0, 0, 0, 0);
    m_recommendation->setWordWrap(true);
    m_recommendation->setTextFormat(Qt::PlainText);
    m_recommendation->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(m_recommendation, 1);
    row->addSpacing(gridStep);
    m_apply->setObjectName(QStringLiteral("applyRecipe"));
    row->addWidget(m_apply, 0, Qt::AlignBottom);
    return result;
}

void RecipeView::connectParts()
{
    m_start->setObjectName(QStringLiteral("startSearch"));
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT searchRequested(budgets(), trainings()); });
    connect(m_progress, &JobProgress::cancelRequested, this, &RecipeView::cancelRequested);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        if (const RecipeCandidate* one = recommended())
            Q_EMIT applyRequested(one->steps);
    });
    connect(themeNotifier(), &ThemeNotifier::changed, this, &RecipeView::retranslate);
}

Budgets RecipeView::budgets() const
{
    Budgets given;
    for (const Field& field : m_fields)
        if (field.given->isChecked())
            given[field.kind] = field.limit->value() * field.unit;
    return given;
}

int RecipeView::trainings() const
{
    return m_trainings->value();
}

QString RecipeView::recommendation() const
{
    return m_recommendation->text();
}

const RecipeCandidate* RecipeView::recommended() const
{
    return m_report.recommended >= 0 ? &m_report.candidates[static_cast<std::size_t>(m_report.recommended)] : nullptr;
}

void RecipeView::clear()
{
    m_report = {};
    m_running = false;
    m_progress->reset();
    refresh();
}

void RecipeView::setReady(bool ready)
{
    m_ready = ready;
    refresh();
}

void RecipeView::begin()
{
    m_report = {};
    m_running = true;
    m_progress->begin(tr("Searching"));
    refresh();
}

void RecipeView::setProgress(const Progress& progress, std::optional<double> secondsLeft)
{
    m_progress->setProgressAndTime(progress, secondsLeft);
}

void RecipeView::showReport(const RecipeReport& report)
{
    m_report = report;
    if (!m_running)
        for (const Field& field : m_fields) {
            const auto given = report.budgets.find(field.kind);
            field.given->setChecked(given != report.budgets.end());
            if (given != report.budgets.end())
                field.limit->setValue(given->second / field.unit);
        }
    refresh();
    if (!m_running)
        m_table->scrollToRecommended();
}

void RecipeView::finish(const QString& text)
{
    m_running = false;
    m_progress->finish(text);
    refresh();
}

void RecipeView::fail(const QString& text)
{
    finish({});
    m_progress->fail(text);
}

void RecipeView::refresh()
{
    bool any = false;
    for (const Field& field : m_fields) {
        field.given->setEnabled(!m_running);
        field.limit->setEnabled(!m_running && field.given->isChecked());
        any = any || field.given->isChecked();
    }
    m_trainings->setEnabled(!m_running);
    m_start->setEnabled(m_ready && !m_running && any);
    m_start->setToolTip(any ? QString() : tr("Tick one budget at least"));
    m_apply->setEnabled(!m_running && recommended());
    m_apply->setVisible(recommended());
    m_recommendation->setText(m_running ? bestSoFarText(m_report) : recommendationText(m_report));
    m_recommendation->setVisible(!m_recommendation->text().isEmpty() && !m_report.candidates.empty());
    m_empty->setVisible(m_report.candidates.empty() && !m_running);
    m_table->setReport(m_report);
}

void RecipeView::setDevice(const QString& device)
{
    m_device = device;
    retranslate();
}

void RecipeView::retranslate()
{
    setWindowTitle(tr("Find a recipe"));
    const QString texts[][2]{{tr("Pac&kage at most"), tr(" MiB")}, {tr("Points lost at m&ost"), tr(" points")}, {tr("A senten&ce at most"), tr(" ms")}, {tr("Memor&y at most"), tr(" MiB")}};
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        m_fields[i].given->setText(texts[i][0]);
        m_fields[i].limit->setSuffix(texts[i][1]);
        m_fields[i].limit->setAccessibleName(catalogText(budgetKinds().find(m_fields[i].kind)->label));
    }
    for (const std::size_t i : {2, 3})
        m_fields[i].given->setToolTip(tr("Measured on %1, in the edge runtime with one thread").arg(DeviceChoice::placeOf(m_device)));
    m_fields[1].given->setToolTip(tr("On the validation part, against the model as it is"));
    m_trainingsLabel->setText(tr("T&rainings at most"));
    m_trainings->setToolTip(tr("Pruning at once comes first, without training; 0 leaves it at that"));
    m_trainings->setAccessibleName(tr("Candidates to train, at most"));
    m_start->setText(tr("F&ind a recipe"));
    m_empty->setTexts(tr("No search yet"), tr("Say above what the model may cost. What meets it is measured here, first without training; the pipeline stays as it is until you apply a recipe."));
    m_apply->setText(tr("App&ly recipe"));
    m_apply->setToolTip(wrappedTip(tr("Puts these nodes with exactly these parameters into the pipeline, in one step that can be undone")));
    m_table->retranslate();
    refresh();
}

void RecipeView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
