// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DevicesPlace.h"

#include "widgets/devices/DevicesPanel.h"
#include "widgets/devices/TryItBox.h"

#include <QFrame>
#include <QVBoxLayout>

namespace espalier {

DevicesPlace::DevicesPlace(QWidget* parent) : QWidget(parent), m_panel(new DevicesPanel), m_tryIt(new TryItBox)
{
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_panel, 1);
    layout->addWidget(line);
    layout->addWidget(m_tryIt);
}

} // namespace espalier
