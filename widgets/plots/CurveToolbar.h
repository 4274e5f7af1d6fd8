// SPDX-License-Identifier: GPL-3.0-or-later
// CurveToolbar: the row above a CurvePlot: title, legend (each entry hides and shows its curve), smoothing, logarithmic scale,
// fit and export. It holds the user's choices; the plot acts on its signals.
#pragma once

#include <QMap>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QIcon;
class QLabel;
class QSlider;
class QToolButton;

namespace espalier {

class CurveToolbar : public QWidget {
    Q_OBJECT

public:
    /// @p offersLogarithm: whether the values may be drawn on a logarithmic scale.
    explicit CurveToolbar(bool offersLogarithm, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Adds or renames the entry @p id of the legend.
    void setCurve(const QString& id, const QString& name, const QIcon& sample);
    /// Width of the smoothing in epochs, 0 to 5: fine steps near 0.
    void setSmoothing(double epochs);
    [[nodiscard]] double smoothing() const;
    void setLogarithmic(bool on);
    [[nodiscard]] bool isLogarithmic() const;
    void retranslate();

Q_SIGNALS:
    void curveToggled(const QString& id, bool visible);
    void smoothingChanged(double epochs);
    void logarithmicToggled(bool on);
    void fitRequested();
    void copyRequested();
    void imageRequested();
    void drawingRequested();
    void csvRequested();

private:
    QToolButton* addButton(const QString& iconName);
    void buildExportMenu();

    QHBoxLayout* m_legend;
    QMap<QString, QToolButton*> m_entries;
    QLabel* m_title;
    QLabel* m_smoothingLabel;
    QSlider* m_smoothing;
    QToolButton* m_log;
    QToolButton* m_fit;
    QToolButton* m_export;
    QAction* m_copy = nullptr;
    QAction* m_image = nullptr;
    QAction* m_drawing = nullptr;
    QAction* m_csv = nullptr;
};

} // namespace espalier
