// SPDX-License-Identifier: GPL-3.0-or-later
// The storage dialog alone, fed with figures: what it shows and what it asks for.
#include "widgets/storage/StorageDialog.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace espalier;

class tst_StorageDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatCanGoAndAsksForIt()
    {
        StorageDialog dialog;
        QSignalSpy wanted(&dialog, &StorageDialog::cleanUpWanted);
        auto* clean = dialog.findChild<QPushButton*>(QStringLiteral("cleanUpButton"));
        QVERIFY(!clean->isEnabled());
        dialog.setUse({3072, 1024, 20'000'000'000, {{QStringLiteral("checkpoint"), 1024, 1, {}}, {{}, 2048, 2, QStringLiteral("running")}}});
        const auto* table = dialog.findChild<QTableWidget*>(QStringLiteral("storageTable"));
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("Unfinished work")); // the largest first
        QCOMPARE(table->item(1, 0)->text(), QStringLiteral("Checkpoint"));
        dialog.show();
        QTest::mouseClick(clean, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QVERIFY(!clean->isEnabled()); // until the engine has answered
        dialog.setUse({2048, 0, 20'000'000'000, {{{}, 2048, 2, QStringLiteral("running")}}});
        QVERIFY(!clean->isEnabled());
    }

    void theLimitIsAskedForInBytes()
    {
        StorageDialog dialog;
        dialog.setUse({0, 0, 20'000'000'000, {}});
        QSignalSpy chosen(&dialog, &StorageDialog::limitChosen);
        auto* limit = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("storageLimit"));
        QCOMPARE(limit->value(), 20.0);
        limit->setValue(1.5);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toLongLong(), 1'500'000'000);
    }
};

QTEST_MAIN(tst_StorageDialog)
#include "tst_StorageDialog.moc"
