// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ModeBar.h"

#include "widgets/style/Theme.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace espalier {
namespace {

constexpr int barWidth = 96;
constexpr int iconSize = 24;

} // namespace

ModeBar::ModeBar(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)), m_engine(new QLabel)
{
    setObjectName(QStringLiteral("modeBar"));
    setFixedWidth(barWidth);
    m_layout->setContentsMargins(4, 8, 4, 8);
    m_layout->setSpacing(4);
    auto* group = new QActionGroup(this);
    const std::pair<const char*, const char*> places[] = {
        {"pipeline", "pipelinePlaceButton"}, {"training", "trainingPlaceButton"}, {"compression", "compressionPlaceButton"}, {"devices", "devicesPlaceButton"}};
    for (int i = 0; i < 4; ++i) {
        auto* action = new QAction(icon(QString::fromLatin1(places[i].first)), {}, this);
        action->setCheckable(true);
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT placeRequested(static_cast<Place>(i)); });
        m_places << action;
        m_layout->addWidget(addButton(action, places[i].second));
    }
    m_layout->addStretch();
    m_engine->setObjectName(QStringLiteral("engineState"));
    m_engine->setAlignment(Qt::AlignCenter);
    m_engine->setWordWrap(true);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    m_engine->setFont(small);
    m_layout->addWidget(m_engine);
    connect(themeNotifier(), &ThemeNotifier::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

QToolButton* ModeBar::addButton(QAction* action, const char* objectName)
{
    auto* button = new QToolButton;
    button->setObjectName(QString::fromLatin1(objectName));
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize({iconSize, iconSize});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumHeight(56);
    return button;
}

void ModeBar::setRunActions(QAction* run, QAction* stop)
{
    const int before = m_layout->indexOf(m_engine);
    m_layout->insertWidget(before, addButton(stop, "stopButton"));
    m_layout->insertWidget(before, addButton(run, "runButton"));
}

void ModeBar::setPlace(Place place) { m_places.at(static_cast<int>(place))->setChecked(true); }

QAction* ModeBar::placeAction(Place place) const { return m_places.at(static_cast<int>(place)); }

void ModeBar::setEngineState(EngineClient::State state, const EngineInfo& info)
{
    m_state = state;
    m_info = info;
    retranslate();
}

void ModeBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColors().raised);
    painter.fillRect(width() - 1, 0, 1, height(), themeColors().border);
}

void ModeBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ModeBar::retranslate()
{
    const QString names[] = {tr("Pipeline"), tr("Training"), tr("Compression"), tr("Devices")};
    for (int i = 0; i < m_places.size(); ++i)
        m_places[i]->setText(names[i]);
    switch (m_state) {
    case EngineClient::State::Stopped: m_engine->setText(tr("Engine stopped")); break;
    case EngineClient::State::Starting: m_engine->setText(tr("Engine starting")); break;
    case EngineClient::State::Ready: m_engine->setText(tr("Engine ready")); break;
    case EngineClient::State::Crashed: m_engine->setText(tr("Engine lost")); break;
    }
    m_engine->setToolTip(m_state == EngineClient::State::Ready
                             ? tr("espalier-engine %1, %2 threads\n%3: %4 GFLOP/s")
                                   .arg(m_info.version, formatCount(m_info.threads), m_info.blasLibrary, formatCount(qRound64(m_info.blasGflops)))
                             : QString());
}

} // namespace espalier
