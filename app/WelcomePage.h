// SPDX-License-Identifier: GPL-3.0-or-later
// WelcomePage: the first screen: the sample, a file of your own, a recent project.
#pragma once

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace espalier {

class WelcomePage : public QWidget {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setRecent(const QStringList& paths);

Q_SIGNALS:
    void sampleRequested();
    void dataRequested();
    void projectRequested();
    void emptyRequested();
    void recentRequested(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Offer {
        QPushButton* button = nullptr;
        QLabel* text = nullptr;
    };

    Offer addOffer(QVBoxLayout* layout, const char* iconName, const char* objectName, void (WelcomePage::*signal)());
    void retranslate();

    QLabel* m_title = nullptr;
    QLabel* m_lead = nullptr;
    Offer m_sample;
    Offer m_data;
    Offer m_open;
    Offer m_empty;
    QWidget* m_recentColumn = nullptr;
    QLabel* m_recentTitle = nullptr;
    QListWidget* m_recent = nullptr;
};

} // namespace espalier
