// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/VocabularyView.h"

#include "widgets/compression/CompressionPanel.h"
#include "widgets/style/Format.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace espalier;

namespace {

VocabularyProfile profile()
{
    return {"word", 8, 2, {{2, 1.0, 1.0}, {5, 0.1, 0.2}, {8, 0.0, 0.05}}, {{"zebra", 1}, {"yodel", 1}, {"Xylophone", 3}, {"lamp", 6}, {"on", 9}, {"the", 20}}};
}

QString tokenAt(const VocabularyView& view, int row)
{
    return view.tokens()->model()->index(row, 0).data().toString();
}

} // namespace

class tst_VocabularyView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Counting a large training part takes a moment: it is asked for when someone looks.
    void asksWhenItIsLookedAt()
    {
        CompressionPanel panel;
        panel.setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
        QSignalSpy wanted(panel.vocabulary(), &VocabularyView::profileWanted);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.vocabulary()->forget();
        QCOMPARE(wanted.size(), 0);
        auto* tabs = panel.findChild<QTabWidget*>();
        tabs->tabBar()->setFocus();
        QTest::keyClick(tabs->tabBar(), Qt::Key_Right);
        QTest::keyClick(tabs->tabBar(), Qt::Key_Right);
        QVERIFY(panel.vocabulary()->isVisible() && panel.vocabulary()->isEmpty());
        QCOMPARE(wanted.size(), 1);
        panel.vocabulary()->forget(); // another checkpoint
        QCOMPARE(wanted.size(), 2);
        panel.vocabulary()->setProfile(profile());
        QVERIFY(!panel.vocabulary()->isEmpty());
        panel.vocabulary()->setError(QStringLiteral("Buckets"));
        QVERIFY(panel.vocabulary()->isEmpty());
    }

    void showsWhatGoes()
    {
        VocabularyView view;
        view.show();
        view.setProfile(profile());
        view.setMinFrequency(4);
        QVERIFY2(view.summary().contains("5 of 8 tokens") && view.summary().contains(formatPercent(0.1, 2)) && view.summary().contains(formatPercent(0.2, 2)), qPrintable(view.summary()));
        QVERIFY(!view.summary().contains(QStringLiteral("≈")));
        QCOMPARE(view.tokens()->model()->rowCount(), 3);
        QCOMPARE(tokenAt(view, 0), QStringLiteral("Xylophone")); // what is missed most first
        view.search()->setText(QStringLiteral("xyl"));
        QCOMPARE(view.tokens()->model()->rowCount(), 1);
        view.search()->clear();
        view.setMinFrequency(2); // between two points that are known
        QVERIFY2(view.summary().contains("6 of 8 tokens") && view.summary().contains(QStringLiteral("≈")), qPrintable(view.summary()));
        QSignalSpy applied(&view, &VocabularyView::applyRequested);
        view.applyButton()->click();
        QCOMPARE(applied.size(), 1);
        QCOMPARE(applied.at(0).at(0).toInt(), 2);
        view.setMinFrequency(1); // nothing goes
        QVERIFY(!view.applyButton()->isEnabled() && view.tokens()->model()->rowCount() == 0);
        view.setMinFrequency(21); // nothing is left
        QVERIFY(!view.applyButton()->isEnabled());
    }
};

QTEST_MAIN(tst_VocabularyView)
#include "tst_VocabularyView.moc"
