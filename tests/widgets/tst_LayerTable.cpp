// SPDX-License-Identifier: GPL-3.0-or-later
// Layers that go their own way, by mouse and keys: what the panel predicts for them, asks for, and hands to the pipeline.
#include "widgets/compression/LayerTable.h"

#include "tests/widgets/SampleReports.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/CompressionReadout.h"
#include "widgets/compression/LayerBars.h"
#include "widgets/compression/LayerModel.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/plots/StatTile.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace espalier;

class tst_LayerTable : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CompressionPanel> m_panel;
    std::unique_ptr<QSignalSpy> m_profiles;
    std::unique_ptr<QSignalSpy> m_measurements;

    LayerTable* table() const { return m_panel->layers(); }
    QTableView* view() const { return table()->view(); }
    QModelIndex bar(int row) const { return table()->model()->index(row, LayerModel::Sparsity); }
    double sparsityOf(int row) const { return bar(row).data(LayerModel::SparsityRole).toDouble(); }
    QPoint at(int row, double share) const
    {
        const QRectF track = table()->bars()->trackOf(bar(row));
        return QPointF(track.left() + share * track.width(), track.center().y()).toPoint();
    }
    void dragBar(int row, double from, double to) const
    {
        QTest::mousePress(view()->viewport(), Qt::LeftButton, Qt::NoModifier, at(row, from));
        for (const double share : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove, at(row, share), view()->viewport()->mapToGlobal(at(row, share)), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(view()->viewport(), &move);
        }
        QTest::mouseRelease(view()->viewport(), Qt::LeftButton, Qt::NoModifier, at(row, to));
    }
    QString own() const { return m_panel->settings().layerSparsities; }

