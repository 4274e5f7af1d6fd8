// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/CurvePlot.h"

#include "widgets/plots/PlotCrosshair.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QTest>
#include <QToolButton>

using namespace espalier;

class tst_CurvePlot : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CurvePlot> m_plot;

    static std::vector<QPointF> line(int count)
    {
        std::vector<QPointF> points;
        for (int i = 1; i <= count; ++i)
            points.emplace_back(i / 10.0, 2.0 / i);
        return points;
    }
    void showWithPoints(int count)
    {
        m_plot->append(QStringLiteral("train_loss"), line(count));
        m_plot->resize(700, 400);
        m_plot->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
        QTRY_COMPARE(m_plot->plot()->graph(0)->dataCount(), count);
    }

private Q_SLOTS:
    void init()
    {
        applyTheme(ThemeKind::Light);
        m_plot = std::make_unique<CurvePlot>();
        m_plot->setTitles(QStringLiteral("Loss"), QStringLiteral("Epoch"), QStringLiteral("Nats"));
        m_plot->setEmptyText(QStringLiteral("Nothing yet"));
        m_plot->setCurve({.id = QStringLiteral("train_loss"), .name = QStringLiteral("Training"), .color = 0});
        m_plot->setCurve({.id = QStringLiteral("validation_loss"), .name = QStringLiteral("Validation"), .color = 1, .line = Qt::DashLine, .dots = true});
    }
    void cleanup() { m_plot.reset(); }

    void saysWhatBelongsThereWhileEmpty()
    {
        m_plot->show();
        const auto* pages = m_plot->findChild<QStackedWidget*>();
        QVERIFY(pages->currentWidget() != m_plot->plot());
        m_plot->append(QStringLiteral("train_loss"), line(1));
        QCOMPARE(pages->currentWidget(), m_plot->plot());
        m_plot->clearPoints();
        QVERIFY(pages->currentWidget() != m_plot->plot());
    }

    void manyBatchesReplotOnce()
    {
        showWithPoints(50);
        QSignalSpy replots(m_plot->plot(), &QCustomPlot::afterReplot);
        for (int batch = 0; batch < 40; ++batch)
            m_plot->append(QStringLiteral("train_loss"), {{5.0 + 0.1 * (batch + 1), 0.5}});
        QTRY_COMPARE(m_plot->plot()->graph(0)->dataCount(), 90);
        QVERIFY2(replots.count() <= 3, qPrintable(QString::number(replots.count())));
    }

    void curvesDifferInColourAndLine()
    {
        showWithPoints(5);
        const QPen train = m_plot->plot()->graph(1)->pen();
        const QPen validation = m_plot->plot()->graph(3)->pen();
        QVERIFY(train.color() != validation.color());
        QVERIFY(train.style() != validation.style());
        QVERIFY(m_plot->plot()->graph(0)->pen().widthF() < train.widthF());
        QVERIFY(m_plot->plot()->graph(0)->pen().color().alpha() < 200);
    }

    void legendHidesACurve()
    {
        showWithPoints(5);
        auto* entry = m_plot->findChild<QToolButton*>(QStringLiteral("legend_train_loss"));
        QVERIFY(entry);
        QTest::mouseClick(entry, Qt::LeftButton);
        QTRY_VERIFY(!m_plot->plot()->graph(0)->visible());
        QVERIFY(!m_plot->valuesAt(0.3).contains(QStringLiteral("Training")));
        QTest::keyClick(entry, Qt::Key_Space);
        QTRY_VERIFY(m_plot->plot()->graph(0)->visible());
    }

    void smoothingSliderChangesOnlyTheSmoothedCurve()
    {
        showWithPoints(40);
        auto* slider = m_plot->findChild<QSlider*>();
        QTest::keyClick(slider, Qt::Key_Home);
        QTRY_COMPARE(m_plot->plot()->graph(1)->data()->at(39)->value, 2.0 / 40);
        QTest::keyClick(slider, Qt::Key_End);
        QCOMPARE(m_plot->smoothing(), 5.0);
        QTRY_VERIFY(m_plot->plot()->graph(1)->data()->at(39)->value > 0.1);
        QCOMPARE(m_plot->plot()->graph(0)->data()->at(39)->value, 2.0 / 40);
    }

    void crosshairShowsValuesAtTheMouse()
    {
        showWithPoints(40);
        m_plot->setSmoothing(0);
        QCustomPlot* inner = m_plot->plot();
        QTRY_VERIFY(inner->xAxis->range().upper < 5);
        const int x = static_cast<int>(std::lround(inner->xAxis->coordToPixel(2.0)));
        QTest::mouseMove(inner, QPoint(x, inner->axisRect()->center().y()));
        QTRY_VERIFY(m_plot->crosshair()->isVisible());
        QVERIFY2(m_plot->crosshair()->text().contains(QStringLiteral("Training: 0.100")), qPrintable(m_plot->crosshair()->text()));
        QTest::keyClick(inner, Qt::Key_Home);
        QCOMPARE(m_plot->crosshair()->x(), inner->xAxis->range().lower);
    }

    void wheelZoomsAndDoubleClickFits()
    {
        showWithPoints(40);
        QCustomPlot* inner = m_plot->plot();
        QTRY_VERIFY(inner->xAxis->range().upper > 4 && inner->xAxis->range().upper < 5);
        const double fitted = inner->xAxis->range().size();
        const QPoint middle = inner->axisRect()->center();
        QWheelEvent wheel(middle, inner->mapToGlobal(middle), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(inner, &wheel);
        QVERIFY(inner->xAxis->range().size() < fitted * 0.9);
        m_plot->append(QStringLiteral("train_loss"), {{9, 0.1}});
        QTRY_COMPARE(inner->graph(0)->dataCount(), 41);
        QVERIFY(inner->xAxis->range().size() < fitted); // the view stays where the user put it
        QTest::mouseDClick(inner, Qt::LeftButton, Qt::NoModifier, middle);
        QTRY_VERIFY(inner->xAxis->range().upper > 9);
    }

    void logarithmicScale()
    {
        showWithPoints(40);
        m_plot->setLogarithmic(true);
        QTRY_COMPARE(m_plot->plot()->yAxis->scaleType(), QCPAxis::stLogarithmic);
        QVERIFY(m_plot->plot()->yAxis->range().lower > 0);
    }

    void colourFollowsTheTheme()
    {
        showWithPoints(5);
        const QColor light = m_plot->plot()->graph(1)->pen().color();
        applyTheme(ThemeKind::Dark);
        QVERIFY(m_plot->plot()->graph(1)->pen().color() != light);
        QCOMPARE(m_plot->plot()->graph(1)->pen().color(), themeColors().series[0]);
        QTRY_COMPARE(m_plot->plot()->grab().toImage().pixelColor(2, 2), themeColors().base);
    }

    void exportsWhatIsDrawn()
    {
        showWithPoints(3);
        QCOMPARE(m_plot->csv().split('\n').size(), 5); // header, three rows, end
        QVERIFY(m_plot->csv().contains("train_loss,0.2,1,"));
        QVERIFY(!m_plot->picture().isNull());
        QSignalSpy saves(m_plot.get(), &CurvePlot::saveRequested);
        const auto actions = m_plot->findChildren<QAction*>();
        for (QAction* action : actions)
            if (action->text().contains(QStringLiteral("PNG")) || action->text().contains(QStringLiteral("CSV")))
                action->trigger();
        QCOMPARE(saves.count(), 2);
        QVERIFY(saves[0][1].toByteArray().startsWith("\x89PNG"));
        QCOMPARE(saves[1][0].toString(), QStringLiteral("Loss.csv"));
    }
};

QTEST_MAIN(tst_CurvePlot)
#include "tst_CurvePlot.moc"
