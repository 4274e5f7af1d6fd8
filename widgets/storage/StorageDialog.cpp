// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/storage/StorageDialog.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>

#include <algorithm>

namespace espalier {
namespace {

constexpr double bytesPerGigabyte = 1e9;

enum Column { What, Reason, LastUsed, Size, ColumnCount };

} // namespace

StorageDialog::StorageDialog(QWidget* parent)
    : QDialog(parent), m_used(new QLabel), m_said(new QLabel), m_limit(new QDoubleSpinBox), m_table(new QTableWidget(0, ColumnCount)), m_clean(new QPushButton)
{
    setObjectName(QStringLiteral("storageDialog"));
    setWindowTitle(tr("Storage"));
    resize(82 * gridStep, 60 * gridStep);
    m_used->setObjectName(QStringLiteral("storageUsed"));
    m_said->setObjectName(QStringLiteral("storageSaid"));
    m_table->setObjectName(QStringLiteral("storageTable"));
    m_clean->setObjectName(QStringLiteral("cleanUpButton"));
    for (QLabel* label : {m_used, m_said})
        label->setWordWrap(true);
    m_used->setText(tr("Measuring…"));
    styleTable(*m_table, What);
    setHeaders(*m_table, {tr("Result"), tr("Why it stays"), tr("Last used"), tr("Size")}, Size);
    m_table->setAccessibleName(tr("Stored results"));
    m_clean->setText(tr("Clean up"));
    m_clean->setEnabled(false);
    m_clean->setToolTip(tr("Takes away results that no project in this folder, no pinned run and no running run needs. They can be made again."));
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    buttons->addButton(m_clean, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_clean, &QPushButton::clicked, this, [this] {
        m_clean->setEnabled(false);
        Q_EMIT cleanUpWanted();
    });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * gridStep, 2 * gridStep, 2 * gridStep, 2 * gridStep);
    column->setSpacing(gridStep);
    column->addWidget(m_used);
    column->addWidget(makeLimitRow());
    column->addWidget(m_table, 1);
    column->addWidget(m_said);
    column->addWidget(buttons);
}

QWidget* StorageDialog::makeLimitRow()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("&Limit"));
    label->setBuddy(m_limit);
    m_limit->setObjectName(QStringLiteral("storageLimit"));
    m_limit->setRange(0.001, 100000);
    m_limit->setDecimals(3);
    m_limit->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_limit->setSuffix(tr(" GB"));
    m_limit->setKeyboardTracking(false);
    m_limit->setToolTip(tr("After a run, results that were not used for longest go until the rest fits."));
    auto* help = new QLabel(m_limit->toolTip());
    help->setForegroundRole(QPalette::PlaceholderText);
    help->setWordWrap(true);
    layout->addWidget(label);
    layout->addWidget(m_limit);
    layout->addSpacing(gridStep);
    layout->addWidget(help, 1);
    connect(m_limit, &QDoubleSpinBox::valueChanged, this, [this](double gigabytes) { Q_EMIT limitChosen(static_cast<std::int64_t>(gigabytes * bytesPerGigabyte)); });
    return row;
}

void StorageDialog::setUse(const StorageUse& use)
{
    const QSignalBlocker blocker(m_limit);
    m_limit->setValue(static_cast<double>(use.limit) / bytesPerGigabyte);
    const int count = static_cast<int>(use.entries.size());
    m_used->setText(count == 0              ? tr("Nothing is stored yet.")
                    : use.removable == 0 ? tr("%1 in %n results, all of them needed.", nullptr, count).arg(formatBytes(use.bytes))
                                         : tr("%1 in %n results; %2 of it can go.", nullptr, count).arg(formatBytes(use.bytes), formatBytes(use.removable)));
    m_clean->setText(use.removable > 0 ? tr("Clean up (%1)").arg(formatBytes(use.removable)) : tr("Clean up"));
    m_clean->setEnabled(use.removable > 0);
    fill(use.entries);
}

void StorageDialog::fill(const std::vector<StoredEntry>& entries)
{
    std::vector<StoredEntry> largestFirst = entries;
    std::stable_sort(largestFirst.begin(), largestFirst.end(), [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
    const auto reason = [](const QString& kept) {
        return kept.isEmpty() ? QStringLiteral("–") : kept == QLatin1String("pinned") ? tr("A pinned run") : kept == QLatin1String("running") ? tr("A run under way") : tr("A project");
    };
    m_table->setRowCount(static_cast<int>(largestFirst.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const StoredEntry& entry = largestFirst[static_cast<std::size_t>(row)];
        const PortType* type = portTypes().find(entry.type.toStdString());
        m_table->setItem(row, What, new QTableWidgetItem(type ? catalogText(type->label) : entry.type.isEmpty() ? tr("Unfinished work") : entry.type));
        m_table->setItem(row, Reason, new QTableWidgetItem(reason(entry.kept)));
        m_table->setItem(row, LastUsed, new QTableWidgetItem(QLocale().toString(QDateTime::fromSecsSinceEpoch(entry.lastUsed), QLocale::ShortFormat)));
        m_table->setItem(row, Size, figureItem(formatBytes(entry.bytes)));
    }
}

void StorageDialog::setFreed(std::int64_t bytes)
{
    say(tr("%1 were freed.").arg(formatBytes(bytes)), false);
}

void StorageDialog::setError(const QString& text)
{
    say(text, true);
}

void StorageDialog::say(const QString& text, bool isError)
{
    QPalette palette = m_said->palette();
    palette.setColor(QPalette::WindowText, isError ? themeColors().danger : themeColors().text);
    m_said->setPalette(palette);
    m_said->setText(text);
}

} // namespace espalier
