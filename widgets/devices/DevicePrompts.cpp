// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/DevicePrompts.h"

#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace espalier {
namespace {

QString phrase(const char* english) { return QCoreApplication::translate("espalier::DevicePrompts", english); }

QLabel* paragraph(const QString& text)
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setMinimumWidth(420);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QDialog* newDialog(QWidget* parent, const QString& title)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    return dialog;
}

} // namespace

QDialog* askHostKey(QWidget* parent, const HostKeyQuestion& question, std::function<void(bool)> answer)
{
    QDialog* dialog = newDialog(parent, phrase(QT_TRANSLATE_NOOP("espalier::DevicePrompts", "Is this the right device?")));
    dialog->setObjectName(QStringLiteral("hostKeyDialog"));
    auto* layout = static_cast<QVBoxLayout*>(dialog->layout());
    layout->addWidget(paragraph(phrase(QT_TRANSLATE_NOOP("espalier::DevicePrompts", "%1 (%2) was never reached from here before. This is its host key (%3):"))
                                    .arg(question.device, question.address, question.keyType)));
    auto* fingerprint = new QLabel(question.fingerprint);
    fingerprint->setObjectName(QStringLiteral("hostKeyFingerprint"));
    fingerprint->setFont(tabularFont(dialog->font()));
    fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(fingerprint);
    layout->addWidget(paragraph(phrase(QT_TRANSLATE_NOOP("espalier::DevicePrompts",
        "Compare it with the one the device shows for: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. No password or key is offered before you accept."))));
    auto* buttons = new QDialogButtonBox;
    auto* accept = buttons->addButton(phrase(QT_TRANSLATE_NOOP("espalier::DevicePrompts", "Accept and remember")), QDialogButtonBox::AcceptRole);
    auto* refuse = buttons->addButton(phrase(QT_TRANSLATE_NOOP("espalier::DevicePrompts", "Do not connect")), QDialogButtonBox::RejectRole);
    accept->setObjectName(QStringLiteral("acceptHostKeyButton"));
    accept->setAutoDefault(false);
    refuse->setDefault(true);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::finished, dialog, [answer = std::move(answer)](int result) { answer(result == QDialog::Accepted); });
    dialog->open();
    return dialog;
}

QDialog* askSecret(QWidget* parent, const QString& title, const QString& text, int attempt, std::function<void(std::optional<QString>)> answer)
{
    QDialog* dialog = newDialog(parent, title);
    dialog->setObjectName(QStringLiteral("secretDialog"));
    auto* layout = static_cast<QVBoxLayout*>(dialog->layout());
    if (attempt > 1)
        layout->addWidget(paragraph(phrase(QT_TRANSLATE_NOOP("espalier::DevicePrompts", "That was refused. Try again:"))));
    layout->addWidget(paragraph(text));
    auto* field = new QLineEdit;
    field->setObjectName(QStringLiteral("secretField"));
    field->setEchoMode(QLineEdit::Password);
    field->setAccessibleName(title);
    layout->addWidget(field);
    QLabel* note = paragraph(phrase(QT_TRANSLATE_NOOP("espalier::DevicePrompts", "It is kept in memory until Espalier ends, and never written to disk.")));
    note->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::finished, dialog, [field, answer = std::move(answer)](int result) {
        answer(result == QDialog::Accepted ? std::optional(field->text()) : std::nullopt);
    });
    dialog->open();
    field->setFocus();
    return dialog;
}

} // namespace espalier
