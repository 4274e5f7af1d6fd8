// SPDX-License-Identifier: GPL-3.0-or-later
// What the window asks before it reaches a device, and what it does about the answers: a key's passphrase, an unknown and a changed host key.
#include "tests/journey/OpenWindow.h"
#include "tests/support/SshServer.h"
#include "widgets/devices/CheckList.h"
#include "widgets/devices/DevicesPanel.h"
#include "widgets/devices/JobProgress.h"

#include <QAbstractButton>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>

using namespace espalier;

namespace {
constexpr int patience = 60000; // milliseconds; only something that hangs needs them
}

class tst_DeviceQuestions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void asksForThePassphraseUntilItIsRight();
    void goesNoFurtherWithoutAPassphrase();
    void refusingAnUnknownKeyConnectsNowhere();
    void aChangedKeyStopsBeforeAnythingIsOffered();

private:
    void answerSecret(test::OpenWindow& open, const QString& secret, Qt::Key end = Qt::Key_Return);
    [[nodiscard]] static QString shownOutcome(test::OpenWindow& open);
};

void tst_DeviceQuestions::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("espalier-device-questions"));
    if (const QString reason = test::SshServer::missing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
}

void tst_DeviceQuestions::answerSecret(test::OpenWindow& open, const QString& secret, Qt::Key end)
{
    QTRY_VERIFY_WITH_TIMEOUT(open.window().findChild<QDialog*>("secretDialog"), patience);
    auto* const field = open.hands().find<QLineEdit>("secretField");
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QTest::keyClicks(field, secret);
    QTest::keyClick(field, end);
    QTRY_VERIFY_WITH_TIMEOUT(!open.window().findChild<QDialog*>("secretDialog") || open.hands().find<QLineEdit>("secretField") != field, patience);
}

/// The text at the end of the job, once it has ended.
QString tst_DeviceQuestions::shownOutcome(test::OpenWindow& open)
{
    auto* const progress = open.window().findChild<DevicesPanel*>()->progress();
    const auto texts = [&] {
        QStringList shown;
        for (const QLabel* label : progress->findChildren<QLabel*>())
            if (label->isVisible())
                shown << label->text();
        return shown.join(QLatin1Char('\n'));
    };
    if (!QTest::qWaitFor([&] { return open.hands().find<QAbstractButton>("testButton")->isEnabled() && progress->isVisible(); }, patience))
        return QStringLiteral("the job did not end");
    return texts();
}

void tst_DeviceQuestions::asksForThePassphraseUntilItIsRight()
{
    test::SshServer server({.passphrase = "open sesame", .settings = {}});
    QVERIFY2(server.start(), qPrintable(server.error()));
    test::OpenWindow open;
    open.addDevice(server, open.path("device"));
    open.hands().click("testButton");
    QTRY_VERIFY_WITH_TIMEOUT(open.window().findChild<QDialog*>("hostKeyDialog"), patience);
    open.hands().click("acceptHostKeyButton");
    answerSecret(open, "open barley");
    answerSecret(open, "open sesame");
    const QString outcome = shownOutcome(open);
    QVERIFY2(outcome.contains("gateway is ready"), qPrintable(outcome));

    // It is remembered: another test asks for nothing.
    open.hands().click("testButton");
    QVERIFY2(shownOutcome(open).contains("gateway is ready"), qPrintable(shownOutcome(open)));
    QVERIFY(!open.window().findChild<QDialog*>("secretDialog"));
}

void tst_DeviceQuestions::goesNoFurtherWithoutAPassphrase()
{
    test::SshServer server({.passphrase = "open sesame", .settings = {"PasswordAuthentication no", "KbdInteractiveAuthentication no"}});
    QVERIFY2(server.start(), qPrintable(server.error()));
    test::OpenWindow open;
    open.addDevice(server, open.path("device"));
    open.hands().click("testButton");
    QTRY_VERIFY_WITH_TIMEOUT(open.window().findChild<QDialog*>("hostKeyDialog"), patience);
    open.hands().click("acceptHostKeyButton");
    answerSecret(open, {}, Qt::Key_Escape);
    const QString outcome = shownOutcome(open);
    QVERIFY2(!outcome.contains("ready") && outcome.contains("gateway"), qPrintable(outcome));
}

void tst_DeviceQuestions::refusingAnUnknownKeyConnectsNowhere()
{
    test::SshServer server;
    QVERIFY2(server.start(), qPrintable(server.error()));
    test::OpenWindow open;
    open.addDevice(server, open.path("device"));
    open.hands().click("testButton");
    QTRY_VERIFY_WITH_TIMEOUT(open.window().findChild<QDialog*>("hostKeyDialog"), patience);
    QTest::keyClick(open.window().findChild<QDialog*>("hostKeyDialog"), Qt::Key_Escape);
    const QString outcome = shownOutcome(open);
    QVERIFY2(outcome.contains("host key"), qPrintable(outcome));
    QVERIFY2(!server.log().contains("Accepted") && !server.log().contains("userauth-request for user"), qPrintable(server.log()));
    QVERIFY(!QFileInfo::exists(open.path("device")));
}

void tst_DeviceQuestions::aChangedKeyStopsBeforeAnythingIsOffered()
{
    test::SshServer server;
    QVERIFY2(server.start(), qPrintable(server.error()));
    test::OpenWindow open;
    open.addDevice(server, open.path("device"));
    open.hands().click("testButton");
    QTRY_VERIFY_WITH_TIMEOUT(open.window().findChild<QDialog*>("hostKeyDialog"), patience);
    open.hands().click("acceptHostKeyButton");
    QVERIFY2(shownOutcome(open).contains("gateway is ready"), qPrintable(shownOutcome(open)));

    QVERIFY(server.log().contains("userauth-request for user")); // what the changed key must prevent
    QVERIFY2(server.changeHostKey(), qPrintable(server.error()));
    const auto loggedBefore = server.log().size();
    open.hands().click("testButton");
    const QString outcome = shownOutcome(open);
    QVERIFY2(outcome.contains("Nothing was sent"), qPrintable(outcome));
    QVERIFY(!open.window().findChild<QDialog*>("hostKeyDialog"));
    QVERIFY(!open.window().findChild<QDialog*>("secretDialog"));
    const QString since = server.log().mid(loggedBefore);
    QVERIFY2(!since.contains("userauth-request for user"), qPrintable(since));
}

QTEST_MAIN(tst_DeviceQuestions)
#include "tst_DeviceQuestions.moc"
