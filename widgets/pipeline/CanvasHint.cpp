// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/CanvasHint.h"

#include "widgets/style/Theme.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>

namespace espalier {

CanvasHint::CanvasHint(QWidget* canvas)
    : QWidget(canvas), m_headline(new QLabel), m_text(new QLabel), m_sample(new QPushButton), m_file(new QPushButton)
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    m_headline->setFont(large);
    m_headline->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_sample->setDefault(true);
    m_sample->setIcon(icon(QStringLiteral("pipeline")));
    m_file->setIcon(icon(QStringLiteral("open")));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_sample);
    buttons->addWidget(m_file);
    buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setSpacing(2 * gridStep);
    column->addWidget(m_headline);
    column->addWidget(m_text);
    column->addLayout(buttons);
    connect(m_sample, &QPushButton::clicked, this, &CanvasHint::openSampleRequested);
    connect(m_file, &QPushButton::clicked, this, &CanvasHint::openFileRequested);
    m_sample->setObjectName(QStringLiteral("openSample"));
    m_file->setObjectName(QStringLiteral("openFile"));
    setCursor(Qt::ArrowCursor);
    retranslate();
}

void CanvasHint::retranslate()
{
    m_headline->setText(tr("From a file of sentences to a device"));
    m_text->setText(tr("Drop a file of labelled sentences anywhere on the window and get a whole pipeline for it, or drag the first node from the list on the left."));
    m_sample->setText(tr("Open the &sample"));
    m_file->setText(tr("Open a &file…"));
}

void CanvasHint::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void CanvasHint::place()
{
    const QSize room = parentWidget()->size();
    const int width = std::min(room.width(), 440);
    resize(width, std::max(sizeHint().height(), heightForWidth(width)));
    move((room.width() - this->width()) / 2, (room.height() - height()) / 2);
}

} // namespace espalier
