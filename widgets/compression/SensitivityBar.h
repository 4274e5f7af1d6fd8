// SPDX-License-Identifier: GPL-3.0-or-later
// SensitivityBar: one line under the layers that says whether it was measured what each costs when it is pruned alone, and has it measured: a button, then
// progress with Cancel.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace espalier {

class SensitivityBar : public QWidget {
    Q_OBJECT

public:
    explicit SensitivityBar(QWidget* parent = nullptr);

    /// @p examples: validation sentences that it was measured on; 0: it was not.
    void setMeasured(qint64 examples);
    /// It is being measured; @p total 0: how much there is to do is not known yet.
    void setProgress(qint64 done, qint64 total);
    /// It could not be measured: says so, and offers to try again.
    void setError(const QString& text);
    [[nodiscard]] bool isMeasuring() const { return m_state == State::Measuring; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void measureRequested();
    void cancelRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class State { Unknown, Measuring, Measured, Failed };
    void setState(State state);
    void retranslate();

    State m_state = State::Unknown;
    qint64 m_examples = 0;
    QString m_error;
    QLabel* m_text;
    QProgressBar* m_progress;
    QPushButton* m_button;
};

} // namespace espalier
