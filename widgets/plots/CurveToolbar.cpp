// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/CurveToolbar.h"

#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace espalier {
namespace {

constexpr int smoothingSteps = 100;
constexpr double widestSmoothing = 5; ///< epochs

double epochsAt(int step)
{
    const double share = static_cast<double>(step) / smoothingSteps;
    return widestSmoothing * share * share;
}

} // namespace

CurveToolbar::CurveToolbar(bool offersLogarithm, QWidget* parent)
    : QWidget(parent), m_legend(new QHBoxLayout), m_title(new QLabel), m_smoothingLabel(new QLabel), m_smoothing(new QSlider(Qt::Horizontal))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridStep / 2);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_smoothing->setRange(0, smoothingSteps);
    m_smoothing->setFixedWidth(12 * gridStep);
    m_smoothingLabel->setBuddy(m_smoothing);
    row->addWidget(m_title);
    row->addSpacing(gridStep);
    row->addLayout(m_legend);
    row->addStretch(1);
    row->addWidget(m_smoothingLabel);
    row->addWidget(m_smoothing);
    m_log = addButton({});
    m_fit = addButton(QStringLiteral("fit"));
    m_export = addButton(QStringLiteral("save"));
    m_log->setCheckable(true);
    m_log->setVisible(offersLogarithm);
    buildExportMenu();
    connect(m_smoothing, &QSlider::valueChanged, this, [this] {
        retranslate();
        Q_EMIT smoothingChanged(smoothing());
    });
    connect(m_log, &QToolButton::toggled, this, &CurveToolbar::logarithmicToggled);
    connect(m_fit, &QToolButton::clicked, this, &CurveToolbar::fitRequested);
    retranslate();
}

QToolButton* CurveToolbar::addButton(const QString& iconName)
{
    auto* button = new QToolButton;
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    layout()->addWidget(button);
    return button;
}

void CurveToolbar::buildExportMenu()
{
    auto* menu = new QMenu(m_export);
    m_copy = menu->addAction(icon(QStringLiteral("copy")), {}, this, &CurveToolbar::copyRequested);
    m_image = menu->addAction(icon(QStringLiteral("save")), {}, this, &CurveToolbar::imageRequested);
    m_drawing = menu->addAction(icon(QStringLiteral("save")), {}, this, &CurveToolbar::drawingRequested);
    m_csv = menu->addAction(icon(QStringLiteral("data")), {}, this, &CurveToolbar::csvRequested);
    m_export->setMenu(menu);
    m_export->setPopupMode(QToolButton::InstantPopup);
}

void CurveToolbar::setTitle(const QString& title)
{
    m_title->setText(title);
}

void CurveToolbar::setCurve(const QString& id, const QString& name, const QIcon& sample)
{
    QToolButton*& entry = m_entries[id];
    if (!entry) {
        entry = new QToolButton;
        entry->setObjectName(QStringLiteral("legend_") + id);
        entry->setAutoRaise(true);
        entry->setCheckable(true);
        entry->setChecked(true);
        entry->setFocusPolicy(Qt::StrongFocus);
        entry->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        entry->setIconSize(QSize(28, 16));
        m_legend->addWidget(entry);
        connect(entry, &QToolButton::toggled, this, [this, id](bool on) { Q_EMIT curveToggled(id, on); });
    }
    entry->setText(name);
    entry->setIcon(sample);
    entry->setToolTip(tr("Show or hide: %1").arg(name));
    entry->setAccessibleName(tr("Show curve: %1").arg(name));
}

void CurveToolbar::setSmoothing(double epochs)
{
    m_smoothing->setValue(static_cast<int>(std::lround(smoothingSteps * std::sqrt(std::clamp(epochs / widestSmoothing, 0.0, 1.0)))));
}

double CurveToolbar::smoothing() const
{
    return epochsAt(m_smoothing->value());
}

void CurveToolbar::setLogarithmic(bool on)
{
    m_log->setChecked(on);
}

bool CurveToolbar::isLogarithmic() const
{
    return m_log->isChecked();
}

void CurveToolbar::retranslate()
{
    m_smoothingLabel->setText(tr("Smoothing"));
    const QString width = tr("Smoothing: %1 epochs").arg(QLocale().toString(smoothing(), 'f', 2));
    m_smoothing->setToolTip(width);
    m_smoothing->setAccessibleName(tr("Smoothing"));
    m_smoothing->setAccessibleDescription(width);
    m_log->setText(tr("Log"));
    m_log->setToolTip(tr("Logarithmic scale"));
    m_log->setAccessibleName(m_log->toolTip());
    m_fit->setToolTip(tr("Show all points (double click in the plot)"));
    m_fit->setAccessibleName(tr("Show all points"));
    m_export->setToolTip(tr("Copy or save the curves"));
    m_export->setAccessibleName(m_export->toolTip());
    m_copy->setText(tr("Copy as picture"));
    m_image->setText(tr("Save as PNG…"));
    m_drawing->setText(tr("Save as SVG…"));
    m_csv->setText(tr("Save as CSV…"));
}

} // namespace espalier
