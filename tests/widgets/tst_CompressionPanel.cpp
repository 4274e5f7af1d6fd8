// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/CompressionPanel.h"

#include "tests/widgets/SampleReports.h"
#include "widgets/compression/CompressionReadout.h"
#include "widgets/compression/LayerModel.h"
#include "widgets/compression/LayerTable.h"
#include "widgets/compression/SparsitySlider.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/plots/StatTile.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace espalier;
using Look = StatTile::Look;

class tst_CompressionPanel : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CompressionPanel> m_panel;
    std::unique_ptr<QSignalSpy> m_profiles;
    std::unique_ptr<QSignalSpy> m_measurements;

    QSlider* slider() const { return m_panel->slider()->slider(); }
    CompressionReadout& readout() const { return *m_panel->readout(); }
    double percent() const { return 100 * m_panel->sparsity(); }
    /// The profile's step at that percentage.
    static const SparsityProfile::Step& stepAt(const SparsityProfile& profile, int percent) { return profile.steps[static_cast<std::size_t>(stepOfSparsity(percent / 100.0))]; }
    std::size_t currentPoints() const
    {
        const auto& points = m_panel->chart()->points();
        return static_cast<std::size_t>(std::count_if(points.begin(), points.end(), [](const ChartPoint& point) { return point.current; }));
    }
    double lastAsked() const { return m_measurements->last()[1].toDouble(); }
    QPushButton* visibleButton(const QString& text) const
    {
        for (QPushButton* button : m_panel->findChildren<QPushButton*>())
            if (button->isVisible() && button->text().contains(text))
                return button;
        return nullptr;
    }
    /// A panel with a profile and the dense model measured, the hand at 0.
    void ready()
    {
        m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train")}, {QStringLiteral("other"), QStringLiteral("Another")}});
        m_panel->setProfile(samples::profile());
        QTRY_COMPARE(m_measurements->count(), 1);
        m_panel->setMeasured(samples::point(0));
        m_measurements->clear();
        m_profiles->clear();
    }

