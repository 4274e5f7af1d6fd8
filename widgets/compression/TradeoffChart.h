// SPDX-License-Identifier: GPL-3.0-or-later
// TradeoffChart: accuracy against package size, memory or latency. Every measured point is a dot with its interval: its shape says what was
// done to the model, the step line is the Pareto front. What is predicted of the hand's position is a band. A floor that can be dragged
// asks for the smallest model above it. Pointing at a dot shows its figures; a click (or the arrows and Enter) goes to that model.
#pragma once

#include "engine/reports/BaselineScore.h"
#include "widgets/compression/PredictionBand.h"
#include "widgets/compression/TradeoffAxis.h"

#include <QByteArray>
#include <QWidget>

#include <memory>

class QAction;
class QComboBox;
class QCustomPlot;
class QKeyEvent;
class QLabel;
class QMouseEvent;
class QStackedWidget;
class QToolButton;

namespace espalier {

class BaselineMark;
class FloorBar;
class FloorLine;
class TradeoffGraphs;

class TradeoffChart : public QWidget {
    Q_OBJECT

public:
    static constexpr int headerHeight = 28; ///< so that what stands beside the chart can line up

    explicit TradeoffChart(QWidget* parent = nullptr);
    ~TradeoffChart() override;

    void setPoints(std::vector<ChartPoint> points);
    /// What hashed n-grams reach on the same data; nullopt: not measured.
    void setBaseline(const std::optional<BaselineScore>& baseline);
    /// The baseline as the chart names it; empty where there is none.
    [[nodiscard]] QString baselineText() const;
    /// Of the hand's position; nullopt: it was measured.
    void setPrediction(const std::optional<HandPrediction>& prediction);
    [[nodiscard]] const PredictionBand& prediction() const { return *m_band; }
    /// Least accuracy that is good enough, 0 to 1. Emits nothing.
    void setFloor(std::optional<double> accuracy);
    [[nodiscard]] std::optional<double> floor() const;
    /// Where latency and memory are measured: "this computer", or a device's name.
    void setPlace(const QString& place);
    void setAxis(TradeoffAxis axis);
    [[nodiscard]] TradeoffAxis axis() const;
    /// Those that have a value on the axis, by it.
    [[nodiscard]] const std::vector<ChartPoint>& points() const { return m_points; }
    /// Where the dot of points()[index] stands, in the plot's coordinates.
    [[nodiscard]] QPoint dotPosition(std::size_t index) const;
    /// The figures of points()[index], as the tool tip shows them.
    [[nodiscard]] QString describe(std::size_t index) const;
    void setLogarithmic(bool on);
    [[nodiscard]] bool isLogarithmic() const;
    /// Of all points, those without a value on the axis, too.
    [[nodiscard]] QByteArray csv() const;
    [[nodiscard]] QCustomPlot* plot() const { return m_plot; }
    [[nodiscard]] FloorBar* floorBar() const { return m_floorBar; }

public Q_SLOTS:
    void fit();

Q_SIGNALS:
    /// The user wants to go to that model.
    void pointActivated(const espalier::MeasuredPoint& point);
    /// The user moved the floor or took it away.
    void floorChanged(std::optional<double> accuracy);
    void saveRequested(const QString& suggestedName, const QByteArray& content);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildHeader();
    void buildPlot();
    void connectPlot();
    void retranslate();
    void retranslateAxes();
    void showKey();
    void restyle();
    void choosePoints();
    void updateGraphs();
    void rescale();
    void rescaleAccuracy();
    void select(std::optional<std::size_t> index);
    void activate(std::size_t index);
    void pressed(const QMouseEvent& event);
    void moved(const QMouseEvent& event);
    void released();
    void moveFloor(double accuracy);
    void answerFloor();
    bool plotKey(const QKeyEvent& event);
    void save(const QString& suffix, const QByteArray& content);
    [[nodiscard]] std::optional<std::size_t> pointAt(const QPoint& position) const;

    std::vector<ChartPoint> m_all;
    std::vector<ChartPoint> m_points; ///< of m_all, those on the axis, by value
    std::optional<std::size_t> m_selected;
    QString m_place;
    bool m_draggingFloor = false;
    QLabel* m_title;
    QComboBox* m_axis;
    QToolButton* m_log;
    QToolButton* m_fit;
    QToolButton* m_export;
    QAction* m_copy = nullptr;
    QAction* m_image = nullptr;
    QAction* m_drawing = nullptr;
    QAction* m_csv = nullptr;
    QStackedWidget* m_pages;
    QLabel* m_empty;
    QLabel* m_key;
    QCustomPlot* m_plot;
    FloorBar* m_floorBar;
    std::unique_ptr<TradeoffGraphs> m_graphs;
    std::unique_ptr<PredictionBand> m_band;
    std::unique_ptr<BaselineMark> m_baseline;
    std::unique_ptr<FloorLine> m_floor;
};

} // namespace espalier
