// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/SparsitySlider.h"

#include "widgets/style/Theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QSlider>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>

namespace espalier {
namespace {

constexpr int stepsAPercent = sparsityStepCount / 100;
constexpr int tickStep = 10;
constexpr int labelStep = 20;

/// Where the handle's middle stands at @p value, in the slider's coordinates.
int handleCenter(const QSlider& slider, int value)
{
    const int length = slider.style()->pixelMetric(QStyle::PM_SliderLength, nullptr, &slider);
    return length / 2 + QStyle::sliderPositionFromValue(slider.minimum(), slider.maximum(), value, slider.width() - length);
}

/// The scale under the slider: it follows the handle's travel, whatever the style.
class Scale : public QWidget {
public:
    explicit Scale(const QSlider* slider) : m_slider(slider) { setFixedHeight(fontMetrics().height() + gridStep); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const int offset = m_slider->mapTo(parentWidget(), QPoint(0, 0)).x() - x();
        for (int percent = 0; percent <= 100; percent += tickStep) {
            const int step = std::min(percent * stepsAPercent, SparsitySlider::maximum);
            const int at = offset + handleCenter(*m_slider, step);
            painter.setPen(themeColors().mutedText);
            painter.drawLine(at, 0, at, percent % labelStep == 0 ? 5 : 3);
            if (percent % labelStep == 0)
                drawLabel(painter, at, formatPercent(sparsityOfStep(step), percent == 100 ? 1 : 0));
        }
    }

private:
    void drawLabel(QPainter& painter, int center, const QString& text) const
    {
        const int wide = fontMetrics().horizontalAdvance(text) + 2;
        const int left = std::clamp(center - wide / 2, 0, std::max(0, width() - wide));
        painter.drawText(QRect(left, 0, wide, height()), Qt::AlignHCenter | Qt::AlignBottom, text);
    }

    const QSlider* m_slider;
};

} // namespace

SparsitySlider::SparsitySlider(QWidget* parent)
    : QWidget(parent), m_label(new QLabel), m_slider(new QSlider(Qt::Horizontal)), m_box(new QDoubleSpinBox)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * gridStep);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    m_slider->setRange(0, maximum);
    m_slider->setPageStep(10 * stepsAPercent);
    m_slider->setMinimumWidth(30 * gridStep);
    m_slider->setFixedHeight(3 * gridStep);
    m_slider->installEventFilter(this);
    m_label->setFixedHeight(m_slider->minimumHeight());
    m_box->setMinimumHeight(m_slider->minimumHeight());
    middle->addWidget(m_slider);
    middle->addWidget(new Scale(m_slider));
    m_box->setDecimals(1);
    m_box->setSingleStep(1.0 / stepsAPercent);
    m_box->setRange(0, 100 * sparsityOfStep(maximum));
    m_box->setFont(tabularFont(m_box->font()));
    m_box->setAlignment(Qt::AlignRight);
    m_box->setAccelerated(true);
    m_label->setBuddy(m_box);
    row->addWidget(m_label, 0, Qt::AlignTop);
    row->addLayout(middle, 1);
    row->addWidget(m_box, 0, Qt::AlignTop);
    const auto showValue = [this] {
        const QSignalBlocker quiet(m_box);
        m_box->setValue(100 * sparsityOfStep(m_slider->value()));
    };
    connect(m_slider, &QSlider::valueChanged, this, [this, showValue] {
        if (!m_box->hasFocus()) // what is being typed is left as it is until it is done
            showValue();
    });
    connect(m_box, &QDoubleSpinBox::valueChanged, this, [this](double percent) { m_slider->setValue(stepOfSparsity(percent / 100)); });
    connect(m_box, &QDoubleSpinBox::editingFinished, this, showValue);
    connect(m_slider, &QSlider::valueChanged, this, &SparsitySlider::moved);
    retranslate();
}

int SparsitySlider::value() const
{
    return m_slider->value();
}

void SparsitySlider::setValue(int step)
{
    m_slider->setValue(step);
}

int SparsitySlider::valueAt(int x) const
{
    const int length = style()->pixelMetric(QStyle::PM_SliderLength, nullptr, m_slider);
    return QStyle::sliderValueFromPosition(0, maximum, x - length / 2, m_slider->width() - length);
}

bool SparsitySlider::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_slider && event->type() == QEvent::MouseButtonPress) {
        // A click beside the handle brings it there at once and can be dragged on: people point at a place, not at a direction.
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton)
            m_slider->setValue(valueAt(mouse->pos().x()));
    }
    return QWidget::eventFilter(watched, event);
}

void SparsitySlider::retranslate()
{
    m_label->setText(tr("&Sparsity"));
    m_box->setSuffix(tr(" %"));
    m_box->setAccessibleName(tr("Sparsity in percent"));
    m_slider->setAccessibleName(tr("Sparsity"));
    m_slider->setToolTip(tr("Share of the prunable weights set to zero. Arrows: 0.5 %, Page up and down: 10 %"));
}

void SparsitySlider::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
