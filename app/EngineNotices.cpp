// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/EngineNotices.h"

#include "app/MessageBar.h"
#include "app/ModeBar.h"

#include <QLocale>

namespace espalier {

EngineNotices::EngineNotices(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.engine, &EngineClient::stateChanged, this, [this](EngineClient::State state) {
        m_parts.modeBar->setEngineState(state, m_parts.engine->info());
        if (state == EngineClient::State::Ready) {
            m_parts.messages->dismiss(QStringLiteral("engine"));
            warnAboutBlas();
        }
    });
    connect(m_parts.engine, &EngineClient::crashed, this, [this](const QString& detail) {
        if (m_parts.messages->shows(QStringLiteral("engine")))
            return; // the run that it cut short has said so, with Resume
        m_parts.messages->show({QStringLiteral("engine"), Message::Kind::Error, tr("The engine is not running"), detail,
                                {{tr("Restart"), [this] { m_parts.engine->start(); }, QStringLiteral("restartEngineButton")}}});
    });
}

void EngineNotices::warnAboutBlas()
{
    const EngineInfo& info = m_parts.engine->info();
    if (!info.blasSlow || std::exchange(m_blasTold, true))
        return;
    m_parts.messages->show({QStringLiteral("blas"), Message::Kind::Warning, tr("Training will be slow on this computer"),
                            tr("Its matrix library reaches %1 GFLOP/s.").arg(QLocale().toString(info.blasGflops, 'f', 0)) + QLatin1Char('\n') + info.blasRemedy, {}});
}

} // namespace espalier
