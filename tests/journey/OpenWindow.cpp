// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/journey/OpenWindow.h"

#include "tests/support/SshServer.h"
#include "tests/support/ToyProject.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QSpinBox>

namespace espalier::test {

OpenWindow::OpenWindow()
{
    prepareHome();
    writeToyProject(m_folder.path().toStdString());
    m_settings = std::make_unique<Settings>();
    m_language = std::make_unique<Language>();
    m_language->apply("en");
    m_window = std::make_unique<MainWindow>(m_settings.get(), m_language.get(), QStringLiteral(ESPALIER_ENGINE_PATH));
    m_hands = std::make_unique<WindowDriver>(*m_window);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->startUp();
}

void OpenWindow::prepareHome()
{
    const QByteArray home = m_folder.filePath("home").toUtf8();
    QVERIFY(QDir().mkpath(QString::fromUtf8(home)));
    qputenv("HOME", home);
    qputenv("XDG_CONFIG_HOME", home + "/config");
    qputenv("XDG_DATA_HOME", home + "/data");
    qputenv("ESPALIER_CONFIG_DIR", home + "/espalier");
    qputenv("ESPALIER_RUNTIME_DIR", ESPALIER_EDGE_FOLDER);
    qunsetenv("SSH_AUTH_SOCK");
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, QString::fromUtf8(home) + "/config");
}

void OpenWindow::addDevice(const SshServer& server, const QString& root)
{
    m_hands->keys("Ctrl+4");
    m_hands->click("addDeviceButton");
    const Device device = server.device("gateway", root);
    m_hands->type(m_hands->find<QLineEdit>("deviceName"), QString::fromStdString(device.name));
    m_hands->type(m_hands->find<QLineEdit>("deviceUser"), QString::fromStdString(device.user));
    m_hands->type(m_hands->find<QLineEdit>("deviceKey"), QString::fromStdString(device.keyFile));
    m_hands->type(m_hands->find<QLineEdit>("deviceFolder"), root);
    auto* const port = m_hands->find<QSpinBox>("devicePort");
    port->setFocus();
    port->selectAll();
    QTest::keyClicks(port, QString::number(device.port));
    m_hands->type(m_hands->find<QLineEdit>("deviceHost"), QString::fromStdString(device.host));
    if (auto* const save = m_hands->find<QAbstractButton>("saveDeviceButton"); save->isVisible())
        QTest::mouseClick(save, Qt::LeftButton);
}

} // namespace espalier::test
