// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/FloorBar.h"

#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

namespace espalier {

FloorBar::FloorBar(QWidget* parent) : QWidget(parent), m_on(new QCheckBox), m_box(new QDoubleSpinBox), m_answer(new QLabel), m_go(new QPushButton)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridStep);
    m_on->setObjectName(QStringLiteral("floorOn"));
    m_box->setObjectName(QStringLiteral("floor"));
    m_go->setObjectName(QStringLiteral("floorGo"));
    m_box->setRange(0, 100);
    m_box->setDecimals(1);
    m_box->setSingleStep(0.1);
    m_box->setKeyboardTracking(false); // what is half typed is no floor
    m_box->setFont(tabularFont(m_box->font()));
    m_box->setAlignment(Qt::AlignRight);
    m_answer->setWordWrap(true);
    m_answer->setTextFormat(Qt::PlainText);
    row->addWidget(m_on);
    row->addWidget(m_box);
    row->addWidget(m_answer, 1);
    row->addWidget(m_go);
    connect(m_on, &QCheckBox::toggled, this, &FloorBar::toggle);
    connect(m_box, &QDoubleSpinBox::valueChanged, this, [this](double percent) { Q_EMIT floorChanged(percent / 100); });
    connect(m_go, &QPushButton::clicked, this, &FloorBar::goWanted);
    retranslate();
    setFloor(std::nullopt);
}

void FloorBar::setFloor(std::optional<double> accuracy)
{
    const QSignalBlocker quietSwitch(m_on);
    const QSignalBlocker quietBox(m_box);
    m_on->setChecked(accuracy.has_value());
    m_box->setEnabled(accuracy.has_value());
    if (accuracy)
        m_box->setValue(*accuracy * 100);
    m_box->setVisible(accuracy.has_value());
    setAnswer(m_answer->text(), m_go->isEnabled());
}

std::optional<double> FloorBar::floor() const
{
    return m_on->isChecked() ? std::optional(m_box->value() / 100) : std::nullopt;
}

void FloorBar::toggle(bool on)
{
    setFloor(on ? std::optional(m_proposal) : std::nullopt);
    Q_EMIT floorChanged(floor());
}

void FloorBar::setAnswer(const QString& text, bool reachable)
{
    m_answer->setText(text);
    m_answer->setVisible(m_on->isChecked());
    m_go->setEnabled(reachable);
    m_go->setVisible(m_on->isChecked() && reachable);
}

QString FloorBar::answer() const
{
    return m_answer->text();
}

void FloorBar::retranslate()
{
    m_on->setText(tr("Accuracy &floor"));
    m_on->setToolTip(wrappedTip(tr("Names the smallest measured model that is at least so accurate. In the chart: drag the line, or use the arrows up and down")));
    m_box->setSuffix(tr(" %"));
    m_box->setAccessibleName(tr("Least accuracy in percent"));
    m_go->setText(tr("Sho&w"));
    m_go->setToolTip(tr("Goes to that model"));
}

void FloorBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
