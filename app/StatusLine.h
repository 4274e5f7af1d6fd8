// SPDX-License-Identifier: GPL-3.0-or-later
// StatusLine: what runs, how far, how long still, and on what, with Cancel; at rest, how the last act ended. Several acts may run
// at once: the newest is shown, the others count.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace espalier {

class StatusLine : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    /// @p place: on what it runs ("this computer").
    void begin(const QString& act, const QString& text, const QString& place);
    /// @p fraction and @p secondsLeft: negative when unknown.
    void update(const QString& act, const QString& text, double fraction, double secondsLeft);
    void end(const QString& act, const QString& text);
    /// At rest only: a running act stays.
    void setIdleText(const QString& text);

Q_SIGNALS:
    void cancelRequested(const QString& act);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Act {
        QString id;
        QString text;
        QString place;
        double fraction = -1;
        double secondsLeft = -1;
    };

    void show();
    void retranslate();

    QList<Act> m_acts; ///< the newest last
    QString m_idle;
    QLabel* m_text = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_left = nullptr;
    QLabel* m_place = nullptr;
    QToolButton* m_cancel = nullptr;
};

} // namespace espalier