private Q_SLOTS:
    void init()
    {
        applyTheme(ThemeKind::Light);
        m_panel = std::make_unique<CompressionPanel>();
        m_profiles = std::make_unique<QSignalSpy>(m_panel.get(), &CompressionPanel::profileRequested);
        m_measurements = std::make_unique<QSignalSpy>(m_panel.get(), &CompressionPanel::measurementRequested);
        m_panel->resize(1200, 760);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void emptyStateOffersToTrain()
    {
        QSignalSpy spy(m_panel.get(), &CompressionPanel::trainRequested);
        QPushButton* button = visibleButton(QStringLiteral("Train"));
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(spy.count(), 1);
        QVERIFY(!m_panel->slider()->isVisible());
    }

    void firstSourceIsProfiledAndTheDenseModelMeasured()
    {
        m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
        QCOMPARE(m_profiles->count(), 1);
        QCOMPARE(m_profiles->last()[0].value<CompressionSettings>().node, QStringLiteral("train"));
        QVERIFY(readout().busy()->isVisible());
        m_panel->setProfile(samples::profile());
        QTRY_COMPARE(m_measurements->count(), 1);
        QCOMPARE(lastAsked(), 0.0);
        m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train, renamed")}});
        QCOMPARE(m_profiles->count(), 1);
    }

    void keysMoveTheSliderAndTheSizeFollowsAtOnce()
    {
        ready();
        const SparsityProfile profile = samples::profile();
        slider()->setFocus();
        QTest::keyClick(slider(), Qt::Key_Right);
        QCOMPARE(percent(), 0.5);
        QVERIFY(readout().size()->value().contains(formatBytes(profile.steps[1].estimatedBytes, 0)));
        QTest::keyClick(slider(), Qt::Key_PageUp);
        QCOMPARE(percent(), 10.5);
        QVERIFY(readout().size()->value().contains(formatBytes(profile.steps[21].estimatedBytes, 0)));
        QCOMPARE(readout().size()->look(), Look::Estimate);
        QVERIFY(readout().size()->value().startsWith(QStringLiteral("≈")));
        QCOMPARE(readout().accuracy()->look(), Look::Stale);
        QTest::keyClick(slider(), Qt::Key_End);
        QCOMPARE(percent(), 99.5);
        QCOMPARE(m_panel->slider()->box()->value(), 99.5);
    }

    void typedValueMovesTheSlider()
    {
        ready();
        QDoubleSpinBox* box = m_panel->slider()->box();
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QStringLiteral("80"));
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(percent(), 80.0);
        QTRY_COMPARE(m_measurements->count(), 1);
        QCOMPARE(lastAsked(), 0.8);
        box->selectAll();
        QTest::keyClicks(box, QLocale().toString(99.4)); // between two positions: the nearest
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(percent(), 99.5);
        QCOMPARE(box->value(), 99.5);
    }

    void mouseDragsAndOneMeasurementFollows()
    {
        ready();
        const auto at = [this](double share) { return QPoint(static_cast<int>(slider()->width() * share), slider()->height() / 2); };
        QTest::mousePress(slider(), Qt::LeftButton, Qt::NoModifier, at(0.3));
        const double clicked = percent();
        QVERIFY2(clicked > 25 && clicked < 35, qPrintable(QString::number(clicked)));
        for (double share = 0.3; share < 0.9; share += 0.05) {
            QTest::mouseMove(slider(), at(share));
            QMouseEvent move(QEvent::MouseMove, at(share), slider()->mapToGlobal(at(share)), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(slider(), &move);
        }
        QTest::mouseRelease(slider(), Qt::LeftButton, Qt::NoModifier, at(0.85));
        QVERIFY(percent() > 75);
        QCOMPARE(readout().size()->look(), Look::Estimate);
        QTRY_COMPARE(m_measurements->count(), 1);
        QCOMPARE(lastAsked(), m_panel->sparsity());
        QVERIFY(readout().busy()->isVisible());
        m_panel->setMeasured(samples::pointAt(m_panel->sparsity()));
        QVERIFY(!readout().busy()->isVisible());
        QTest::qWait(0);
        QCOMPARE(m_measurements->count(), 1);
    }

    void measuredPointReplacesTheEstimate()
    {
        ready();
        m_panel->setSparsity(0.80);
        QVERIFY(m_panel->chart()->prediction().prediction().has_value());
        QTRY_COMPARE(m_measurements->count(), 1);
        const SparsityPoint point = samples::point(80);
        m_panel->setMeasured(point);
        QCOMPARE(readout().size()->look(), Look::Measured);
        QVERIFY(readout().size()->remark().contains(formatCount(point.packageBytes)));
        QCOMPARE(readout().accuracy()->value(), formatPercent(point.accuracy));
        QVERIFY(readout().accuracy()->remark().contains(formatCount(point.examples)));
        QVERIFY2(readout().change()->value().startsWith(QStringLiteral("−10.1")), qPrintable(readout().change()->value()));
        QVERIFY(readout().ratio()->value().startsWith(QLocale().toString(3'312'400.0 / static_cast<double>(point.packageBytes), 'f', 1)));
        QVERIFY(!m_panel->chart()->prediction().prediction().has_value());
    }

    void knownPositionsAreNotMeasuredAgain()
    {
        ready();
        m_panel->setSparsity(0.80);
        QTRY_COMPARE(m_measurements->count(), 1);
        m_panel->setMeasured(samples::point(80));
        m_panel->setSparsity(0);
        QCOMPARE(readout().size()->look(), Look::Measured);
        m_panel->setSparsity(0.50);
        QTRY_COMPARE(m_measurements->count(), 2);
        QCOMPARE(lastAsked(), 0.5);
    }

    void denseModelIsMeasuredAfterTheHandsPosition()
    {
        m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
        m_panel->setSparsity(0.60);
        m_panel->setProfile(samples::profile());
        QTRY_COMPARE(m_measurements->count(), 1);
        QCOMPARE(lastAsked(), 0.6);
        m_panel->setMeasured(samples::point(60));
        QCOMPARE(m_measurements->count(), 2);
        QCOMPARE(lastAsked(), 0.0);
        QCOMPARE(readout().change()->value(), QStringLiteral("–"));
        m_panel->setMeasured(samples::point(0));
        QVERIFY(readout().change()->value() != QStringLiteral("–"));
        QCOMPARE(m_measurements->count(), 2);
    }

    void lateAnswerDoesNotStandForTheHandsPosition()
    {
        ready();
        m_panel->setSparsity(0.80);
        QTRY_COMPARE(m_measurements->count(), 1);
        m_panel->setSparsity(0.40);
        m_panel->setMeasured(samples::point(80));
        QCOMPARE(readout().size()->look(), Look::Estimate);
        QVERIFY(readout().size()->value().contains(formatBytes(stepAt(samples::profile(), 40).estimatedBytes, 0)));
        QCOMPARE(m_panel->chart()->points().size(), 2U);
    }

    void pointsAppearInTheChartAndAClickMovesTheSlider()
    {
        ready();
        m_panel->setMeasured(samples::point(50));
        m_panel->setMeasured(samples::point(80));
        m_panel->setMeasured(samples::point(80, true));
        TradeoffChart* chart = m_panel->chart();
        QCOMPARE(chart->points().size(), 4U);
        QTRY_VERIFY(chart->plot()->xAxis->range().upper > 600'000);
        std::size_t wanted = 0;
        while (chart->points()[wanted].point().sparsity != 0.5)
            ++wanted;
        QTest::mouseMove(chart->plot(), chart->dotPosition(wanted));
        QTest::mouseClick(chart->plot(), Qt::LeftButton, Qt::NoModifier, chart->dotPosition(wanted));
        QCOMPARE(percent(), 50.0);
        QVERIFY(chart->describe(wanted).contains(QStringLiteral("50")));
        QTest::keyClick(chart->plot(), Qt::Key_Home); // the smallest
        QTest::keyClick(chart->plot(), Qt::Key_Return);
        QCOMPARE(percent(), 80.0);
    }

    void layersFollowTheHandAndWarn()
    {
        ready();
        const LayerModel* model = m_panel->layers()->model();
        QCOMPARE(model->rowCount(), 6);
        m_panel->setSparsity(0.50);
        QCOMPARE(model->index(0, LayerModel::DenseSize).data().toString(), formatBytes(600'000));
        QCOMPARE(model->index(0, LayerModel::Size).data().toString(), formatBytes(300'000));
        QVERIFY(model->index(0, LayerModel::Size).data(Qt::ToolTipRole).toString().contains(formatCount(308'032)));
        QVERIFY(model->index(0, LayerModel::Sparsity).data(LayerModel::EstimateRole).toBool());
        QVERIFY(m_panel->layers()->warning().isEmpty());
        m_panel->setSparsity(0.95);
        QVERIFY(m_panel->layers()->warning().contains(QStringLiteral("conv.0.weight")));
        QVERIFY(model->index(1, LayerModel::Name).data(LayerModel::EndangeredRole).toBool());
        m_panel->setMeasured(samples::point(95));
        QVERIFY(!model->index(0, LayerModel::Sparsity).data(LayerModel::EstimateRole).toBool());
        QCOMPARE(model->index(0, LayerModel::Size).data().toString(), formatBytes(30'012));
    }

    void settingsAskForAProfileAndKeepTheirPoints()
    {
        ready();
        m_panel->setMeasured(samples::point(50));
        auto* method = m_panel->findChild<QComboBox*>(QStringLiteral("method"));
        method->setFocus();
        QTest::keyClick(method, Qt::Key_Down);
        QCOMPARE(m_profiles->count(), 1);
        QCOMPARE(m_panel->settings().method, QStringLiteral("global"));
        QCOMPARE(currentPoints(), 1U); // the dense model is the same for every method
        QCOMPARE(m_panel->chart()->points().size(), 2U); // the others stay in sight
        QVERIFY(m_panel->layers()->model()->layers().empty());
        CompressionSettings before = m_panel->settings();
        before.method = QStringLiteral("layerwise");
        m_panel->setMeasured(samples::point(70), before); // an answer that comes late
        QCOMPARE(currentPoints(), 1U);
        QTest::keyClick(method, Qt::Key_Up);
        QCOMPARE(currentPoints(), 3U);
    }

    void choicesComeFromTheCatalogue()
    {
        for (const auto& [name, count] : {std::pair{"score", 4}, std::pair{"method", 2}, std::pair{"pattern", 13}, std::pair{"embeddings", 3}, std::pair{"precision", 2}})
            QVERIFY(m_panel->findChild<QComboBox*>(QLatin1String(name))->count() >= count);
        m_panel->setSettings({.node = {}, .score = QStringLiteral("lamp"), .method = QStringLiteral("global"), .pattern = QStringLiteral("n_of_4"), .embeddings = QStringLiteral("none"), .precision = QStringLiteral("fp32")});
        QCOMPARE(m_panel->settings().score, QStringLiteral("lamp"));
        QCOMPARE(m_panel->settings().pattern, QStringLiteral("n_of_4"));
        QCOMPARE(m_panel->settings().embeddings, QStringLiteral("none"));
        QCOMPARE(m_panel->settings().precision, QStringLiteral("fp32"));
    }

    void applySendsSettingsAndSparsity()
    {
        ready();
        m_panel->setSparsity(0.72);
        QSignalSpy spy(m_panel.get(), &CompressionPanel::applyRequested);
        QTest::mouseClick(m_panel->findChild<QPushButton*>(QStringLiteral("apply")), Qt::LeftButton);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy[0][0].value<CompressionSettings>(), m_panel->settings());
        QCOMPARE(spy[0][1].toDouble(), 0.72);
    }

    /// Where one-shot pruning collapses the gradual recipe is offered with the loss that was measured; elsewhere it is not.
    void collapseOffersGradualPruning()
    {
        ready();
        const auto offer = [this] { return visibleButton(QStringLiteral("gradually")); };
        m_panel->setSparsity(0.50); // 0.2 points
        QTRY_COMPARE(m_measurements->count(), 1);
        m_panel->setMeasured(samples::point(50));
        QVERIFY(!offer());
        m_panel->setSparsity(0.90);
        QVERIFY(!offer());
        QTRY_COMPARE(m_measurements->count(), 2);
        const auto chart = [this] { return QRect(m_panel->chart()->mapTo(m_panel.get(), QPoint()), m_panel->chart()->size()); };
        const QRect place = chart();
        m_panel->setMeasured(samples::point(90)); // 60 * 0.9^8
        QPushButton* button = offer();
        QVERIFY(button);
        QTest::qWait(0);
        QCOMPARE(chart(), place); // nothing moves under the hand
        const auto labels = m_panel->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->isVisible() && label->text().contains(QStringLiteral("25.8 points")); }));
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
        QSignalSpy spy(m_panel.get(), &CompressionPanel::gradualRequested);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy[0][0].value<CompressionSettings>(), m_panel->settings());
        QCOMPARE(m_panel->settings().score, QStringLiteral("lamp"));
        QCOMPARE(spy[0][1].toDouble(), 0.9);
        m_panel->setMeasured(samples::point(90, true)); // trained: 2.2 points below
        QVERIFY2(!offer(), "what was trained keeps enough");
    }

    void errorsOfferToTryAgain()
    {
        ready();
        m_panel->setSparsity(0.30);
        QTRY_COMPARE(m_measurements->count(), 1);
        m_panel->setError(QStringLiteral("The engine ended."));
        QVERIFY(!readout().busy()->isVisible());
        QPushButton* retry = visibleButton(QStringLiteral("again"));
        QVERIFY(retry);
        QTest::mouseClick(retry, Qt::LeftButton);
        QCOMPARE(m_measurements->count(), 2);
        QCOMPARE(lastAsked(), 0.3);
        QVERIFY(!visibleButton(QStringLiteral("again")));
    }

    void aRetrainedModelForgetsItsPoints()
    {
        ready();
        m_panel->invalidate(QStringLiteral("other"));
        QCOMPARE(m_panel->chart()->points().size(), 1U);
        m_panel->invalidate(QStringLiteral("train"));
        QVERIFY(m_panel->chart()->points().empty());
        QCOMPARE(m_profiles->count(), 1);
    }

    void shortProfileIsNoCrash()
    {
        m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
        SparsityProfile odd = samples::profile();
        odd.steps.resize(10);
        m_panel->setProfile(odd);
        m_panel->setSparsity(0.50);
        QCOMPARE(readout().size()->value(), QStringLiteral("–"));
        QVERIFY(!m_panel->findChild<QPushButton*>(QStringLiteral("apply"))->isEnabled());
    }

    void themeChanges()
    {
        ready();
        const QImage light = m_panel->grab().toImage();
        applyTheme(ThemeKind::Dark);
        QTRY_VERIFY(m_panel->grab().toImage().pixelColor(3, 3) != light.pixelColor(3, 3));
        QTRY_COMPARE(m_panel->chart()->plot()->grab().toImage().pixelColor(2, 2), themeColors().base);
    }

    void everyControlHasAName()
    {
        ready();
        for (const QWidget* widget : m_panel->findChildren<QWidget*>()) {
            const bool reachable = widget->focusPolicy() & Qt::TabFocus && widget->isVisible() && !qobject_cast<const QAbstractButton*>(widget);
            if (reachable && widget->metaObject()->className() != QByteArray("QLineEdit"))
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        }
    }
};

QTEST_MAIN(tst_CompressionPanel)
#include "tst_CompressionPanel.moc"
