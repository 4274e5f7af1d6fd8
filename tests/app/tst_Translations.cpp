// SPDX-License-Identifier: GPL-3.0-or-later
// Chinese is complete: no text is unfinished, and every text that only the engine's catalogues know has a translation.
#include "app/ErrorText.h"
#include "app/Language.h"
#include "engine/graph/NodeCatalog.h"
#include "widgets/style/CatalogText.h"

#include <QFile>
#include <QTest>
#include <QXmlStreamReader>

#include <array>
#include <set>

using namespace espalier;

namespace {

constexpr std::array allCodes{ErrorCode::InvalidArgument, ErrorCode::NotFound, ErrorCode::InvalidFormat, ErrorCode::Io, ErrorCode::Cancelled,
                              ErrorCode::Unsupported, ErrorCode::Network, ErrorCode::HostKeyUnknown, ErrorCode::HostKeyChanged, ErrorCode::Authentication,
                              ErrorCode::Remote, ErrorCode::ParityMismatch, ErrorCode::Internal};

bool hasTranslation(const char* context, const std::string& text)
{
    static const std::set<std::string> sameInBoth{"NFC", "NFKC", "TextCNN", "BiLSTM", "BiGRU", "Transformer", "WordPiece", "Unigram", "GELU", "ReLU", "tanh", "ReLU (Nair and Hinton 2010)", "AdamW", "SGD", "bf16", "BPE", "int8", "fp32", "F1", "JSON Lines", "fastText", "UTF-8", "GB18030",
                                               "Big5", "Shift JIS", "EUC-KR", "Windows-1251", "Windows-1252", "gzip", "zstd"};
    return text.empty() || sameInBoth.contains(text) || QCoreApplication::translate(context, text.c_str()) != QString::fromStdString(text);
}

std::vector<std::string> textsOf(const NodeType& type)
{
    std::vector<std::string> texts{type.label, type.help, type.category};
    for (const auto* ports : {&type.inputs, &type.outputs})
        for (const PortSpec& port : *ports)
            texts.push_back(port.label);
    for (const ParameterSpec& spec : type.parameters) {
        texts.insert(texts.end(), {spec.label, spec.help, spec.unit});
        for (const ParameterChoice& choice : spec.choices)
            texts.push_back(choice.label);
    }
    return texts;
}

} // namespace

class tst_Translations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.apply(QStringLiteral("zh_CN")); }
    void nothingIsUnfinished();
    void everyCatalogueTextIsTranslated();
    void everyErrorHasAHeadline();
    void englishComesBack();
    void placeholdersSurvive();

private:
    Language m_language;
};

void tst_Translations::nothingIsUnfinished()
{
    QFile file(QStringLiteral(ESPALIER_SOURCE_DIR "/translations/espalier_zh_CN.ts"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    int count = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("source"))
            source = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            ++count;
            QVERIFY2(!xml.attributes().hasAttribute(QLatin1String("type")), qPrintable("unfinished: " + source));
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(count > 500);
}

void tst_Translations::everyCatalogueTextIsTranslated()
{
    for (const NodeType& type : nodeCatalog().members())
        for (const std::string& text : textsOf(type))
            QVERIFY2(hasTranslation("catalog", text), text.c_str());
    for (const PortType& type : portTypes().members())
        QVERIFY2(hasTranslation("catalog", type.label), type.label.c_str());
}

void tst_Translations::everyErrorHasAHeadline()
{
    for (const ErrorCode code : allCodes) {
        QVERIFY2(hasTranslation("errors", errorHeadlineSource(code)), errorHeadlineSource(code));
        QVERIFY(!errorHeadline(code).isEmpty());
    }
}

void tst_Translations::englishComesBack()
{
    QCOMPARE(catalogText("Prune"), QStringLiteral("剪枝"));
    m_language.apply(QStringLiteral("en"));
    QCOMPARE(catalogText("Prune"), QStringLiteral("Prune"));
}

/// A translation that loses "%1" shows a sentence with a hole.
void tst_Translations::placeholdersSurvive()
{
    QFile file(QStringLiteral(ESPALIER_SOURCE_DIR "/translations/espalier_zh_CN.ts"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("source"))
            source = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            const QString translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            for (int i = 1; i <= 9; ++i)
                QCOMPARE(translation.contains(QStringLiteral("%%1").arg(i)), source.contains(QStringLiteral("%%1").arg(i)));
        }
    }
}

QTEST_GUILESS_MAIN(tst_Translations)
#include "tst_Translations.moc"
