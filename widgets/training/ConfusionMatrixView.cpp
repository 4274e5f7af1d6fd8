// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/ConfusionMatrixView.h"

#include "widgets/style/Theme.h"

#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace espalier {
namespace {

constexpr double smallestCell = 1; ///< pixels: 150 classes must fit beside the curves
constexpr double largestCell = 120;
constexpr QPoint noCell{-1, -1};

} // namespace

ConfusionMatrixView::ConfusionMatrixView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Confusion matrix"));
    connect(themeNotifier(), &ThemeNotifier::changed, viewport(), qOverload<>(&QWidget::update));
}

void ConfusionMatrixView::setMatrix(const QStringList& labels, const std::vector<std::vector<std::int64_t>>& counts)
{
    const auto size = static_cast<std::size_t>(labels.size());
    const bool fits = counts.size() == size && std::all_of(counts.begin(), counts.end(), [&](const auto& row) { return row.size() == size; });
    m_labels = fits ? labels : QStringList();
    m_counts = fits ? counts : std::vector<std::vector<std::int64_t>>();
    m_rowSums.clear();
    for (const auto& row : m_counts)
        m_rowSums.push_back(std::accumulate(row.begin(), row.end(), std::int64_t{0}));
    m_current = m_hovered = noCell;
    m_fitting = true;
    collectMistakes();
    layOut();
    Q_EMIT cellDescribed({});
}

void ConfusionMatrixView::collectMistakes()
{
    m_mistakes.clear();
    for (int truth = 0; truth < classes(); ++truth)
        for (int predicted = 0; predicted < classes(); ++predicted)
            if (truth != predicted && count({predicted, truth}) > 0)
                m_mistakes.emplace_back(predicted, truth);
    std::stable_sort(m_mistakes.begin(), m_mistakes.end(), [this](const QPoint& a, const QPoint& b) { return count(a) > count(b); });
}

bool ConfusionMatrixView::contains(const QPoint& cell) const
{
    return cell.x() >= 0 && cell.y() >= 0 && cell.x() < classes() && cell.y() < classes();
}

std::int64_t ConfusionMatrixView::count(const QPoint& cell) const
{
    return m_counts[static_cast<std::size_t>(cell.y())][static_cast<std::size_t>(cell.x())];
}

QString ConfusionMatrixView::describe(const QPoint& cell) const
{
    if (!contains(cell))
        return {};
    const std::int64_t of = m_rowSums[static_cast<std::size_t>(cell.y())];
    const QString share = of > 0 ? formatPercent(static_cast<double>(count(cell)) / static_cast<double>(of)) : QStringLiteral("–");
    return tr("Truth: %1. Predicted: %2. %3 of %4 sentences (%5)")
        .arg(m_labels[cell.y()], m_labels[cell.x()], formatCount(count(cell)), formatCount(of), share);
}

double ConfusionMatrixView::fittingCell() const
{
    const int side = std::min(viewport()->width(), viewport()->height()) - m_margin - gridStep;
    return std::clamp(static_cast<double>(side) / std::max(1, classes()), smallestCell, largestCell);
}

void ConfusionMatrixView::layOut()
{
    const QFontMetrics metrics(font());
    int widest = 0;
    for (const QString& label : m_labels)
        widest = std::max(widest, metrics.horizontalAdvance(label));
    m_margin = std::clamp(widest + 2 * gridStep, 6 * gridStep, 18 * gridStep) + metrics.height();
    if (m_fitting)
        m_cell = fittingCell();
    const int full = m_margin + static_cast<int>(std::ceil(m_cell * classes())) + gridStep;
    for (auto [bar, room] : {std::pair{horizontalScrollBar(), viewport()->width()}, std::pair{verticalScrollBar(), viewport()->height()}}) {
        bar->setRange(0, std::max(0, full - room));
        bar->setPageStep(room);
        bar->setSingleStep(std::max(8, static_cast<int>(m_cell)));
    }
    viewport()->update();
}

QPoint ConfusionMatrixView::origin() const
{
    return {m_margin - horizontalScrollBar()->value(), m_margin - verticalScrollBar()->value()};
}

QRectF ConfusionMatrixView::area(const QPoint& cell) const
{
    return {origin().x() + cell.x() * m_cell, origin().y() + cell.y() * m_cell, m_cell, m_cell};
}

QRect ConfusionMatrixView::cellRect(const QPoint& cell) const
{
    const QRect seen(QPoint(m_margin, m_margin), QPoint(viewport()->width(), viewport()->height()));
    return contains(cell) ? area(cell).toAlignedRect() & seen : QRect();
}

QPoint ConfusionMatrixView::cellAt(const QPoint& position) const
{
    if (position.x() < m_margin || position.y() < m_margin)
        return noCell;
    const QPointF inside = QPointF(position - origin()) / m_cell;
    const QPoint cell(static_cast<int>(std::floor(inside.x())), static_cast<int>(std::floor(inside.y())));
    return contains(cell) ? cell : noCell;
}

