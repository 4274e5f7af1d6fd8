// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/CheckList.h"

#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace espalier {

QString deviceCheckName(const std::string& id)
{
    static const std::pair<const char*, const char*> names[] = {
        {"connection", QT_TRANSLATE_NOOP("espalier::CheckList", "Connection")},
        {"architecture", QT_TRANSLATE_NOOP("espalier::CheckList", "Architecture")},
        {"cpu_features", QT_TRANSLATE_NOOP("espalier::CheckList", "Processor features")},
        {"memory", QT_TRANSLATE_NOOP("espalier::CheckList", "Memory")},
        {"disk", QT_TRANSLATE_NOOP("espalier::CheckList", "Disk")},
        {"shell_tools", QT_TRANSLATE_NOOP("espalier::CheckList", "Shell tools")},
        {"writable", QT_TRANSLATE_NOOP("espalier::CheckList", "Folder")},
    };
    for (const auto& [known, name] : names)
        if (id == known)
            return QCoreApplication::translate("espalier::CheckList", name);
    return QString::fromStdString(id);
}

CheckList::CheckList(QWidget* parent) : QWidget(parent), m_headline(new QLabel), m_rows(new QGridLayout)
{
    setObjectName(QStringLiteral("checkList"));
    m_headline->setWordWrap(true);
    m_headline->setObjectName(QStringLiteral("checkHeadline"));
    m_rows->setHorizontalSpacing(12);
    m_rows->setVerticalSpacing(8);
    m_rows->setColumnStretch(2, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(m_headline);
    layout->addLayout(m_rows);
    layout->addStretch();
    connect(themeNotifier(), &ThemeNotifier::changed, this, &CheckList::rebuild);
    rebuild();
}

void CheckList::clear()
{
    m_state = State::Empty;
    rebuild();
}

void CheckList::setWaiting()
{
    m_state = State::Waiting;
    rebuild();
}

void CheckList::setProfile(const DeviceProfile& profile)
{
    m_state = State::Known;
    m_profile = profile;
    rebuild();
}

void CheckList::setError(const QString& text)
{
    m_state = State::Failed;
    m_error = text;
    rebuild();
}

void CheckList::removeRows()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void CheckList::addRow(const QString& iconName, const QColor& color, const QString& name, const QString& text)
{
    const int row = m_rows->rowCount();
    auto* mark = new QLabel;
    mark->setPixmap(icon(iconName, color).pixmap(16, 16));
    auto* title = new QLabel(name);
    auto* body = new QLabel(text);
    body->setWordWrap(true);
    body->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body->setAccessibleName(name);
    m_rows->addWidget(mark, row, 0, Qt::AlignTop);
    m_rows->addWidget(title, row, 1, Qt::AlignTop);
    m_rows->addWidget(body, row, 2, Qt::AlignTop);
}

void CheckList::addCheck(const DeviceCheck& check)
{
    QString text = QString::fromStdString(check.seen);
    if (!check.passed && !check.remedy.empty())
        text += QLatin1Char('\n') + QString::fromStdString(check.remedy);
    addRow(check.passed ? QStringLiteral("check") : QStringLiteral("error"), check.passed ? themeColors().success : themeColors().danger,
           deviceCheckName(check.id), text);
}

void CheckList::rebuild()
{
    removeRows();
    switch (m_state) {
    case State::Empty: m_headline->setText(tr("Not tested yet. Test finds out what the device is and whether it has what a release needs.")); break;
    case State::Waiting: m_headline->setText(tr("Asking the device...")); break;
    case State::Failed: m_headline->setText(tr("The device could not be tested.")); break;
    case State::Known:
        m_headline->setText(m_profile->usable() ? tr("Ready to take a release.") : tr("Not ready: a check did not pass."));
        break;
    }
    if (m_state == State::Failed)
        addRow(QStringLiteral("error"), themeColors().danger, deviceCheckName("connection"), m_error);
    if (m_state == State::Known)
        for (const DeviceCheck& check : m_profile->checks)
            addCheck(check);
}

void CheckList::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        rebuild();
    QWidget::changeEvent(event);
}

} // namespace espalier
