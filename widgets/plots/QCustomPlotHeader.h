// SPDX-License-Identifier: GPL-3.0-or-later
// QCustomPlot 2.1's header is written with Qt's short keywords, which we build without: they are lent to it and taken back.
#pragma once

#include <QWidget>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
