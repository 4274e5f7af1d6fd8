// SPDX-License-Identifier: GPL-3.0-or-later
// ModeBar: the narrow bar at the left edge: the four places (icon over word), and at its foot Run, Stop and the engine's state.
#pragma once

#include "app/EngineClient.h"

#include <QWidget>

class QAction;
class QButtonGroup;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace espalier {

enum class Place { Pipeline, Training, Compression, Devices };

class ModeBar : public QWidget {
    Q_OBJECT

public:
    explicit ModeBar(QWidget* parent = nullptr);

    /// The buttons at the foot follow these actions.
    void setRunActions(QAction* run, QAction* stop);
    void setPlace(Place place);
    void setEngineState(EngineClient::State state, const EngineInfo& info);
    /// The action that goes to @p place, for the menu; it carries the shortcut.
    [[nodiscard]] QAction* placeAction(Place place) const;

Q_SIGNALS:
    void placeRequested(espalier::Place place);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();
    QToolButton* addButton(QAction* action, const char* objectName);

    QList<QAction*> m_places;
    QVBoxLayout* m_layout = nullptr;
    QLabel* m_engine = nullptr;
    EngineClient::State m_state = EngineClient::State::Stopped;
    EngineInfo m_info;
};

} // namespace espalier