void ConfusionMatrixView::setCellSize(double size, const QPoint& fixed)
{
    const QPointF before = QPointF(fixed - origin()) / m_cell;
    m_cell = std::clamp(size, smallestCell, largestCell);
    m_fitting = false;
    layOut();
    const QPointF after = before * m_cell - QPointF(fixed - origin());
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + static_cast<int>(std::lround(after.x())));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(std::lround(after.y())));
}

void ConfusionMatrixView::zoomIn()
{
    zoom(1.4);
}

void ConfusionMatrixView::zoomOut()
{
    zoom(1 / 1.4);
}

void ConfusionMatrixView::zoom(double factor)
{
    const bool onCell = contains(m_current);
    setCellSize(m_cell * factor, onCell ? area(m_current).center().toPoint() : viewport()->rect().center());
    if (onCell)
        ensureVisible(m_current);
}

void ConfusionMatrixView::fit()
{
    m_fitting = true;
    layOut();
}

void ConfusionMatrixView::showNextMistake()
{
    stepMistake(1);
}

void ConfusionMatrixView::showPreviousMistake()
{
    stepMistake(-1);
}

void ConfusionMatrixView::stepMistake(int step)
{
    if (m_mistakes.empty())
        return;
    const int size = static_cast<int>(m_mistakes.size());
    const auto found = std::find(m_mistakes.begin(), m_mistakes.end(), m_current);
    const int at = found == m_mistakes.end() ? (step > 0 ? -1 : 0) : static_cast<int>(found - m_mistakes.begin());
    setCurrentCell(m_mistakes[static_cast<std::size_t>((at + step + size) % size)]);
}

void ConfusionMatrixView::setCurrentCell(const QPoint& cell)
{
    m_current = contains(cell) ? cell : noCell;
    if (contains(m_current))
        ensureVisible(m_current);
    setAccessibleDescription(describe(m_current));
    viewport()->update();
    Q_EMIT cellDescribed(describe(m_current));
    if (contains(m_current))
        Q_EMIT cellChosen(m_current);
}

void ConfusionMatrixView::ensureVisible(const QPoint& cell)
{
    const QRect wanted = area(cell).toAlignedRect();
    const auto shift = [this](QScrollBar* bar, int low, int high, int room) {
        if (low < m_margin)
            bar->setValue(bar->value() + low - m_margin);
        else if (high > room)
            bar->setValue(bar->value() + high - room);
    };
    shift(horizontalScrollBar(), wanted.left(), wanted.right(), viewport()->width());
    shift(verticalScrollBar(), wanted.top(), wanted.bottom(), viewport()->height());
}

void ConfusionMatrixView::setHovered(const QPoint& cell)
{
    if (m_hovered == cell)
        return;
    m_hovered = cell;
    viewport()->update();
    Q_EMIT cellDescribed(describe(contains(cell) ? cell : m_current));
}

void ConfusionMatrixView::resizeEvent(QResizeEvent*)
{
    layOut();
    if (!m_fitting && contains(m_current))
        ensureVisible(m_current); // scroll bars that have just come must not cover it
}

void ConfusionMatrixView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    setCellSize(m_cell * std::pow(1.2, event->angleDelta().y() / 120.0), event->position().toPoint());
    event->accept();
}

void ConfusionMatrixView::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(cellAt(event->pos()));
    QToolTip::showText(event->globalPosition().toPoint(), describe(m_hovered), viewport());
}

void ConfusionMatrixView::mousePressEvent(QMouseEvent* event)
{
    setCurrentCell(cellAt(event->pos()));
}

void ConfusionMatrixView::leaveEvent(QEvent* event)
{
    setHovered(noCell);
    QAbstractScrollArea::leaveEvent(event);
}

void ConfusionMatrixView::keyPressEvent(QKeyEvent* event)
{
    const QPoint at = contains(m_current) ? m_current : QPoint(0, 0);
    const auto go = [&](int x, int y) { setCurrentCell({std::clamp(x, 0, classes() - 1), std::clamp(y, 0, classes() - 1)}); };
    switch (event->key()) {
    case Qt::Key_Left: return go(at.x() - 1, at.y());
    case Qt::Key_Right: return go(at.x() + 1, at.y());
    case Qt::Key_Up: return go(at.x(), at.y() - 1);
    case Qt::Key_Down: return go(at.x(), at.y() + 1);
    case Qt::Key_Home: return go(0, at.y());
    case Qt::Key_End: return go(classes() - 1, at.y());
    case Qt::Key_BracketRight: return showNextMistake();
    case Qt::Key_BracketLeft: return showPreviousMistake();
    case Qt::Key_Plus: return zoomIn();
    case Qt::Key_Minus: return zoomOut();
    case Qt::Key_0: return fit();
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void ConfusionMatrixView::focusInEvent(QFocusEvent* event)
{
    viewport()->update(); // the frame that shows the focus
    QAbstractScrollArea::focusInEvent(event);
}

void ConfusionMatrixView::focusOutEvent(QFocusEvent* event)
{
    viewport()->update();
    QAbstractScrollArea::focusOutEvent(event);
}

void ConfusionMatrixView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        layOut();
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Confusion matrix"));
    QAbstractScrollArea::changeEvent(event);
}

} // namespace espalier
