// SPDX-License-Identifier: GPL-3.0-or-later
// What the compression panel says of a layer pruned alone, and of a score that nothing can be measured with before training.
#include "tests/widgets/SampleReports.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/LayerModel.h"
#include "widgets/compression/LayerTable.h"
#include "widgets/compression/SensitivityBar.h"
#include "widgets/style/Theme.h"

#include <QLocale>
#include <QPolygonF>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace espalier;

class tst_LayerSensitivity : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CompressionPanel> m_panel;

    [[nodiscard]] QPushButton* gradualButton() const { return m_panel->findChild<QPushButton*>(QStringLiteral("pruneGradually")); }
    [[nodiscard]] QString lost(int layer) const { return m_panel->layers()->model()->index(layer, LayerModel::Alone).data().toString(); }
    [[nodiscard]] static QString points(double value) { return QLocale().toString(value, 'f', 1) + QStringLiteral(" pt"); }

private Q_SLOTS:
    void init()
    {
        applyTheme(ThemeKind::Light);
        m_panel = std::make_unique<CompressionPanel>();
        m_panel->resize(1200, 760);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
        m_panel->setProfile(samples::profile());
        m_panel->setMeasured(samples::point(0));
    }
    void cleanup() { m_panel.reset(); }

    void isMeasuredWhenAsked()
    {
        SensitivityBar* bar = m_panel->layers()->sensitivityBar();
        QSignalSpy asked(bar, &SensitivityBar::measureRequested);
        QSignalSpy cancelled(bar, &SensitivityBar::cancelRequested);
        QCOMPARE(lost(0), QStringLiteral("–"));
        QVERIFY(m_panel->layers()->model()->index(0, LayerModel::Alone).data(LayerModel::SensitivityRole).isNull());
        QVERIFY(bar->button()->isVisible());
        QTest::mouseClick(bar->button(), Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
        bar->setProgress(7, 25);
        QCOMPARE(bar->findChild<QProgressBar*>()->value(), 7);
        QTest::mouseClick(bar->button(), Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);
        QCOMPARE(asked.count(), 1);
        bar->setError(QStringLiteral("no"));
        QVERIFY(bar->button()->isVisible());
        QCOMPARE(bar->text(), QStringLiteral("no"));
    }

    /// Points at the sparsity that each layer has, and a curve on one scale for all.
    void followsTheHand()
    {
        m_panel->setSparsity(0.70);
        LayerTable* layers = m_panel->layers();
        layers->setSensitivity(SensitivityReport{"lamp", "free", 0.9, 0.3, 3000, {{"embedding.weight", {{0.5, 0.9, 0.3}, {0.9, 0.7, 1}}}, {"conv.0.weight", {{0.5, 0.88, 0.3}}}}});
        QVERIFY(!layers->sensitivityBar()->button()->isVisible());
        QVERIFY(layers->sensitivityBar()->text().contains(formatCount(3000)));
        QCOMPARE(lost(0), points(10));
        QCOMPARE(lost(1), QStringLiteral("–")); // not measured so sparse
        QCOMPARE(lost(5), QStringLiteral("–")); // not pruned
        const auto curve = layers->model()->index(0, LayerModel::Alone).data(LayerModel::SensitivityRole).value<QPolygonF>();
        QCOMPARE(curve.size(), 3);
        QCOMPARE(curve.last(), QPointF(0.9, 1)); // the most sensitive layer there is
        m_panel->setSparsity(0.50);
        QCOMPARE(lost(1), points(2));
        m_panel->setSparsity(0.90); // a layer's weights are whole: a little more or less
        QCOMPARE(lost(0), points(20));
        layers->setSensitivity(SensitivityReport{"lamp", "free", 0.9, 0.3, 3000, {{"embedding.weight", {{0.9, 0.92, 0.3}}}}});
        QVERIFY2(lost(0).startsWith(QStringLiteral("−")), qPrintable(lost(0))); // a gain, with the sign that the figures above have
        layers->setSensitivity(std::nullopt);
        QCOMPARE(lost(0), QStringLiteral("–"));
    }

    /// The window says why nothing is measured, and offers the one way there is.
    void movementGoesGraduallyOnly()
    {
        QSignalSpy profiles(m_panel.get(), &CompressionPanel::profileRequested);
        QSignalSpy gradual(m_panel.get(), &CompressionPanel::gradualRequested);
        CompressionSettings settings = m_panel->settings();
        settings.score = QStringLiteral("movement");
        settings.pattern = QStringLiteral("n_of_4");
        m_panel->setSettings(settings);
        m_panel->setSparsity(0.80);
        QCOMPARE(profiles.count(), 0);
        QVERIFY(!m_panel->layers()->sensitivityBar()->isVisible());
        QVERIFY(gradualButton()->isVisible());
        QTest::mouseClick(gradualButton(), Qt::LeftButton);
        QCOMPARE(gradual.count(), 1);
        QCOMPARE(gradual.last()[0].value<CompressionSettings>(), settings); // its own choices, not another recipe
        QCOMPARE(gradual.last()[1].toDouble(), 0.8);
        settings.score = QStringLiteral("lamp");
        m_panel->setSettings(settings);
        QCOMPARE(profiles.count(), 1);
        QVERIFY(!gradualButton()->isVisible());
        QVERIFY(m_panel->layers()->sensitivityBar()->isVisible());
    }
};

QTEST_MAIN(tst_LayerSensitivity)
#include "tst_LayerSensitivity.moc"
