// SPDX-License-Identifier: GPL-3.0-or-later
// JobProgress: one long act: what it does now, how far it is, and Cancel. Hidden while nothing runs; afterwards it
// says how it ended until the next one begins.
#pragma once

#include "engine/core/RunContext.h"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace espalier {

class JobProgress : public QWidget {
    Q_OBJECT

public:
    explicit JobProgress(QWidget* parent = nullptr);

    void begin(const QString& activity);
    /// How long it still takes is told from how far it came.
    void setProgress(const Progress& progress);
    /// The same where who does it knows; none: nobody does.
    void setProgressAndTime(const Progress& progress, std::optional<double> secondsLeft);
    void finish(const QString& text);
    void fail(const QString& text);
    void reset();

Q_SIGNALS:
    void cancelRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void setText(const QString& text, const QColor& color);

    QLabel* m_text = nullptr;
    QLabel* m_detail = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QElapsedTimer m_clock;
    QString m_activity;
};

} // namespace espalier
