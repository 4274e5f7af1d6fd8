// SPDX-License-Identifier: GPL-3.0-or-later
// EngineNotices: the engine's state as the window tells it: the word in the bar, a warning about a slow BLAS, and, when it dies while
// nothing runs, a line with Restart.
#pragma once

#include "app/EngineClient.h"

#include <QObject>

namespace espalier {

class MessageBar;
class ModeBar;

class EngineNotices : public QObject {
    Q_OBJECT

public:
    struct Parts {
        EngineClient* engine;
        ModeBar* modeBar;
        MessageBar* messages;
    };
    explicit EngineNotices(const Parts& parts, QObject* parent = nullptr);

private:
    void warnAboutBlas();

    Parts m_parts;
    bool m_blasTold = false;
};

} // namespace espalier
