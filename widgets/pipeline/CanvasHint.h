// SPDX-License-Identifier: GPL-3.0-or-later
// What an empty canvas shows: what belongs there, and the buttons that put it there.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace espalier {

class CanvasHint : public QWidget {
    Q_OBJECT

public:
    explicit CanvasHint(QWidget* canvas);
    /// Puts itself into the canvas's middle.
    void place();

Q_SIGNALS:
    void openSampleRequested();
    void openFileRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* m_headline;
    QLabel* m_text;
    QPushButton* m_sample;
    QPushButton* m_file;
};

} // namespace espalier
