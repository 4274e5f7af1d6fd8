// SPDX-License-Identifier: GPL-3.0-or-later
// The chart inside its panel, by mouse and keys: axes, intervals, the front, the band of what is predicted, the floor.
#include "widgets/compression/TradeoffChart.h"

#include "tests/widgets/SampleReports.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/FloorBar.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace espalier;

class tst_TradeoffChart : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CompressionPanel> m_panel;

    TradeoffChart* chart() const { return m_panel->chart(); }
    QCustomPlot* plot() const { return chart()->plot(); }
    template <typename Widget>
    Widget* find(const char* name) const
    {
        return m_panel->findChild<Widget*>(QLatin1String(name));
    }
    static SparsityPoint costing(SparsityPoint point, double milliseconds, std::int64_t memory)
    {
        point.milliseconds = milliseconds;
        point.memoryBytes = memory;
        return point;
    }
    void drag(const QPoint& from, const QPoint& to) const
    {
        QTest::mousePress(plot(), Qt::LeftButton, Qt::NoModifier, from);
        for (const QPoint& at : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove, at, plot()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(plot(), &move);
        }
        QTest::mouseRelease(plot(), Qt::LeftButton, Qt::NoModifier, to);
    }
    [[nodiscard]] int yOf(double accuracy) const { return static_cast<int>(std::lround(plot()->yAxis->coordToPixel(accuracy))); }
    std::size_t indexOf(double sparsity, PointKind kind) const
    {
        const auto& points = chart()->points();
        const auto found = std::find_if(points.begin(), points.end(), [&](const ChartPoint& point) { return point.point().sparsity == sparsity && point.kind == kind; });
        return static_cast<std::size_t>(found - points.begin());
    }

