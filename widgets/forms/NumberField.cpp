// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/NumberField.h"

#include "widgets/style/CatalogText.h"
#include "widgets/style/Format.h"

#include <QKeyEvent>
#include <QLineEdit>

#include <cmath>

namespace espalier {
namespace {

class FieldFilter : public QObject {
public:
    FieldFilter(QWidget* field, bool wheel) : QObject(field), m_wheel(wheel) { field->installEventFilter(this); }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (m_wheel && event->type() == QEvent::Wheel && !static_cast<QWidget*>(watched)->hasFocus()) {
            event->ignore();
            return true;
        }
        if (!m_wheel && event->type() == QEvent::ShortcutOverride) {
            const auto* key = static_cast<QKeyEvent*>(event);
            if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
                event->ignore();
                return true;
            }
        }
        return QObject::eventFilter(watched, event);
    }

private:
    bool m_wheel;
};

} // namespace

void ignoreWheelUnlessFocused(QWidget* field)
{
    field->setFocusPolicy(Qt::StrongFocus);
    new FieldFilter(field, true); // the field owns it
}

void leaveUndoToWindow(QWidget* field)
{
    new FieldFilter(field, false);
}

NumberField::NumberField(const ParameterSpec& spec, QWidget* parent) : QDoubleSpinBox(parent), m_integer(spec.kind == ParameterKind::Integer)
{
    QLocale plain;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    setLocale(plain);
    setDecimals(m_integer ? 0 : 12);
    if (spec.minimum < spec.maximum)
        setRange(spec.minimum, spec.maximum);
    else
        setRange(-9e15, 9e15);
    setSingleStep(spec.step > 0 ? spec.step : 1);
    setAccelerated(true);
    setFont(tabularFont(font()));
    if (!spec.unit.empty())
        setSuffix(QChar(QChar::Nbsp) + catalogText(spec.unit));
    ignoreWheelUnlessFocused(this);
    leaveUndoToWindow(this);
    leaveUndoToWindow(lineEdit());
    setMinimumWidth(12 * 8);
}

QString NumberField::textFromValue(double value) const
{
    return m_integer ? locale().toString(value, 'f', 0) : locale().toString(value, 'g', 10);
}

bool NumberField::parse(const QString& text, double& value) const
{
    QString number = text;
    if (!suffix().isEmpty() && number.endsWith(suffix()))
        number.chop(suffix().size());
    bool ok = false;
    value = locale().toDouble(number.trimmed(), &ok);
    return ok && std::isfinite(value) && (!m_integer || value == std::floor(value));
}

double NumberField::valueFromText(const QString& text) const
{
    double number = 0;
    return parse(text, number) ? number : value();
}

QValidator::State NumberField::validate(QString& text, int&) const
{
    double number = 0;
    if (parse(text, number))
        return number >= minimum() && number <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
    for (const QChar c : text) // half-written: "", "-", "1e-"
        if (!c.isDigit() && !QStringLiteral("+-.,eE").contains(c) && !suffix().contains(c))
            return QValidator::Invalid;
    return QValidator::Intermediate;
}

} // namespace espalier
