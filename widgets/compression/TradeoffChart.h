// SPDX-License-Identifier: GPL-3.0-or-later
// TradeoffChart: accuracy against package size. Every measured point is a dot: open straight after pruning, filled after
// fine-tuning, a diamond for the dense model. The size predicted for the slider's position is a dashed line, since only its size
// is known. Pointing at a dot shows its figures; a click (or the arrows and Enter) brings the slider there.
#pragma once

#include "engine/reports/BaselineScore.h"
#include "engine/reports/CompressionReport.h"

#include <QByteArray>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QAction;
class QCPGraph;
class QCustomPlot;
class QKeyEvent;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace espalier {

class BaselineMark;
class PlotMark;

class TradeoffChart : public QWidget {
    Q_OBJECT

public:
    static constexpr int headerHeight = 28; ///< so that what stands beside the chart can line up

    explicit TradeoffChart(QWidget* parent = nullptr);
    ~TradeoffChart() override;

    /// @p dense (of the same precision) joins the points when it is not among them.
    void setPoints(const std::vector<SparsityPoint>& points, const std::optional<SparsityPoint>& dense);
    /// What hashed n-grams reach on the same data; nullopt: not measured.
    void setBaseline(const std::optional<BaselineScore>& baseline);
    /// The baseline as the chart names it; empty where there is none.
    [[nodiscard]] QString baselineText() const;
    /// Bytes predicted for the hand's position; nullopt: none.
    void setPrediction(std::optional<std::int64_t> bytes);
    [[nodiscard]] const std::vector<SparsityPoint>& points() const { return m_points; }
    [[nodiscard]] std::optional<double> prediction() const;
    /// Where the dot of points()[index] stands, in the plot's coordinates.
    [[nodiscard]] QPoint dotPosition(std::size_t index) const;
    /// The figures of points()[index], as the tool tip shows them.
    [[nodiscard]] QString describe(std::size_t index) const;
    void setLogarithmic(bool on);
    [[nodiscard]] bool isLogarithmic() const;
    [[nodiscard]] QByteArray csv() const;
    [[nodiscard]] QCustomPlot* plot() const { return m_plot; }

public Q_SLOTS:
    void fit();

Q_SIGNALS:
    /// The user wants the slider at this sparsity, 0 to 99.
    void pointActivated(int percent);
    void saveRequested(const QString& suggestedName, const QByteArray& content);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildHeader();
    void buildPlot();
    void connectPlot();
    void retranslate();
    void showKey();
    void restyle();
    void updateGraphs();
    void rescale();
    void select(std::optional<std::size_t> index);
    bool plotKey(const QKeyEvent& event);
    void save(const QString& suffix, const QByteArray& content);
    [[nodiscard]] std::optional<std::size_t> pointAt(const QPoint& position) const;
    [[nodiscard]] std::optional<SparsityPoint> densePoint() const;

    std::vector<SparsityPoint> m_points; ///< by size
    std::optional<std::size_t> m_selected;
    QLabel* m_title;
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
    QCPGraph* m_path = nullptr;  ///< joins the one-shot points; the plot owns the graphs
    QCPGraph* m_oneShot = nullptr;
    QCPGraph* m_fineTuned = nullptr;
    QCPGraph* m_dense = nullptr;
    QCPGraph* m_ring = nullptr;  ///< around the selected dot
    std::unique_ptr<PlotMark> m_mark;
    std::unique_ptr<BaselineMark> m_baseline;
    std::optional<std::int64_t> m_prediction;
};

} // namespace espalier
