// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/ReceiptView.h"

#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTimeZone>
#include <QVBoxLayout>

namespace espalier {

QString localTimeText(const std::string& utc)
{
    const QString text = QString::fromStdString(utc);
    QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid())
        return text;
    time.setTimeZone(QTimeZone::utc());
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

ReceiptView::ReceiptView(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_emptyText(new QLabel), m_deploy(new QPushButton), m_table(new QTableWidget(0, 2)), m_copy(new QPushButton)
{
    setObjectName(QStringLiteral("receiptView"));
    m_table->setObjectName(QStringLiteral("receiptTable"));
    m_copy->setObjectName(QStringLiteral("copyReceiptButton"));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);

    auto* empty = new QWidget;
    auto* emptyLayout = new QVBoxLayout(empty);
    emptyLayout->addStretch();
    emptyLayout->addWidget(m_emptyText);
    emptyLayout->addWidget(m_deploy, 0, Qt::AlignHCenter);
    emptyLayout->addStretch();
    auto* filled = new QWidget;
    auto* filledLayout = new QVBoxLayout(filled);
    filledLayout->setContentsMargins(0, 0, 0, 8);
    filledLayout->addWidget(m_table, 1);
    filledLayout->addWidget(m_copy, 0, Qt::AlignRight);
    m_pages->addWidget(empty);
    m_pages->addWidget(filled);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->addWidget(m_pages);
    connect(m_deploy, &QPushButton::clicked, this, &ReceiptView::deployRequested);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    retranslate();
}

void ReceiptView::clear()
{
    m_receipt.reset();
    fill();
}

void ReceiptView::setReceipt(const Receipt& receipt)
{
    m_receipt = receipt;
    fill();
}

QString ReceiptView::text() const
{
    QStringList lines;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QTableWidgetItem* value = m_table->item(row, 1);
        lines << m_table->item(row, 0)->text() + (value ? QLatin1Char('\t') + value->text() : QString());
    }
    return lines.join(QLatin1Char('\n'));
}

void ReceiptView::addSection(const QString& title)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    auto* item = new QTableWidgetItem(title);
    QFont bold = font();
    bold.setBold(true);
    item->setFont(bold);
    m_table->setItem(row, 0, item);
    m_table->setSpan(row, 0, 1, 2);
}

void ReceiptView::addRow(const QString& name, const QString& value)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, 0, new QTableWidgetItem(name));
    auto* item = new QTableWidgetItem(value);
    item->setFont(tabularFont(font()));
    item->setToolTip(value);
    m_table->setItem(row, 1, item);
}

void ReceiptView::addLatency(const LatencyReport& latency)
{
    addRow(tr("Answers timed"), formatCount(latency.sentences));
    addRow(tr("Latency, median"), formatDuration(latency.p50Milliseconds / 1000));
    addRow(tr("Latency, 95 of 100"), formatDuration(latency.p95Milliseconds / 1000));
    if (latency.p99Milliseconds > 0)
        addRow(tr("Latency, 99 of 100"), formatDuration(latency.p99Milliseconds / 1000));
    addRow(tr("Peak memory"), formatBytes(latency.peakMemoryBytes));
}

void ReceiptView::addRelease(const Receipt& receipt)
{
    addSection(tr("Release"));
    addRow(tr("Current release"), QString::fromStdString(receipt.release));
    addRow(tr("Previous release"), receipt.previousRelease.empty() ? tr("none") : QString::fromStdString(receipt.previousRelease));
    addRow(tr("Deployed"), localTimeText(receipt.deployedAt));
    addRow(tr("Package"), formatBytes(receipt.packageBytes));
    addRow(tr("Package SHA-256"), QString::fromStdString(receipt.packageSha256));
    addRow(tr("Runtime"), QString::fromStdString(receipt.runtimeVersion));
    addRow(tr("Uploaded"), receipt.uploadedBytes > 0 ? tr("%1 in %2").arg(formatBytes(receipt.uploadedBytes), formatDuration(receipt.uploadSeconds))
                                                     : tr("nothing, the release was there already"));
    addRow(tr("Self-test"), receipt.selfTestPassed ? tr("passed") : tr("failed"));
}

void ReceiptView::addDevice(const DeviceProfile& profile)
{
    QStringList features;
    for (const std::string& feature : profile.cpuFeatures)
        features << QString::fromStdString(feature);
    addSection(tr("The device"));
    addRow(tr("System"), QString::fromStdString(profile.system));
    addRow(tr("Architecture"), QString::fromStdString(profile.architecture.empty() ? profile.machine : profile.architecture));
    addRow(tr("Processors"), formatCount(profile.cpus));
    addRow(tr("Processor features"), features.isEmpty() ? tr("none that the runtime uses") : features.join(QStringLiteral(", ")));
    addRow(tr("Memory"), tr("%1, of which %2 available").arg(formatBytes(profile.memoryBytes), formatBytes(profile.availableMemoryBytes)));
    addRow(tr("Free disk"), formatBytes(profile.freeDiskBytes));
}

void ReceiptView::fill()
{
    m_table->clearSpans();
    m_table->setRowCount(0);
    m_pages->setCurrentIndex(m_receipt ? 1 : 0);
    if (!m_receipt)
        return;
    if (m_receipt->evaluation) {
        addSection(tr("Test set, classified on the device"));
        addRow(scoreText(m_receipt->evaluation->scoreName), formatPercent(m_receipt->evaluation->score));
        addRow(tr("Macro-F1"), formatPercent(m_receipt->evaluation->macroF1));
        addLatency(m_receipt->evaluation->latency);
    }
    addSection(tr("Self-test sentences, one at a time"));
    addLatency(m_receipt->latency);
    addRelease(*m_receipt);
    addDevice(m_receipt->profile);
}

void ReceiptView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ReceiptView::retranslate()
{
    m_emptyText->setText(tr("Nothing was deployed to this device yet.\nDeploy pushes the model with its runtime, tests it there, and brings back a receipt."));
    m_deploy->setText(tr("Deploy"));
    m_table->setHorizontalHeaderLabels({tr("Measured"), tr("Value")});
    m_table->setAccessibleName(tr("Receipt"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the whole receipt as text"));
    fill();
}

} // namespace espalier
