// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/ParameterRow.h"

#include "widgets/pipeline/NodeText.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Theme.h"

#include <QBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace espalier {
namespace {

QLabel* smallPrint(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * 0.9);
    label->setFont(font);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

ParameterRow::ParameterRow(const ParameterSpec& spec, const EditorContext& context, QWidget* parent)
    : QWidget(parent), m_editor(makeParameterEditor(spec, context, this)), m_reset(new QToolButton(this)), m_problem(smallPrint({}, this)), m_note(smallPrint({}, this)),
      m_help(catalogText(spec.help))
{
    m_reset->setIcon(icon(QStringLiteral("reset")));
    m_reset->setAutoRaise(true);
    m_reset->setIconSize({14, 14});
    m_reset->setToolTip(tr("Back to the default: %1").arg(parameterText(spec, spec.fallback)));
    m_reset->setAccessibleName(tr("Reset %1").arg(catalogText(spec.label)));
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(policy);
    layOut(spec);
    setProblem({});
    setNote({});
    m_editor->onEdited = [this](const Json& value) { onEdited(value); };
    connect(m_reset, &QToolButton::clicked, this, [this] { onEdited(Json()); });
}

void ParameterRow::layOut(const ParameterSpec& spec)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridStep / 2);
    auto* top = new QHBoxLayout;
    if (m_editor->showsLabel()) {
        top->addWidget(m_editor, 1);
        top->addWidget(m_reset);
        column->addLayout(top);
    } else {
        auto* label = new QLabel(catalogText(spec.label), this);
        label->setBuddy(m_editor->focusProxy());
        top->addWidget(label, 1);
        top->addWidget(m_reset);
        column->addLayout(top);
        column->addWidget(m_editor);
    }
    column->addWidget(m_problem);
    column->addWidget(m_note);
    if (!spec.help.empty()) {
        QLabel* help = smallPrint(m_help, this);
        help->setForegroundRole(QPalette::PlaceholderText);
        column->addWidget(help);
    }
}

void ParameterRow::setValue(const Json& value, bool isDefault)
{
    m_editor->setValue(value);
    if (isDefault && m_reset->hasFocus())
        m_editor->setFocus(Qt::OtherFocusReason);
    m_reset->setVisible(!isDefault);
}

void ParameterRow::setProblem(const QString& text)
{
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, themeColors().danger);
    m_problem->setPalette(palette);
    m_problem->setText(text.trimmed());
    m_problem->setVisible(!text.isEmpty());
    m_editor->focusProxy()->setAccessibleDescription((text + QLatin1Char(' ') + m_help).trimmed());
}

void ParameterRow::setNote(const QString& text)
{
    QPalette palette = m_note->palette();
    palette.setColor(QPalette::WindowText, themeColors().accent);
    m_note->setPalette(palette);
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

QString ParameterRow::note() const
{
    return m_note->text();
}

QString ParameterRow::problem() const
{
    return m_problem->text();
}

} // namespace espalier
