// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/JobProgress.h"

#include "widgets/style/CatalogText.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace espalier {

JobProgress::JobProgress(QWidget* parent)
    : QWidget(parent), m_text(new QLabel), m_detail(new QLabel), m_bar(new QProgressBar), m_cancel(new QPushButton)
{
    setObjectName(QStringLiteral("deviceProgress"));
    m_text->setObjectName(QStringLiteral("deviceProgressText"));
    m_cancel->setObjectName(QStringLiteral("cancelDeviceJobButton"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setFont(tabularFont(font()));
    m_bar->setTextVisible(false);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setColumnStretch(0, 1);
    layout->addWidget(m_text, 0, 0);
    layout->addWidget(m_detail, 0, 1);
    layout->addWidget(m_bar, 1, 0);
    layout->addWidget(m_cancel, 1, 1);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        Q_EMIT cancelRequested();
    });
    retranslate();
    reset();
}

void JobProgress::setText(const QString& text, const QColor& color)
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, color);
    m_text->setPalette(colors);
    m_text->setText(text);
}

void JobProgress::begin(const QString& activity)
{
    m_activity = activity;
    m_clock.start();
    m_cancel->setEnabled(true);
    setText(activity, themeColors().text);
    m_detail->clear();
    m_bar->setRange(0, 0);
    m_bar->show();
    m_cancel->show();
    show();
}

void JobProgress::setProgress(const Progress& progress)
{
    if (catalogText(progress.activity) != m_activity)
        m_clock.restart();
    const double seconds = static_cast<double>(m_clock.elapsed()) / 1000;
    std::optional<double> left;
    if (seconds > 1 && progress.done > 0 && progress.done < progress.total)
        left = seconds * static_cast<double>(progress.total - progress.done) / static_cast<double>(progress.done);
    setProgressAndTime(progress, left);
}

void JobProgress::setProgressAndTime(const Progress& progress, std::optional<double> secondsLeft)
{
    if (!m_cancel->isVisibleTo(this))
        return; // a late one, after the end
    const QString activity = catalogText(progress.activity);
    if (activity != m_activity) {
        m_activity = activity;
        setText(activity, themeColors().text);
    }
    m_detail->setText(secondsLeft ? tr("about %1 left").arg(formatTimeLeft(*secondsLeft)) : QString());
    if (progress.total <= 0)
        return m_bar->setRange(0, 0);
    m_bar->setRange(0, 1000);
    m_bar->setValue(static_cast<int>(1000.0 * static_cast<double>(progress.done) / static_cast<double>(progress.total)));
}

void JobProgress::finish(const QString& text)
{
    setText(text, themeColors().success);
    m_detail->clear();
    m_bar->hide();
    m_cancel->hide();
    setVisible(!text.isEmpty());
}

void JobProgress::fail(const QString& text)
{
    finish(text);
    setText(text, themeColors().danger);
}

void JobProgress::reset() { finish({}); }

void JobProgress::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void JobProgress::retranslate()
{
    m_cancel->setText(tr("Cancel"));
    m_bar->setAccessibleName(tr("Progress"));
}

} // namespace espalier
