// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/FlipsView.h"

#include "widgets/compression/CompressionPanel.h"
#include "widgets/style/Theme.h"

#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

using namespace espalier;

class tst_FlipsView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void flipsStandBesideTheLayers()
    {
        CompressionPanel panel;
        panel.setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* tabs = panel.findChild<QTabWidget*>();
        tabs->tabBar()->setFocus();
        QTest::keyClick(tabs->tabBar(), Qt::Key_Right);
        QVERIFY(panel.flips()->isVisible() && panel.flips()->isEmpty());
        FlipReport report;
        report.split = "validation";
        report.examples = 784;
        report.flips = 2;
        report.broken = 1;
        report.pinned = 3;
        report.pinnedFlips = 1;
        report.slices = {{.kind = "length", .low = 3, .high = 20, .examples = 400, .flips = 2}, {.kind = "class", .label = "light_on", .examples = 8, .flips = 2}};
        report.sentences = {{"stop", "off", "off", "on", 0.9, 0.1, true}, {"play", "music", "heat", "music", 0.5, 0.375}};
        report.pinnedSentences = {{"stop", "", "off", "on", 0.9, 0.1, true}};
        panel.setFlips(report);
        const FlipsView& view = *panel.flips();
        QVERIFY(!view.isEmpty());
        QVERIFY2(view.summary().contains("2 of 784 validation") && view.summary().contains("1 of 3 pinned"), qPrintable(view.summary()));
        QCOMPARE(view.slices()->rowCount(), 2);
        QCOMPARE(view.slices()->item(0, 0)->text(), QStringLiteral("3 to 20 characters"));
        QCOMPARE(view.slices()->item(1, 3)->text(), formatPercent(0.25));
        QCOMPARE(view.sentences()->rowCount(), 2); // the pinned one once, first
        QVERIFY(view.sentences()->item(0, 0)->text().contains("stop") && view.sentences()->item(0, 0)->text() != "stop");
        QCOMPARE(view.sentences()->item(1, 0)->text(), QStringLiteral("play"));
        QVERIFY(view.sentences()->item(1, 3)->text().contains(formatPercent(0.375)));
        for (const QWidget* table : {view.slices(), view.sentences()})
            QVERIFY(table->isVisible() && !table->accessibleName().isEmpty());
        panel.clear();
        QVERIFY(view.isEmpty());
    }
};

QTEST_MAIN(tst_FlipsView)
#include "tst_FlipsView.moc"
