// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/ReleaseTable.h"

#include "widgets/devices/ReceiptView.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace espalier {

ReleaseTable::ReleaseTable(QWidget* parent)
    : QWidget(parent), m_note(new QLabel), m_table(new QTableWidget(0, 5)), m_refresh(new QPushButton), m_rollback(new QPushButton)
{
    m_table->setObjectName(QStringLiteral("releaseTable"));
    m_rollback->setObjectName(QStringLiteral("rollbackButton"));
    m_refresh->setObjectName(QStringLiteral("refreshReleasesButton"));
    m_rollback->setIcon(icon(QStringLiteral("rollback")));
    m_refresh->setIcon(icon(QStringLiteral("reset")));
    m_note->setWordWrap(true);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_refresh);
    buttons->addStretch();
    buttons->addWidget(m_rollback);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);
    connect(m_refresh, &QPushButton::clicked, this, &ReleaseTable::refreshRequested);
    connect(m_rollback, &QPushButton::clicked, this, &ReleaseTable::rollbackRequested);
    retranslate();
}

void ReleaseTable::clear()
{
    m_asked = false;
    m_error.clear();
    m_releases.clear();
    fill();
}

void ReleaseTable::setReleases(const QList<ReleaseItem>& releases)
{
    m_asked = true;
    m_error.clear();
    m_releases = releases;
    fill();
}

void ReleaseTable::setError(const QString& text)
{
    m_asked = true;
    m_error = text;
    fill();
}

void ReleaseTable::setBusy(bool busy)
{
    m_busy = busy;
    updateButtons();
}

void ReleaseTable::updateButtons()
{
    const bool hasPrevious = std::any_of(m_releases.begin(), m_releases.end(), [](const ReleaseItem& release) { return release.previous; });
    m_refresh->setEnabled(!m_busy);
    m_rollback->setEnabled(!m_busy && hasPrevious);
}

QString ReleaseTable::stateText(const ReleaseItem& release) const
{
    if (release.current)
        return tr("current");
    if (release.previous)
        return tr("previous");
    return release.failure.isEmpty() ? tr("kept") : tr("rolled back: %1").arg(release.failure);
}

void ReleaseTable::fill()
{
    m_table->setRowCount(0);
    for (const ReleaseItem& release : m_releases) {
        const int row = m_table->rowCount();
        m_table->insertRow(row);
        const QString cells[] = {release.hash.left(12), formatBytes(release.packageBytes), release.runtimeVersion, localTimeText(release.storedAt.toStdString()),
                                 stateText(release)};
        for (int column = 0; column < 5; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(column == 0 ? release.hash : cells[column]);
            if (column == 1)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (column <= 1)
                item->setFont(tabularFont(font()));
            m_table->setItem(row, column, item);
        }
    }
    m_table->resizeColumnsToContents();
    m_table->setVisible(!m_releases.isEmpty());
    m_note->setVisible(m_releases.isEmpty() || !m_error.isEmpty());
    m_note->setText(!m_error.isEmpty() ? m_error
                    : m_asked          ? tr("No release lies on this device yet. Deploy puts the first one there.")
                                       : tr("Not asked yet. Refresh lists the releases that lie on the device."));
    updateButtons();
}

void ReleaseTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ReleaseTable::retranslate()
{
    m_table->setHorizontalHeaderLabels({tr("Release"), tr("Package"), tr("Runtime"), tr("Stored"), tr("State")});
    m_table->setAccessibleName(tr("Releases"));
    m_refresh->setText(tr("Refresh"));
    m_rollback->setText(tr("Roll back"));
    m_rollback->setToolTip(tr("Make the previous release current again, after testing it"));
    fill();
}

} // namespace espalier
