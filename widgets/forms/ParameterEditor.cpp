// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/ParameterEditor.h"

#include "widgets/forms/FileEditor.h"
#include "widgets/forms/NumberField.h"
#include "widgets/forms/TextField.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/ToolTips.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>

namespace espalier {
namespace {

class NumberEditor : public ParameterEditor {
public:
    NumberEditor(const ParameterSpec& spec, QWidget* parent) : ParameterEditor(parent), m_spec(spec), m_field(new NumberField(spec))
    {
        setField(m_field);
        connect(m_field, &QDoubleSpinBox::valueChanged, this, [this](double value) {
            report(m_spec.kind == ParameterKind::Integer ? Json(static_cast<std::int64_t>(value)) : Json(value));
        });
    }

    void setValue(const Json& value) override
    {
        const Json& shown = value.is_number() ? value : m_spec.fallback;
        const QSignalBlocker blocker(m_field);
        if (m_field->value() != shown.get<double>()) // the same value would rewrite what is being typed
            m_field->setValue(shown.get<double>());
    }

private:
    ParameterSpec m_spec;
    NumberField* m_field;
};

class BooleanEditor : public ParameterEditor {
public:
    BooleanEditor(const ParameterSpec& spec, QWidget* parent) : ParameterEditor(parent), m_box(new QCheckBox(catalogText(spec.label)))
    {
        setField(m_box);
        connect(m_box, &QCheckBox::toggled, this, [this](bool on) { report(on); });
    }

    void setValue(const Json& value) override
    {
        const QSignalBlocker blocker(m_box);
        m_box->setChecked(value.is_boolean() && value.get<bool>());
    }

    bool showsLabel() const override { return true; }

private:
    QCheckBox* m_box;
};

/// A list to choose from. A value that is not on it stays, marked, until another is chosen.
class ListEditor : public ParameterEditor {
public:
    explicit ListEditor(QWidget* parent) : ParameterEditor(parent), m_box(new QComboBox)
    {
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(8);
        ignoreWheelUnlessFocused(m_box);
        setField(m_box);
        connect(m_box, &QComboBox::activated, this, [this](int index) { report(m_box->itemData(index).toString().toStdString()); });
    }

    void setValue(const Json& value) override
    {
        m_value = value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
        if (m_box->findData(m_value) < 0 && !m_value.isEmpty())
            m_box->addItem(ParameterEditor::tr("%1 (not on the list)").arg(m_value), m_value);
        m_box->setCurrentIndex(m_box->findData(m_value));
    }

protected:
    void setItems(const QList<QPair<QString, QString>>& items)
    {
        m_box->clear();
        for (const auto& [value, label] : items)
            m_box->addItem(label, value);
        setValue(m_value.toStdString());
    }
    void setPlaceholder(const QString& text) { m_box->setPlaceholderText(text); }

private:
    QComboBox* m_box;
    QString m_value;
};

class ChoiceEditor : public ListEditor {
public:
    ChoiceEditor(const ParameterSpec& spec, QWidget* parent) : ListEditor(parent)
    {
        QList<QPair<QString, QString>> items;
        for (const ParameterChoice& choice : spec.choices)
            items.emplace_back(QString::fromStdString(choice.value), catalogText(choice.label));
        setItems(items);
    }
};

class DeviceEditor : public ListEditor {
public:
    explicit DeviceEditor(QWidget* parent) : ListEditor(parent) { setPlaceholder(ParameterEditor::tr("Choose a device")); }

    void setContext(const EditorContext& context) override
    {
        QList<QPair<QString, QString>> items;
        for (const QString& name : context.deviceNames)
            items.emplace_back(name, name);
        setItems(items);
    }
};

class TextEditor : public ParameterEditor {
public:
    TextEditor(const ParameterSpec& spec, QWidget* parent) : ParameterEditor(parent), m_field(new TextField)
    {
        if (spec.fallback.is_string())
            m_field->setPlaceholderText(QString::fromStdString(spec.fallback.get<std::string>()));
        setField(m_field);
        connect(m_field, &QLineEdit::textEdited, this, [this](const QString& text) { report(text.toStdString()); });
    }

    void setValue(const Json& value) override
    {
        const QString text = value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
        if (m_field->text() != text) // the same text would move the cursor
            m_field->setText(text);
    }

private:
    TextField* m_field;
};

ParameterEditor* create(const ParameterSpec& spec, QWidget* parent)
{
    switch (spec.kind) {
    case ParameterKind::Integer:
    case ParameterKind::Real: return new NumberEditor(spec, parent);
    case ParameterKind::Boolean: return new BooleanEditor(spec, parent);
    case ParameterKind::Choice: return new ChoiceEditor(spec, parent);
    case ParameterKind::File: return new FileEditor(parent);
    case ParameterKind::Device: return new DeviceEditor(parent);
    case ParameterKind::Text: break;
    }
    return new TextEditor(spec, parent);
}

} // namespace

void ParameterEditor::setField(QWidget* field)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(field);
    setFocusProxy(field);
}

ParameterEditor* makeParameterEditor(const ParameterSpec& spec, const EditorContext& context, QWidget* parent)
{
    ParameterEditor* editor = create(spec, parent);
    editor->setContext(context);
    editor->setObjectName(QString::fromStdString(spec.id));
    QWidget* field = editor->focusProxy();
    field->setAccessibleName(catalogText(spec.label));
    field->setAccessibleDescription(catalogText(spec.help));
    field->setToolTip(wrappedTip(catalogText(spec.help)));
    return editor;
}

} // namespace espalier
