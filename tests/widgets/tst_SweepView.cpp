// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/SweepView.h"

#include "engine/core/RunContext.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QPushButton>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

using namespace espalier;

class tst_SweepView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsFromItsTabWithMouseAndKeys();
    void aSweepCanBeCancelled();
    void theTableShowsTheBestOfEverySparsity();
};

namespace {

CompressionSettings choice(const char* score, const char* node = "train")
{
    return {.node = QString::fromLatin1(node), .score = QString::fromLatin1(score)};
}

SparsityPoint point(double sparsity, double accuracy)
{
    SparsityPoint made;
    made.sparsity = sparsity;
    made.accuracy = accuracy;
    made.packageBytes = 4096;
    return made;
}

} // namespace

void tst_SweepView::startsFromItsTabWithMouseAndKeys()
{
    CompressionPanel panel;
    auto* view = new SweepView;
    panel.addPage(view);
    panel.setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    auto* tabs = panel.findChild<QTabWidget*>()->tabBar();
    QCOMPARE(tabs->tabText(tabs->count() - 1), QStringLiteral("Sweep"));
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tabs->count() - 1).center());
    QVERIFY(view->isVisible());
    QSignalSpy asked(view, &SweepView::sweepRequested);
    auto* start = view->findChild<QPushButton*>(QStringLiteral("startSweep"));
    QTest::mouseClick(start, Qt::LeftButton);
    QCOMPARE(asked.size(), 0); // no model yet
    view->setReady(true);
    auto* scope = view->findChild<QComboBox*>(QStringLiteral("sweepScope"));
    scope->setFocus();
    QTest::keyClick(scope, Qt::Key_Down);
    start->setFocus();
    QTest::keyClick(start, Qt::Key_Space);
    QCOMPARE(asked.size(), 1);
    QVERIFY(asked[0][0].value<SweepView::Scope>() == SweepView::Scope::Methods);
}

void tst_SweepView::aSweepCanBeCancelled()
{
    SweepView view;
    view.setReady(true);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    auto* start = view.findChild<QPushButton*>(QStringLiteral("startSweep"));
    QVERIFY(view.findChild<EmptyHint*>()->isVisible());
    start->setFocus();
    view.begin();
    QVERIFY(!start->isEnabled());
    QCOMPARE(view.focusWidget(), view.findChild<QPushButton*>(QStringLiteral("cancelDeviceJobButton")));
    view.setProgress({"Measuring", 3, 12, "points"}, 30);
    QVERIFY(view.findChild<QProgressBar*>()->value() == 250);
    view.addFailure(QStringLiteral("Layer 'a' has no taps."));
    view.addFailure(QStringLiteral("Layer 'a' has no taps."));
    QSignalSpy cancelled(&view, &SweepView::cancelRequested);
    QTest::mouseClick(view.findChild<QPushButton*>(QStringLiteral("cancelDeviceJobButton")), Qt::LeftButton);
    QCOMPARE(cancelled.size(), 1);
    view.finish(QStringLiteral("Stopped at 3 points."));
    QVERIFY(start->isEnabled());
    QVERIFY(!view.findChild<QProgressBar*>()->isVisible());
}

void tst_SweepView::theTableShowsTheBestOfEverySparsity()
{
    SweepView view;
    view.showFor(QStringLiteral("train"), QStringLiteral("checkpoint"));
    view.add(choice("magnitude"), point(0.5, 0.91));
    view.add(choice("magnitude"), point(0.9, 0.4));
    view.add(choice("lamp"), point(0.9, 0.8));
    view.add(choice("lamp", "train2"), point(0.95, 0.99)); // of another model
    const QTableWidget& table = *view.table();
    QCOMPARE(table.rowCount(), 2);
    QCOMPARE(table.columnCount(), 3);
    QCOMPARE(table.horizontalHeaderItem(1)->text(), formatPercent(0.5, 0));
    const int lamp = table.item(0, 0)->text().startsWith("LAMP") ? 0 : 1;
    QVERIFY(!table.item(lamp, 1));
    QCOMPARE(table.item(lamp, 2)->text(), formatPercent(0.8));
    QVERIFY(table.item(lamp, 2)->font().bold());
    QVERIFY(!table.item(1 - lamp, 2)->font().bold());
    QVERIFY(table.item(1 - lamp, 1)->font().bold());
    view.showFor(QStringLiteral("train2"), QStringLiteral("checkpoint"));
    QCOMPARE(table.rowCount(), 1);
    QVERIFY(!table.item(0, 1)->font().bold()); // nothing to be better than
    view.forget(QStringLiteral("train2"));
    QCOMPARE(table.rowCount(), 0);
}

QTEST_MAIN(tst_SweepView)
#include "tst_SweepView.moc"
