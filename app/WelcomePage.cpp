// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/WelcomePage.h"

#include "widgets/style/Theme.h"

#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace espalier {
namespace {

constexpr int columnWidth = 400;

QLabel* heading(double scale)
{
    auto* label = new QLabel;
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setBold(true);
    label->setFont(font);
    return label;
}

/// The project's name over its folder.
class RecentDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem row = option;
        initStyleOption(&row, index);
        const QStringList lines = index.data().toString().split(QLatin1Char('\n')); // the style's own text has other line ends
        row.text.clear();
        row.widget->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);
        const QRect area = row.rect.adjusted(gridStep, gridStep / 2, -gridStep, -gridStep / 2);
        const bool selected = row.state & QStyle::State_Selected;
        QFont bold = row.font;
        bold.setBold(true);
        painter->save();
        drawLine(painter, area, bold, row.palette.color(selected ? QPalette::HighlightedText : QPalette::Text), lines.value(0));
        drawLine(painter, area.adjusted(0, row.fontMetrics.lineSpacing(), 0, 0), row.font, selected ? row.palette.color(QPalette::HighlightedText) : themeColors().mutedText, lines.value(1));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override { return {0, 2 * option.fontMetrics.lineSpacing() + 2 * gridStep}; }

private:
    static void drawLine(QPainter* painter, const QRect& area, const QFont& font, const QColor& color, const QString& text)
    {
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(area, int(Qt::AlignTop | Qt::AlignLeft | Qt::TextSingleLine), QFontMetrics(font).elidedText(text, Qt::ElideMiddle, area.width()));
    }
};

} // namespace

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent), m_title(heading(2)), m_lead(new QLabel), m_recentTitle(heading(1)), m_recent(new QListWidget)
{
    setObjectName(QStringLiteral("welcomePage"));
    m_lead->setWordWrap(true);
    m_recent->setObjectName(QStringLiteral("recentList"));
    m_recent->setFrameShape(QFrame::NoFrame);
    m_recent->setItemDelegate(new RecentDelegate(m_recent));
    auto* offers = new QVBoxLayout;
    offers->setSpacing(4);
    m_sample = addOffer(offers, "run", "openSampleButton", &WelcomePage::sampleRequested);
    m_data = addOffer(offers, "data", "openDataButton", &WelcomePage::dataRequested);
    m_open = addOffer(offers, "open", "openProjectButton", &WelcomePage::projectRequested);
    m_empty = addOffer(offers, "new", "newProjectButton", &WelcomePage::emptyRequested);
    m_sample.button->setDefault(true);
    auto* left = new QVBoxLayout;
    left->addWidget(m_title);
    left->addWidget(m_lead);
    left->addSpacing(24);
    left->addLayout(offers);
    left->addStretch();
    auto* right = new QVBoxLayout;
    right->addSpacing(88);
    right->addWidget(m_recentTitle);
    right->addWidget(m_recent, 1);

    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(32, 64, 32, 32);
    columns->addStretch();
    auto* leftColumn = new QWidget;
    leftColumn->setLayout(left);
    leftColumn->setMaximumWidth(columnWidth);
    leftColumn->setMinimumWidth(columnWidth);
    m_recentColumn = new QWidget;
    m_recentColumn->setLayout(right);
    m_recentColumn->setMaximumWidth(columnWidth);
    columns->addWidget(leftColumn);
    columns->addSpacing(64);
    columns->addWidget(m_recentColumn, 1);
    columns->addStretch();
    const auto openItem = [this](QListWidgetItem* item) { Q_EMIT recentRequested(item->data(Qt::UserRole).toString()); };
    connect(m_recent, &QListWidget::itemActivated, this, openItem);
    connect(m_recent, &QListWidget::itemClicked, this, openItem);
    retranslate();
}

WelcomePage::Offer WelcomePage::addOffer(QVBoxLayout* layout, const char* iconName, const char* objectName, void (WelcomePage::*signal)())
{
    Offer offer{new QPushButton(icon(QString::fromLatin1(iconName)), {}), new QLabel};
    offer.button->setObjectName(QString::fromLatin1(objectName));
    offer.button->setMinimumHeight(40);
    offer.button->setIconSize({20, 20});
    offer.text->setWordWrap(true);
    offer.text->setForegroundRole(QPalette::PlaceholderText);
    offer.text->setContentsMargins(0, 0, 0, 12);
    layout->addWidget(offer.button);
    layout->addWidget(offer.text);
    connect(offer.button, &QPushButton::clicked, this, signal);
    return offer;
}

void WelcomePage::setRecent(const QStringList& paths)
{
    m_recent->clear();
    for (const QString& path : paths) {
        const QFileInfo file(path);
        QString folder = file.absolutePath();
        if (folder.startsWith(QDir::homePath()))
            folder.replace(0, QDir::homePath().size(), QStringLiteral("~"));
        auto* item = new QListWidgetItem(file.completeBaseName() + QLatin1Char('\n') + folder, m_recent);
        item->setData(Qt::UserRole, path);
        item->setToolTip(path);
    }
    m_recentColumn->setVisible(!paths.isEmpty());
}

void WelcomePage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void WelcomePage::retranslate()
{
    m_title->setText(QStringLiteral("Espalier"));
    m_lead->setText(tr("Train a language model on your own sentences, prune it, and ship it to your devices."));
    m_sample.button->setText(tr("Open the sample"));
    m_sample.text->setText(tr("Smart-home commands in English and Chinese. Trains within a minute."));
    m_data.button->setText(tr("Start from your data..."));
    m_data.text->setText(tr("Labelled sentences as CSV, TSV, JSON Lines, CoNLL or fastText, or a folder a class. Or drop them on this window."));
    m_open.button->setText(tr("Open a project..."));
    m_open.text->setText(tr("An .espalier file."));
    m_empty.button->setText(tr("New empty pipeline"));
    m_empty.text->setText(tr("Build it node by node."));
    m_recentTitle->setText(tr("Recent projects"));
    m_recent->setAccessibleName(tr("Recent projects"));
}

} // namespace espalier
