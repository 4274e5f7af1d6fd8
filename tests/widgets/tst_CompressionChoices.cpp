// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/CompressionChoices.h"

#include "tests/widgets/SampleReports.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/CompressionReadout.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/plots/StatTile.h"

#include <QComboBox>
#include <QTest>

using namespace espalier;

class tst_CompressionChoices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The same help as in the node's form, on lines that fit the screen.
    void theyExplainThemselves()
    {
        CompressionChoices choices;
        for (const char* name : {"score", "method", "pattern", "embeddings", "precision"}) {
            const QString tip = choices.findChild<QComboBox*>(QString::fromLatin1(name))->toolTip();
            QVERIFY2(tip.startsWith(QStringLiteral("<qt>")) && tip.size() > 40, name);
        }
    }

    /// Another choice empties the tiles while the model is read: what lies below stays where it is.
    void nothingMovesWhileTheModelIsRead()
    {
        CompressionPanel panel;
        panel.resize(1200, 760);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
        panel.setProfile(samples::profile());
        panel.setMeasured(samples::point(0));
        QTRY_VERIFY(panel.readout()->accuracy()->remark().contains(QStringLiteral("95 %")));
        const auto top = [&] { return panel.chart()->mapTo(&panel, QPoint()).y(); };
        QTest::qWait(50); // until layouts have settled
        const int before = top();
        auto* score = panel.findChild<QComboBox*>(QStringLiteral("score"));
        score->setFocus();
        QTest::keyClick(score, Qt::Key_Down);
        QTest::qWait(50);
        QVERIFY(panel.readout()->accuracy()->remark().isEmpty());
        QCOMPARE(top(), before);
    }
};

QTEST_MAIN(tst_CompressionChoices)
#include "tst_CompressionChoices.moc"
