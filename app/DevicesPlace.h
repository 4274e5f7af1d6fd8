// SPDX-License-Identifier: GPL-3.0-or-later
// DevicesPlace: the fourth place: the devices, and below them a sentence to try on the engine and on the chosen device.
#pragma once

#include <QWidget>

namespace espalier {

class DevicesPanel;
class TryItBox;

class DevicesPlace : public QWidget {
    Q_OBJECT

public:
    explicit DevicesPlace(QWidget* parent = nullptr);

    [[nodiscard]] DevicesPanel* panel() const { return m_panel; }
    [[nodiscard]] TryItBox* tryIt() const { return m_tryIt; }

private:
    DevicesPanel* m_panel = nullptr;
    TryItBox* m_tryIt = nullptr;
};

} // namespace espalier
