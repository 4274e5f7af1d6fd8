// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/DeviceForm.h"

#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace espalier {

DeviceForm::DeviceForm(QWidget* parent) : QWidget(parent)
{
    build();
    layOut();
    connect(m_save, &QPushButton::clicked, this, &DeviceForm::save);
    connect(m_cancel, &QPushButton::clicked, this, &DeviceForm::closed);
    connect(m_browse, &QPushButton::clicked, this, &DeviceForm::browseKey);
    for (QLineEdit* field : {m_name, m_host, m_user, m_key, m_folder})
        connect(field, &QLineEdit::returnPressed, this, &DeviceForm::save);
    // The host is most often the name, too: offer it until the user says otherwise.
    connect(m_host, &QLineEdit::textEdited, this, [this](const QString& host) {
        if (!m_name->isModified())
            m_name->setText(host.section(QLatin1Char('.'), 0, 0));
    });
    retranslate();
}

void DeviceForm::build()
{
    m_title = new QLabel;
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_name = new QLineEdit;
    m_host = new QLineEdit;
    m_port = new QSpinBox;
    m_port->setRange(0, 65535);
    m_user = new QLineEdit;
    m_key = new QLineEdit;
    m_browse = new QPushButton;
    m_folder = new QLineEdit;
    m_hint = new QLabel;
    m_hint->setWordWrap(true);
    m_error = new QLabel;
    m_error->setWordWrap(true);
    m_error->setObjectName(QStringLiteral("deviceFormError"));
    m_save = new QPushButton;
    m_save->setDefault(true);
    m_cancel = new QPushButton;
    const std::pair<QWidget*, const char*> names[] = {{m_name, "deviceName"}, {m_host, "deviceHost"}, {m_port, "devicePort"}, {m_user, "deviceUser"},
                                                      {m_key, "deviceKey"}, {m_folder, "deviceFolder"}, {m_save, "saveDeviceButton"}, {m_cancel, "cancelDeviceButton"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QString::fromLatin1(name));
}

void DeviceForm::layOut()
{
    auto* key = new QHBoxLayout;
    key->addWidget(m_key, 1);
    key->addWidget(m_browse);
    m_form = new QFormLayout;
    m_form->setVerticalSpacing(8);
    m_form->setHorizontalSpacing(16);
    for (QWidget* field : std::initializer_list<QWidget*>{m_host, m_name, m_user, m_port})
        m_form->addRow(new QLabel, field);
    m_form->addRow(new QLabel, key);
    m_form->addRow(new QLabel, m_folder);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_save);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_hint})
        layout->addWidget(widget);
    layout->addLayout(m_form);
    layout->addWidget(m_error);
    layout->addLayout(buttons);
    layout->addStretch();
}

void DeviceForm::openNew()
{
    m_original.clear();
    fill({});
}

void DeviceForm::openFor(const DeviceItem& device)
{
    m_original = device.name;
    fill(device);
    m_name->setModified(true);
}

void DeviceForm::fill(const DeviceItem& device)
{
    m_name->setText(device.name);
    m_host->setText(device.host);
    m_port->setValue(device.port);
    m_user->setText(device.user);
    m_key->setText(device.keyFile);
    m_folder->setText(device.folder);
    showError({});
    retranslate();
    m_host->setFocus();
}

void DeviceForm::showError(const QString& reason)
{
    m_error->setText(reason);
    m_error->setVisible(!reason.isEmpty());
}

void DeviceForm::save()
{
    DeviceItem device;
    device.name = m_name->text().trimmed();
    device.host = m_host->text().trimmed();
    device.port = m_port->value();
    device.user = m_user->text().trimmed();
    device.keyFile = m_key->text().trimmed();
    device.folder = m_folder->text().trimmed();
    Q_EMIT saveRequested(m_original, device);
}

void DeviceForm::browseKey()
{
    auto* dialog = new QFileDialog(this, tr("Private key"), QDir::homePath() + QStringLiteral("/.ssh"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_key, &QLineEdit::setText);
    dialog->open();
}

void DeviceForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

void DeviceForm::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DeviceForm::retranslate()
{
    m_title->setText(m_original.isEmpty() ? tr("New device") : tr("Device %1").arg(m_original));
    m_hint->setText(tr("Any Linux machine that you can reach by SSH. It needs no root account, no Python and no internet."));
    const QString labels[] = {tr("Host"), tr("Name"), tr("User"), tr("Port"), tr("Key file"), tr("Folder")};
    for (int row = 0; row < m_form->rowCount(); ++row) {
        auto* label = qobject_cast<QLabel*>(m_form->itemAt(row, QFormLayout::LabelRole)->widget());
        label->setText(labels[row]);
        if (QWidget* field = m_form->itemAt(row, QFormLayout::FieldRole)->widget())
            field->setAccessibleName(labels[row]);
    }
    m_key->setAccessibleName(labels[4]);
    m_host->setPlaceholderText(tr("Host name, address, or alias of your SSH configuration"));
    m_name->setPlaceholderText(tr("What you call it"));
    m_user->setPlaceholderText(tr("As your SSH configuration says"));
    m_port->setSpecialValueText(tr("As your SSH configuration says"));
    m_key->setPlaceholderText(tr("The agent and your usual keys"));
    m_folder->setPlaceholderText(tr(".espalier in the home folder"));
    m_browse->setText(tr("Browse..."));
    m_save->setText(m_original.isEmpty() ? tr("Add device") : tr("Save"));
    m_cancel->setText(tr("Cancel"));
}

} // namespace espalier