private Q_SLOTS:
    void init()
    {
        applyTheme(ThemeKind::Light);
        m_panel = std::make_unique<CompressionPanel>();
        m_profiles = std::make_unique<QSignalSpy>(m_panel.get(), &CompressionPanel::profileRequested);
        m_measurements = std::make_unique<QSignalSpy>(m_panel.get(), &CompressionPanel::measurementRequested);
        m_panel->resize(1400, 900);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train"), false}, {QStringLiteral("other"), QStringLiteral("Other"), false}});
        m_panel->setProfile(samples::profile());
        m_panel->setMeasured(samples::point(0));
        m_panel->setSparsity(0.5);
        m_profiles->clear();
        QTRY_COMPARE(m_measurements->count(), 1);
        m_measurements->clear();
    }
    void cleanup() { m_panel.reset(); }

    /// The estimate follows the hand without the engine, and stays an estimate until it rests and is measured.
    void aDraggedBarGivesTheLayerItsOwnSparsity()
    {
        const QString before = m_panel->readout()->size()->value();
        dragBar(0, 0.5, 0.9);
        QVERIFY2(std::abs(sparsityOf(0) - 0.9) < 0.02, qPrintable(QString::number(sparsityOf(0))));
        QVERIFY(std::abs(sparsityOf(1) - 0.5) < 0.01); // the slider's
        const double given = own().section(QLatin1Char('='), 1).toDouble();
        QVERIFY2(own().startsWith(QStringLiteral("embedding.weight=0.")) && std::abs(given * 200 - std::round(given * 200)) < 1e-6, qPrintable(own())); // half percents
        QVERIFY(m_panel->readout()->size()->value() != before);
        QCOMPARE(m_panel->readout()->size()->look(), StatTile::Look::Estimate);
        QCOMPARE(m_profiles->count(), 0);
        QVERIFY(table()->title().contains(QStringLiteral("1 with own sparsity")));
        QTRY_COMPARE(m_measurements->count(), 1);
        QCOMPARE(m_measurements->last()[0].value<CompressionSettings>().layerSparsities, own());
    }

    void keysAndATypedFigureDoTheSame()
    {
        view()->setFocus();
        view()->setCurrentIndex(table()->model()->index(1, 0));
        QTest::keyClick(view(), Qt::Key_Right);
        QVERIFY(std::abs(sparsityOf(1) - 0.505) < 1e-3);
        QTest::keyClick(view(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(std::abs(sparsityOf(1) - 0.555) < 1e-3);
        QTest::keyClick(view(), Qt::Key_Left);
        QVERIFY(std::abs(sparsityOf(1) - 0.55) < 1e-3);
        QTest::keyClick(view(), Qt::Key_Return);
        auto* field = view()->findChild<QDoubleSpinBox*>();
        QVERIFY(field);
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("75"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(std::abs(sparsityOf(1) - 0.75) < 1e-3);
        QCOMPARE(own(), QStringLiteral("conv.0.weight=0.75"));
    }

    void automaticAndExcludeAreAClickAway()
    {
        dragBar(0, 0.5, 0.9);
        auto* automatic = m_panel->findChild<QToolButton*>(QStringLiteral("layerAutomatic"));
        auto* exclude = m_panel->findChild<QToolButton*>(QStringLiteral("layerExclude"));
        QVERIFY(automatic->isEnabled());
        QTest::mouseClick(automatic, Qt::LeftButton);
        QVERIFY(own().isEmpty() && !automatic->isEnabled());
        QVERIFY(std::abs(sparsityOf(0) - 0.5) < 0.01);
        QTest::mouseClick(exclude, Qt::LeftButton);
        QCOMPARE(m_panel->settings().excluded, QStringLiteral("embedding.weight"));
        QCOMPARE(sparsityOf(0), 0.0);
        QCOMPARE(bar(0).data().toString(), QStringLiteral("excluded"));
        QVERIFY(exclude->isChecked());
        dragBar(0, 0.1, 0.3); // takes it back in
        QVERIFY(m_panel->settings().excluded.isEmpty());
        QVERIFY(own().startsWith(QStringLiteral("embedding.weight=")));
    }

    /// At 0 % a layer of its own is still pruned: that position is not the dense model, and says so.
    void aSparsityOfItsOwnHoldsAtZero()
    {
        dragBar(0, 0.5, 0.9);
        m_panel->setSparsity(0);
        QVERIFY(sparsityOf(0) > 0.8);
        QCOMPARE(m_panel->readout()->size()->look(), StatTile::Look::Estimate);
        QTRY_COMPARE(m_measurements->count(), 1);
        QCOMPARE(m_measurements->last()[0].value<CompressionSettings>().layerSparsities, own());
        SparsityPoint point = samples::point(0);
        point.accuracy = 0.8;
        m_panel->setMeasured(point);
        QCOMPARE(m_measurements->count(), 1); // the dense model is known
        const auto& points = m_panel->chart()->points();
        QCOMPARE(std::count_if(points.begin(), points.end(), [](const ChartPoint& shown) { return shown.kind == PointKind::Dense; }), 1);
        QVERIFY2(m_panel->readout()->change()->value().startsWith(QStringLiteral("−8.4")), qPrintable(m_panel->readout()->change()->value()));
    }

    void applyHandsTheLayersOver()
    {
        dragBar(2, 0.5, 0.2);
        QSignalSpy applied(m_panel.get(), &CompressionPanel::applyRequested);
        QTest::mouseClick(m_panel->findChild<QPushButton*>(QStringLiteral("apply")), Qt::LeftButton);
        QCOMPARE(applied[0][0].value<CompressionSettings>().layerSparsities, own());
        QVERIFY(own().startsWith(QStringLiteral("conv.1.weight=0.")));
    }

    void anotherModelsLayersAreItsOwn()
    {
        dragBar(0, 0.5, 0.9);
        QSignalSpy chosen(m_panel.get(), &CompressionPanel::sourceChosen);
        auto* source = m_panel->findChild<QComboBox*>(QStringLiteral("source"));
        source->setFocus();
        QTest::keyClick(source, Qt::Key_Down);
        QCOMPARE(m_panel->settings().node, QStringLiteral("other"));
        QVERIFY(own().isEmpty());
        QCOMPARE(chosen.count(), 1);
    }
};

QTEST_MAIN(tst_LayerTable)
#include "tst_LayerTable.moc"