private Q_SLOTS:
    /// Dense, 50 %, 80 %, and 80 % fine-tuned of the first source.
    void init()
    {
        applyTheme(ThemeKind::Light);
        m_panel = std::make_unique<CompressionPanel>();
        m_panel->resize(1200, 900);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train"), false}, {QStringLiteral("student"), QStringLiteral("Student"), true}});
        m_panel->setProfile(samples::profile());
        for (const int percent : {0, 50, 80})
            m_panel->setMeasured(costing(samples::point(percent), 0.4 - percent / 1000.0, 6'000'000 - percent * 10'000));
        m_panel->setMeasured(MeasuredPoint{.point = samples::point(80, true), .settings = m_panel->settings(), .maker = QStringLiteral("prune")});
        QTest::qWait(20); // the plot's first replot
    }
    void cleanup() { m_panel.reset(); }

    void everyKindHasItsShapeAndItsInterval()
    {
        m_panel->setMeasured(MeasuredPoint{.point = samples::point(0), .settings = {.node = QStringLiteral("student")}, .maker = QStringLiteral("student")});
        std::vector<PointKind> kinds;
        for (const ChartPoint& point : chart()->points())
            kinds.push_back(point.kind);
        for (const PointKind kind : {PointKind::Dense, PointKind::OneShot, PointKind::FineTuned, PointKind::Distilled})
            QVERIFY(std::count(kinds.begin(), kinds.end(), kind) > 0);
        QVERIFY2(chart()->describe(indexOf(0.8, PointKind::FineTuned)).contains(formatPercent(samples::point(80, true).accuracyLow)), "the interval is told");
        QVERIFY(chart()->describe(indexOf(0.8, PointKind::FineTuned)).contains(QStringLiteral("not measured"))); // its cost
        QVERIFY(plot()->yAxis->range().contains(samples::point(80).accuracyLow));
    }

    void theFrontHoldsWhatNoOtherBeats()
    {
        SparsityPoint beaten = samples::point(30); // larger than 50 %, and worse
        beaten.accuracy = 0.86;
        m_panel->setMeasured(beaten);
        QCOMPARE(chart()->points().size(), std::size_t{5});
        const auto front = paretoFront(chart()->points(), TradeoffAxis::Bytes);
        // 80 % as pruned is as large as 80 % fine-tuned, and worse.
        QCOMPARE(front.size(), std::size_t{3});
        QCOMPARE(chart()->points()[front.front()].kind, PointKind::FineTuned);
        QCOMPARE(chart()->points()[front.back()].kind, PointKind::Dense);
    }

    void theAxisIsChosenAndLeavesOutWhatWasNotMeasured()
    {
        QCOMPARE(chart()->points().size(), std::size_t{4});
        auto* axis = find<QComboBox>("tradeoffAxis");
        axis->setFocus();
        QTest::keyClick(axis, Qt::Key_Down);
        QCOMPARE(chart()->axis(), TradeoffAxis::Memory);
        QCOMPARE(chart()->points().size(), std::size_t{3});
        QCOMPARE(chart()->points().front().point().sparsity, 0.8);
        QTest::keyClick(axis, Qt::Key_Down);
        QCOMPARE(chart()->axis(), TradeoffAxis::Latency);
        QTRY_VERIFY(plot()->xAxis->range().contains(0.4) && plot()->xAxis->range().upper < 1);
        QVERIFY(chart()->describe(0).contains(formatDuration(0.00032)));
        QVERIFY(chart()->csv().split('\n').size() == 6); // header, all four, and the end
    }

    void whatIsPredictedIsABand()
    {
        m_panel->setSparsity(0.65);
        const auto& prediction = chart()->prediction().prediction();
        QVERIFY(prediction);
        const SparsityPoint below = samples::point(50);
        const SparsityPoint above = samples::point(80);
        QCOMPARE(prediction->accuracyLow, std::min(below.accuracyLow, above.accuracyLow));
        QCOMPARE(prediction->accuracyHigh, std::max(below.accuracyHigh, above.accuracyHigh));
        QVERIFY(chart()->prediction().text().startsWith(QStringLiteral("estimate")));
        m_panel->setSparsity(0.9); // nothing was measured beyond: its accuracy is not known
        QVERIFY(prediction && prediction->accuracyHigh == 0);
        m_panel->setMeasured(samples::point(90));
        QVERIFY(!chart()->prediction().prediction());
    }

    void theFloorIsSwitchedTypedAndAnswered()
    {
        QSignalSpy floors(m_panel.get(), &CompressionPanel::floorChanged);
        QTest::mouseClick(find<QCheckBox>("floorOn"), Qt::LeftButton, Qt::NoModifier, QPoint(5, find<QCheckBox>("floorOn")->height() / 2));
        QCOMPARE(floors.count(), 1);
        QVERIFY(std::abs(*chart()->floor() - 0.874) < 1e-9); // a point below the best
        auto* box = find<QDoubleSpinBox>("floor");
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QLocale().toString(88.1));
        QTest::keyClick(box, Qt::Key_Return);
        QVERIFY(std::abs(*chart()->floor() - 0.881) < 1e-9);
        const QString answer = chart()->floorBar()->answer();
        QVERIFY2(answer.contains(QStringLiteral("50")) && answer.contains(formatBytes(samples::point(50).packageBytes)), qPrintable(answer));
        box->setValue(99);
        QVERIFY(chart()->floorBar()->answer().contains(QStringLiteral("No measured model")));
        QVERIFY(!find<QPushButton>("floorGo")->isVisible());
        box->setValue(80);
        QTest::mouseClick(find<QPushButton>("floorGo"), Qt::LeftButton);
        QCOMPARE(m_panel->sparsity(), 0.8);
    }

    void theFloorIsDraggedAndMovedByKeys()
    {
        m_panel->setFloor(0.86);
        QTest::qWait(20);
        QSignalSpy floors(m_panel.get(), &CompressionPanel::floorChanged);
        const QCPRange before = plot()->yAxis->range();
        const int x = plot()->axisRect()->center().x() / 2;
        drag(QPoint(x, yOf(0.86)), QPoint(x, yOf(0.83)));
        QVERIFY2(std::abs(*chart()->floor() - 0.83) < 0.003, qPrintable(QString::number(*chart()->floor())));
        QVERIFY(floors.count() > 0);
        QCOMPARE(plot()->yAxis->range(), before); // the chart stayed where it was
        const double dragged = *chart()->floor();
        plot()->setFocus();
        QTest::keyClick(plot(), Qt::Key_Up);
        QVERIFY(std::abs(*chart()->floor() - dragged - 0.001) < 1e-9);
        QTest::keyClick(plot(), Qt::Key_Down, Qt::ShiftModifier);
        QVERIFY(std::abs(*chart()->floor() - dragged + 0.009) < 1e-9);
        QTest::keyClick(plot(), Qt::Key_Delete);
        QVERIFY(!chart()->floor());
        QVERIFY(!floors.last().front().value<std::optional<double>>());
    }

    /// A click brings back the settings, the position and the node that holds the model.
    void aClickGoesToTheModel()
    {
        CompressionSettings other = m_panel->settings();
        other.method = QStringLiteral("global");
        other.layerSparsities = QStringLiteral("output.weight=0.5");
        m_panel->setSettings(other);
        QVERIFY(m_panel->settings() == other);
        QSignalSpy chosen(m_panel.get(), &CompressionPanel::modelChosen);
        const std::size_t wanted = indexOf(0.8, PointKind::FineTuned);
        QVERIFY(!chart()->points()[wanted].current);
        QTest::mouseClick(plot(), Qt::LeftButton, Qt::NoModifier, chart()->dotPosition(wanted) + QPoint(3, -1));
        QCOMPARE(m_panel->settings().method, QStringLiteral("layerwise"));
        QVERIFY(m_panel->settings().layerSparsities.isEmpty());
        QCOMPARE(m_panel->sparsity(), 0.8);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QStringLiteral("prune"));
    }

    void logarithmicChartKeepsItsDotsInSight()
    {
        m_panel->setMeasured(samples::point(95));
        chart()->setLogarithmic(true);
        QTRY_COMPARE(chart()->plot()->xAxis->scaleType(), QCPAxis::stLogarithmic);
        for (std::size_t i = 0; i < chart()->points().size(); ++i)
            QVERIFY(chart()->plot()->axisRect()->rect().contains(chart()->dotPosition(i)));
    }

    void theBaselineStandsBesideTheModel()
    {
        QVERIFY(chart()->baselineText().isEmpty());
        const double before = chart()->plot()->xAxis->range().upper;
        m_panel->setBaseline(m_panel->settings().node, {.accuracy = 0.91, .packageBytes = 8'000'000});
        QVERIFY2(chart()->baselineText().contains(formatPercent(0.91)) && chart()->baselineText().contains(formatBytes(8'000'000)), qPrintable(chart()->baselineText()));
        QCOMPARE(chart()->plot()->xAxis->range().upper, before); // far larger: it does not press the model's points together
        QVERIFY(chart()->plot()->yAxis->range().contains(0.91));
        chart()->setLogarithmic(true);
        QVERIFY(chart()->plot()->xAxis->range().contains(8e6));
        m_panel->setBaseline(QStringLiteral("another"), {.accuracy = 0.5, .packageBytes = 1});
        QVERIFY(chart()->baselineText().contains(formatPercent(0.91)));
    }

    /// The label goes where no dot is.
    void theBaselinesLabelHidesNoDot()
    {
        const SparsityPoint last = chart()->points().back().point();
        for (const double above : {0.0, 0.004, -0.004}) {
            m_panel->setBaseline(m_panel->settings().node, {.accuracy = last.accuracy + above, .packageBytes = last.packageBytes / 2});
            chart()->plot()->replot();
            QCPItemText* label = nullptr;
            for (int i = 0; i < chart()->plot()->itemCount(); ++i)
                if (auto* text = qobject_cast<QCPItemText*>(chart()->plot()->item(i)); text && text->text().contains("n-grams"))
                    label = text;
            QVERIFY(label);
            const QRectF place(label->topLeft->pixelPosition(), label->bottomRight->pixelPosition());
            QVERIFY(place.width() > 50 && QRectF(chart()->plot()->axisRect()->rect()).contains(place));
            for (std::size_t i = 0; i < chart()->points().size(); ++i)
                QVERIFY(!place.contains(chart()->dotPosition(i)));
        }
        chart()->setAxis(TradeoffAxis::Memory);
        QVERIFY2(!chart()->baselineText().contains(","), "a package's size on an axis of memory");
    }

    /// What the search trained and a node then made is one model.
    void aTrainedCandidateAndItsNodeAreOneDot()
    {
        const std::size_t before = chart()->points().size();
        MeasuredPoint trained{.point = samples::point(90, true), .settings = m_panel->settings()};
        m_panel->setMeasured(trained);
        QCOMPARE(chart()->points().size(), before + 1);
        trained.maker = QStringLiteral("prune");
        m_panel->setMeasured(trained);
        QCOMPARE(chart()->points().size(), before + 1);
        trained.maker.clear(); // the search's report is shown again
        m_panel->setMeasured(trained);
        QCOMPARE(chart()->points().size(), before + 1);
        const auto made = [](const ChartPoint& point) { return point.measured.maker == QStringLiteral("prune"); };
        QVERIFY(std::any_of(chart()->points().begin(), chart()->points().end(), made));
        trained.point.accuracy -= 0.01; // trained otherwise
        m_panel->setMeasured(trained);
        QCOMPARE(chart()->points().size(), before + 2);
    }

    void exportsAllThatWasMeasured()
    {
        QSignalSpy saves(m_panel.get(), &CompressionPanel::saveRequested);
        const QByteArray csv = chart()->csv();
        for (const char* column : {"accuracy_low", "memory_bytes", "milliseconds", "kind", "layer_sparsities"})
            QVERIFY2(csv.split('\n').front().contains(column), column);
        const QList<QByteArray> header = csv.split('\n').front().split(',');
        for (const QByteArray& line : csv.split('\n').mid(1, 4))
            QCOMPARE(line.split(',').size(), header.size());
        QVERIFY(csv.contains("fine_tuned"));
    }
};

QTEST_MAIN(tst_TradeoffChart)
#include "tst_TradeoffChart.moc"
