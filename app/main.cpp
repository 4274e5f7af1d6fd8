// SPDX-License-Identifier: GPL-3.0-or-later
// espalier [PROJECT]: the desktop app. The window is shown first; the engine and everything else that costs time comes after.
#include "app/InstallPaths.h"
#include "app/Language.h"
#include "app/MainWindow.h"
#include "app/Settings.h"
#include "app/ThemeChoice.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QTimer>

#include <cstdio>
#include <cstring>

namespace {

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(QStringLiteral("Train, prune and ship language models to small devices."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({QStringLiteral("lang"), QStringLiteral("Language of this start: system, en or zh_CN."), QStringLiteral("language")});
    parser.addOption({QStringLiteral("theme"), QStringLiteral("Theme of this start: system, light or dark."), QStringLiteral("theme")});
    parser.addPositionalArgument(QStringLiteral("PROJECT"), QStringLiteral("An .espalier project, or a file or folder of labelled sentences to start one from."), QStringLiteral("[PROJECT]"));
}

/// Empty when the option is not given; exits with a sentence when it has another value.
QString choice(const QCommandLineParser& parser, const QString& option, const QStringList& known)
{
    const QString value = parser.value(option);
    if (!value.isEmpty() && !known.contains(value)) {
        std::fprintf(stderr, "espalier: --%s must be one of: %s.\n", qPrintable(option), qPrintable(known.join(QStringLiteral(", "))));
        std::exit(2);
    }
    return value;
}

/// What the program is asked about itself can be answered without a display.
void forgoDisplayForHelp(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i)
        for (const char* question : {"-h", "--help", "--help-all", "-v", "--version"})
            if (std::strcmp(argv[i], question) == 0)
                qputenv("QT_QPA_PLATFORM", "offscreen");
}

} // namespace

int main(int argc, char** argv)
{
    forgoDisplayForHelp(argc, argv);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("espalier"));
    QApplication::setApplicationDisplayName(QStringLiteral("Espalier"));
    QApplication::setApplicationVersion(QStringLiteral(ESPALIER_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("espalier"));
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const QString language = choice(parser, QStringLiteral("lang"), {QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("zh_CN")});
    const QString theme = choice(parser, QStringLiteral("theme"), {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")});

    espalier::Settings settings;
    espalier::Language translation;
    translation.apply(language.isEmpty() ? settings.language() : language);
    espalier::applyTheme(espalier::themeFromSetting(theme.isEmpty() ? settings.theme() : theme));
    espalier::MainWindow window(&settings, &translation, espalier::engineProgram());
    window.show();
    QTimer::singleShot(0, &window, [&] {
        window.startUp();
        if (!parser.positionalArguments().isEmpty())
            window.openPath(QFileInfo(parser.positionalArguments().constFirst()).absoluteFilePath());
    });
    return QApplication::exec();
}
