// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/CompressionChoices.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace espalier {
namespace {

/// The choices of a node's parameter, and its help as the tool tip.
void fill(QComboBox& box, const char* nodeType, const char* parameter)
{
    const NodeType* type = nodeCatalog().find(nodeType);
    const ParameterSpec* spec = type ? type->parameter(parameter) : nullptr;
    const QSignalBlocker quiet(box);
    const QVariant chosen = box.currentData();
    box.clear();
    if (!spec)
        return;
    for (const ParameterChoice& choice : spec->choices)
        box.addItem(catalogText(choice.label), QString::fromStdString(choice.value));
    box.setCurrentIndex(std::max(0, box.findData(chosen)));
    box.setToolTip(wrappedTip(catalogText(spec->help)));
}

void choose(QComboBox& box, const QString& value)
{
    const QSignalBlocker quiet(box);
    if (const int at = box.findData(value); at >= 0)
        box.setCurrentIndex(at);
}

QHBoxLayout* addRow(QVBoxLayout* rows)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(gridStep);
    rows->addLayout(row);
    return row;
}

} // namespace

CompressionChoices::CompressionChoices(QWidget* parent) : QWidget(parent)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(gridStep);
    QHBoxLayout* model = addRow(rows);
    m_source = addChoice(model, QStringLiteral("source"));
    disconnect(m_source.box, nullptr, this, nullptr);
    connect(m_source.box, &QComboBox::currentIndexChanged, this, [this] {
        m_layerSparsities.clear();
        m_excluded.clear();
        Q_EMIT changed();
    });
    m_precision = addChoice(model, QStringLiteral("precision"));
    model->addStretch(1);
    QHBoxLayout* pruning = addRow(rows);
    m_score = addChoice(pruning, QStringLiteral("score"));
    m_method = addChoice(pruning, QStringLiteral("method"));
    m_pattern = addChoice(pruning, QStringLiteral("pattern"));
    m_embeddings = addChoice(pruning, QStringLiteral("embeddings"));
    pruning->addStretch(1);
    retranslate();
    setSettings({});
}

CompressionChoices::Choice CompressionChoices::addChoice(QHBoxLayout* row, const QString& objectName)
{
    const Choice choice{new QLabel, new QComboBox};
    choice.box->setObjectName(objectName);
    choice.box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    choice.label->setBuddy(choice.box);
    if (row->count() > 0)
        row->addSpacing(gridStep);
    row->addWidget(choice.label);
    row->addWidget(choice.box);
    connect(choice.box, &QComboBox::currentIndexChanged, this, &CompressionChoices::changed);
    return choice;
}

void CompressionChoices::setSources(const std::vector<CompressionSource>& sources)
{
    const QSignalBlocker quiet(m_source.box);
    const QVariant chosen = m_source.box->currentData();
    m_source.box->clear();
    for (const CompressionSource& source : sources)
        m_source.box->addItem(source.title, source.node);
    m_source.box->setCurrentIndex(sources.empty() ? -1 : std::max(0, m_source.box->findData(chosen)));
    if (m_source.box->currentData() != chosen) {
        m_layerSparsities.clear();
        m_excluded.clear();
    }
}

void CompressionChoices::setSettings(const CompressionSettings& settings)
{
    choose(*m_source.box, settings.node);
    choose(*m_score.box, settings.score);
    choose(*m_method.box, settings.method);
    choose(*m_pattern.box, settings.pattern);
    choose(*m_embeddings.box, settings.embeddings);
    choose(*m_precision.box, settings.precision);
    m_layerSparsities = settings.layerSparsities;
    m_excluded = settings.excluded;
}

CompressionSettings CompressionChoices::settings() const
{
    return {.node = m_source.box->currentData().toString(),
            .score = m_score.box->currentData().toString(),
            .method = m_method.box->currentData().toString(),
            .pattern = m_pattern.box->currentData().toString(),
            .embeddings = m_embeddings.box->currentData().toString(),
            .layerSparsities = m_layerSparsities,
            .excluded = m_excluded,
            .precision = m_precision.box->currentData().toString()};
}

QString CompressionChoices::describe(const CompressionSettings& settings) const
{
    const auto label = [](const QComboBox& box, const QString& value) {
        const int at = box.findData(value);
        return at >= 0 ? box.itemText(at) : value;
    };
    QString text = tr("%1: %2", "model and method")
                       .arg(label(*m_source.box, settings.node),
                            QStringList{label(*m_score.box, settings.score), label(*m_method.box, settings.method), label(*m_pattern.box, settings.pattern),
                                        label(*m_embeddings.box, settings.embeddings)}
                                .join(QStringLiteral(", ")));
    if (!settings.layerSparsities.isEmpty())
        text += QLatin1Char('\n') + tr("Own sparsity: %1").arg(settings.layerSparsities);
    if (!settings.excluded.isEmpty())
        text += QLatin1Char('\n') + tr("Excluded: %1").arg(settings.excluded);
    return text;
}

void CompressionChoices::retranslate()
{
    m_source.label->setText(tr("&Model of"));
    m_score.label->setText(tr("&Score"));
    m_method.label->setText(tr("Me&thod"));
    m_pattern.label->setText(tr("Patter&n"));
    m_embeddings.label->setText(tr("&Embeddings"));
    m_precision.label->setText(tr("&Precision"));
    m_source.box->setAccessibleName(tr("Node whose model is compressed"));
    m_score.box->setAccessibleName(tr("What makes a weight important"));
    m_method.box->setAccessibleName(tr("Pruning method"));
    m_pattern.box->setAccessibleName(tr("Which weights fall together"));
    m_embeddings.box->setAccessibleName(tr("How embeddings are pruned"));
    m_precision.box->setAccessibleName(tr("Precision of the package"));
    fill(*m_score.box, "prune", "score");
    fill(*m_method.box, "prune", "method");
    fill(*m_pattern.box, "prune", "pattern");
    fill(*m_embeddings.box, "prune", "embeddings");
    fill(*m_precision.box, "package", "precision");
}

void CompressionChoices::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
