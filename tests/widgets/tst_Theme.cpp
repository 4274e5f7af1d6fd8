// SPDX-License-Identifier: GPL-3.0-or-later
// The look: contrast that can be read, icons that exist, figures in the user's locale.
#include "engine/graph/NodeCatalog.h"
#include "widgets/style/PortStyle.h"
#include "widgets/style/Theme.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <set>

using namespace espalier;

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2 contrast ratio.
double contrast(const QColor& a, const QColor& b)
{
    const double high = std::max(luminance(a), luminance(b));
    return (high + 0.05) / (std::min(luminance(a), luminance(b)) + 0.05);
}

int paintedPixels(const QImage& image)
{
    int painted = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            painted += image.pixelColor(x, y).alpha() > 128;
    return painted;
}

QColor meanColor(const QImage& image)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y).alpha() > 250)
                return image.pixelColor(x, y);
    return {};
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsCanBeRead_data();
    void textsCanBeRead();
    void portTypesDifferInColourAndShape();
    void everyIconExists_data();
    void everyIconExists();
    void iconsFollowTheTheme();
    void changeIsAnnounced();
    void figures();
    void tabularDigitsAreEquallyWide();
};

void TestTheme::textsCanBeRead_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("light") << int(ThemeKind::Light);
    QTest::newRow("dark") << int(ThemeKind::Dark);
}

void TestTheme::textsCanBeRead()
{
    QFETCH(int, kind);
    applyTheme(static_cast<ThemeKind>(kind));
    const ThemeColors& c = themeColors();
    QCOMPARE(c.dark, kind == int(ThemeKind::Dark));
    for (const QColor& back : {c.window, c.base, c.raised, c.canvas})
        for (const QColor& text : {c.text, c.mutedText, c.accent, c.success, c.warning, c.danger})
            QVERIFY2(contrast(text, back) >= 4.5, qPrintable(text.name() + " on " + back.name() + QString(": %1").arg(contrast(text, back))));
    QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
    for (const QColor& series : c.series)
        QVERIFY2(contrast(series, c.base) >= 3 && contrast(series, c.canvas) >= 3, qPrintable(series.name()));
    for (const PortType& type : portTypes().members())
        QVERIFY2(contrast(portColor(type.id), c.raised) >= 3 && contrast(portColor(type.id), c.canvas) >= 3, type.id.c_str());
}

void TestTheme::portTypesDifferInColourAndShape()
{
    std::set<QRgb> colors;
    std::set<int> shapes;
    for (const PortType& type : portTypes().members()) {
        QVERIFY2(portShape(type.id) != PortShape::Ring, type.id.c_str());
        QVERIFY2(colors.insert(portColor(type.id).rgb()).second, type.id.c_str());
        QVERIFY2(shapes.insert(int(portShape(type.id))).second, type.id.c_str());
    }
    QCOMPARE(portShape("of a later version"), PortShape::Ring);
}

void TestTheme::everyIconExists_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"pipeline", "training", "compression", "devices", "run",  "stop",   "run-to",   "open", "save",    "new",   "undo",  "redo",     "zoom-in", "zoom-out", "fit",
          "add",      "delete",   "deploy",      "rollback", "test", "warning", "error", "check", "settings", "search", "data", "help", "tidy", "reset"})
        QTest::newRow(name) << name;
}

void TestTheme::everyIconExists()
{
    QFETCH(QString, name);
    QVERIFY(!icon(name).isNull());
    QVERIFY(paintedPixels(icon(name).pixmap(32, 32).toImage()) > 20);
}

void TestTheme::iconsFollowTheTheme()
{
    QVERIFY(icon("no such icon").isNull());
    applyTheme(ThemeKind::Light);
    const QIcon run = icon("run");
    const QColor light = meanColor(run.pixmap(64, 64).toImage());
    const QColor disabled = meanColor(run.pixmap(64, 64, QIcon::Disabled).toImage());
    applyTheme(ThemeKind::Dark);
    const QColor dark = meanColor(run.pixmap(64, 64).toImage());
    QVERIFY(light.lightness() < 100);
    QVERIFY(dark.lightness() > 180);
    QVERIFY(disabled.lightness() > light.lightness() + 40);
}

void TestTheme::changeIsAnnounced()
{
    QSignalSpy spy(themeNotifier(), &ThemeNotifier::changed);
    applyTheme(ThemeKind::Light);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(currentTheme(), ThemeKind::Light);
    QCOMPARE(qApp->palette().color(QPalette::Highlight), themeColors().accent);
}

void TestTheme::figures()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(formatBytes(1536 * 1024), QString("1.5 MiB"));
    QCOMPARE(formatPercent(0.8344), QString("83.4 %"));
    QCOMPARE(formatDuration(0.0000171), QString("0.017 ms"));
    QCOMPARE(formatDuration(0.038), QString("38 ms"));
    QCOMPARE(formatDuration(4.21), QString("4.2 s"));
    QCOMPARE(formatDuration(59.97), QString("1 min 00 s"));
    QCOMPARE(formatDuration(185), QString("3 min 05 s"));
    QCOMPARE(formatDuration(7500), QString("2 h 05 min"));
    QCOMPARE(formatDuration(-1), QString("–"));
    QCOMPARE(formatCount(4500), QString("4,500"));
    QLocale::setDefault(QLocale(QLocale::German));
    QCOMPARE(formatPercent(0.5), QString("50,0 %"));
}

void TestTheme::tabularDigitsAreEquallyWide()
{
    const QFont font = tabularFont(QFont("DejaVu Serif", 11));
    QCOMPARE(QFontMetrics(font).horizontalAdvance("1111"), QFontMetrics(font).horizontalAdvance("8888"));
}

QTEST_MAIN(TestTheme)
#include "tst_Theme.moc"
