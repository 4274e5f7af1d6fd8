// SPDX-License-Identifier: GPL-3.0-or-later
// ConfusionMatrixView: counts of truth (rows) against prediction (columns) as a heat map, readable with 2 classes and with 150.
// A cell's tint is its share of the row: right answers in one colour, mistakes in another. Fits by itself until the user zooms
// (Ctrl and wheel, + and -, 0 fits again); arrows move a current cell, [ and ] jump between mistakes, the largest first.
#pragma once

#include <QAbstractScrollArea>
#include <QPoint>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace espalier {

class ConfusionMatrixView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ConfusionMatrixView(QWidget* parent = nullptr);

    /// @p counts[truth][predicted], as many rows and columns as labels; anything else shows nothing.
    void setMatrix(const QStringList& labels, const std::vector<std::vector<std::int64_t>>& counts);
    [[nodiscard]] int classes() const { return static_cast<int>(m_labels.size()); }

    /// x: predicted, y: truth; (-1, -1): none.
    [[nodiscard]] QPoint currentCell() const { return m_current; }
    void setCurrentCell(const QPoint& cell);
    /// "set alarm → timer: 7 of 30 sentences (23.3 %)"; empty for no cell.
    [[nodiscard]] QString describe(const QPoint& cell) const;
    /// In viewport coordinates; null when it is scrolled out of sight.
    [[nodiscard]] QRect cellRect(const QPoint& cell) const;
    [[nodiscard]] QPoint cellAt(const QPoint& position) const;
    [[nodiscard]] double cellSize() const { return m_cell; }

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void fit();
    /// The next mistake by size, after the current one.
    void showNextMistake();
    void showPreviousMistake();

Q_SIGNALS:
    /// The cell under the mouse, or the current one: what describe() says; empty when none.
    void cellDescribed(const QString& text);
    /// A cell was clicked, or the current one moved: its sentences are of interest.
    void cellChosen(const QPoint& cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void setCellSize(double size, const QPoint& fixed);
    void zoom(double factor);
    void collectMistakes();
    void stepMistake(int step);
    void ensureVisible(const QPoint& cell);
    void setHovered(const QPoint& cell);
    void paintCells(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintSide(QPainter& painter, int marked, Qt::Alignment alignment, int room) const;
    [[nodiscard]] bool contains(const QPoint& cell) const;
    [[nodiscard]] std::int64_t count(const QPoint& cell) const;
    [[nodiscard]] QColor tint(const QPoint& cell) const;
    [[nodiscard]] QRectF area(const QPoint& cell) const;
    [[nodiscard]] QPoint origin() const;
    [[nodiscard]] double fittingCell() const;

    QStringList m_labels;
    std::vector<std::vector<std::int64_t>> m_counts;
    std::vector<std::int64_t> m_rowSums;
    std::vector<QPoint> m_mistakes; ///< by count, the largest first
    QPoint m_current{-1, -1};
    QPoint m_hovered{-1, -1};
    double m_cell = 16;
    int m_margin = 96; ///< room for labels, left and above
    bool m_fitting = true;
};

} // namespace espalier
