// SPDX-License-Identifier: GPL-3.0-or-later
// CurvePlot: several curves over epochs, each as measured (thin, translucent) and smoothed (thick), with a legend that hides and
// shows them, a marked epoch, a crosshair, zoom and export. Points arrive in batches; it redraws at most 20 times a second.
// Wheel zooms, drag moves, double click fits; with the keyboard: arrows move the crosshair, + and - zoom, 0 fits.
#pragma once

#include "widgets/plots/CurveSeries.h"

#include <QByteArray>
#include <QPixmap>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QCustomPlot;
class QKeyEvent;
class QLabel;
class QStackedWidget;

namespace espalier {

class CurveToolbar;
class PlotCrosshair;
class PlotMark;
struct Curve;

struct CurveStyle {
    QString id;   ///< "train_loss"
    QString name; ///< as shown, translated
    int color = 0; ///< index in themeColors().series
    Qt::PenStyle line = Qt::SolidLine;
    bool dots = false; ///< measured points as dots: for curves of one point an epoch
};

class CurvePlot : public QWidget {
    Q_OBJECT

public:
    enum class ValueKind { Number, Percent };

    explicit CurvePlot(ValueKind kind = ValueKind::Number, QWidget* parent = nullptr);
    ~CurvePlot() override;

    /// @p name stands above the plot and in suggested file names; @p yLabel says what is drawn and in which unit.
    void setTitles(const QString& title, const QString& xLabel, const QString& yLabel);
    void setEmptyText(const QString& text);
    /// Adds a curve, or changes the style of the one with that id.
    void setCurve(const CurveStyle& style);
    /// Points for the curve @p id (ignored when there is none).
    void append(const QString& id, const std::vector<QPointF>& points);
    /// See CurveSeries::complete().
    void complete(const QString& id, const std::vector<QPointF>& points);
    /// Removes points and mark; the curves' styles and the user's settings stay.
    void clearPoints();

    /// Marks @p x with a vertical line and @p label; nullopt removes the mark.
    void setMark(std::optional<double> x, const QString& label = {});
    [[nodiscard]] std::optional<double> mark() const;
    [[nodiscard]] QString markLabel() const;
    void setLogarithmic(bool on);
    [[nodiscard]] bool isLogarithmic() const;
    /// Width of the smoothing in epochs, 0 (off) to 5.
    void setSmoothing(double epochs);
    [[nodiscard]] double smoothing() const;

    /// nullptr when there is no such curve.
    [[nodiscard]] const CurveSeries* series(const QString& id) const;
    /// What the crosshair shows at @p x: a line a visible curve.
    [[nodiscard]] QString valuesAt(double x) const;
    /// The points as comma-separated values: series,epoch,value,smoothed.
    [[nodiscard]] QByteArray csv() const;
    [[nodiscard]] QPixmap picture() const;
    [[nodiscard]] QByteArray svg() const;
    /// The plot inside, for tests and for pictures.
    [[nodiscard]] QCustomPlot* plot() const { return m_plot; }
    [[nodiscard]] PlotCrosshair* crosshair() const { return m_crosshair; }

    /// Plots over the same epochs: they show the same stretch of them, and the crosshair of each moves that of the others.
    static void link(const std::vector<CurvePlot*>& plots);

public Q_SLOTS:
    /// Shows all points, and goes on following new ones.
    void fit();
    /// Shows the crosshair at the epoch where that of a linked plot stands; nullopt hides it.
    void followCrosshair(std::optional<double> x);

Q_SIGNALS:
    /// The user moved the crosshair; nullopt: away from the plot.
    void crosshairMoved(std::optional<double> x);
    /// The user wants @p content kept in a file; @p suggestedName ends in .png, .svg or .csv.
    void saveRequested(const QString& suggestedName, const QByteArray& content);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildPlot();
    void connectToolbar();
    void connectPlot();
    void restyle();
    void restyle(Curve& curve);
    void scheduleReplot();
    void replotNow();
    void updateGraphs(Curve& curve);
    void rescale();
    void placeMarkLabel();
    [[nodiscard]] double lastEpoch() const;
    void moveCrosshair(double x);
    void leaveCrosshair();
    bool plotKey(const QKeyEvent& event);
    void zoom(double factor);
    [[nodiscard]] Curve* find(const QString& id) const;
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] QString formatValue(double value) const;
    [[nodiscard]] QString describe(const Curve& curve, double x) const;

    ValueKind m_kind;
    QString m_title;
    QString m_xLabel;
    std::vector<std::unique_ptr<Curve>> m_curves;
    std::vector<QPointer<CurvePlot>> m_linked;
    CurveToolbar* m_toolbar;
    QStackedWidget* m_pages;
    QLabel* m_empty;
    QCustomPlot* m_plot;
    PlotCrosshair* m_crosshair;
    std::unique_ptr<PlotMark> m_mark;
    QTimer m_replotTimer;
    bool m_following = true; ///< the axes grow with the points until the user zooms or moves
};

} // namespace espalier
