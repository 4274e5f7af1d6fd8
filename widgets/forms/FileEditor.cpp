// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/FileEditor.h"

#include "widgets/forms/TextField.h"
#include "widgets/style/Theme.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QToolButton>

namespace espalier {

FileEditor::FileEditor(QWidget* parent) : ParameterEditor(parent), m_field(new TextField), m_browse(new QToolButton)
{
    m_field->setTakesFiles(true);
    m_field->setPlaceholderText(tr("No file"));
    m_browse->setIcon(icon(QStringLiteral("open")));
    m_browse->setToolTip(tr("Browse…"));
    m_browse->setAccessibleName(tr("Browse for a file"));
    setField(m_field);
    layout()->setSpacing(gridStep / 2);
    layout()->addWidget(m_browse);
    connect(m_field, &QLineEdit::textEdited, this, [this](const QString& text) { report(text.toStdString()); });
    connect(m_field, &TextField::fileDropped, this, &FileEditor::choose);
    connect(m_browse, &QToolButton::clicked, this, &FileEditor::browse);
}

void FileEditor::setValue(const Json& value)
{
    const QString text = value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
    if (m_field->text() != text)
        m_field->setText(text);
}

void FileEditor::setContext(const EditorContext& context)
{
    m_folder = context.projectFolder;
}

void FileEditor::browse()
{
    const QString current = QDir(m_folder).absoluteFilePath(m_field->text());
    auto* dialog = new QFileDialog(window(), tr("Choose a file"), QFileInfo(current).absolutePath(), tr("Tables (*.csv *.tsv *.txt);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FileEditor::choose);
    dialog->open();
}

void FileEditor::choose(const QString& path)
{
    const QString relative = m_folder.isEmpty() ? QString() : QDir(m_folder).relativeFilePath(path);
    const bool below = !relative.isEmpty() && !relative.startsWith(QStringLiteral("..")) && QDir::isRelativePath(relative);
    m_field->setText(below ? relative : path);
    report(m_field->text().toStdString());
}

} // namespace espalier
