// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/FlipsView.h"

#include "widgets/compression/CompressionPanel.h"
#include "widgets/style/Theme.h"

#include <QHeaderView>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

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
        report.sentences = {{"stop", "off", "off", "on", 0.9, 0.1, true, {"light_on"}, 4}, {"play", "music", "heat", "music", 0.5, 0.375, false, {"heat"}, 4}};
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

    void choosingAClassLeavesItsSentences()
    {
        FlipsView view;
        view.resize(900, 500);
        view.setReport(report());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        click(view, 1);
        QCOMPARE(view.sentences()->rowCount(), 1);
        QCOMPARE(view.sentences()->item(0, 0)->text(), QStringLiteral("stop"));
        QVERIFY(view.showAll()->isVisible());
        QTest::keyClick(view.slices(), Qt::Key_Up);
        QCOMPARE(view.sentences()->rowCount(), 2);
        QEvent language(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&view, &language);
        QCOMPARE(view.sentences()->rowCount(), 2);
        QTest::mouseClick(view.showAll(), Qt::LeftButton);
        QCOMPARE(view.sentences()->rowCount(), 3);
        QVERIFY(!view.showAll()->isVisible() && view.slices()->selectedItems().isEmpty());
    }

    void tablesSortByTheirFigures()
    {
        FlipsView view;
        view.resize(900, 500);
        view.setReport(report());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        clickHeader(*view.slices(), 1);
        QCOMPARE(view.slices()->item(0, 1)->text(), formatCount(8)); // 8 before 400: as numbers
        clickHeader(*view.slices(), 1);
        QCOMPARE(view.slices()->item(0, 1)->text(), formatCount(400));
        clickHeader(*view.sentences(), 3);
        QCOMPARE(view.sentences()->item(0, 0)->text(), QStringLiteral("play")); // lost least
        click(view, 1); // a slice chosen after sorting is the one that stands there
        QCOMPARE(view.sentences()->item(0, 0)->text(), QStringLiteral("stop"));
    }

private:
    static FlipReport report()
    {
        FlipReport report;
        report.split = "validation";
        report.examples = 784;
        report.flips = 3;
        report.slices = {{.kind = "length", .low = 3, .high = 20, .examples = 400, .flips = 2}, {.kind = "class", .label = "light_on", .examples = 8, .flips = 1}};
        report.sentences = {{"stop", "off", "off", "on", 0.9, 0.1, false, {"light_on"}, 4},
                            {"turn the heating down a little", "heat", "heat", "cool", 0.75, 0.25, false, {"heat"}, 30},
                            {"play", "music", "heat", "music", 0.5, 0.375, false, {"heat"}, 4}};
        return report;
    }

    static void click(const FlipsView& view, int row)
    {
        QTest::mouseClick(view.slices()->viewport(), Qt::LeftButton, {}, view.slices()->visualItemRect(view.slices()->item(row, 0)).center());
    }

    static void clickHeader(QTableWidget& table, int column)
    {
        const QHeaderView& header = *table.horizontalHeader();
        QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, {header.sectionViewportPosition(column) + header.sectionSize(column) / 2, header.height() / 2});
    }
};

QTEST_MAIN(tst_FlipsView)
#include "tst_FlipsView.moc"
