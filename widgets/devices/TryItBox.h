// SPDX-License-Identifier: GPL-3.0-or-later
// TryItBox: one sentence, answered by the engine here and by the model on the device, side by side. It only asks and shows.
#pragma once

#include "widgets/devices/AnswerCard.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace espalier {

class TryItBox : public QWidget {
    Q_OBJECT

public:
    explicit TryItBox(QWidget* parent = nullptr);

    /// Whom the right side stands for, as shown.
    void setDevice(const QString& name);
    void showEngineAnswer(const LabelAnswer& answer);
    void showEngineHint(const QString& hint);
    void showDeviceAnswer(const LabelAnswer& answer);
    void showDeviceHint(const QString& hint);
    [[nodiscard]] AnswerCard* engineCard() const { return m_engine; }
    [[nodiscard]] AnswerCard* deviceCard() const { return m_device; }

Q_SIGNALS:
    /// The user wants @p sentence (never empty) labelled.
    void asked(const QString& sentence);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void ask();

    QString m_deviceName;
    QLabel* m_title = nullptr;
    QLineEdit* m_input = nullptr;
    QPushButton* m_ask = nullptr;
    AnswerCard* m_engine = nullptr;
    AnswerCard* m_device = nullptr;
    bool m_engineAsked = false; ///< its card no longer shows the first hint
    bool m_deviceAsked = false;
};

} // namespace espalier
