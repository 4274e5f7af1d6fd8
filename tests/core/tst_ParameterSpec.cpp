// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/ParameterSpec.h"

#include <QTest>

#include <limits>

using namespace espalier;

namespace {

const ParameterSpec epochs{.id = "epochs", .label = "Epochs", .help = "Passes.", .kind = ParameterKind::Integer, .fallback = 20, .minimum = 1, .maximum = 100, .unit = "epochs"};
const ParameterSpec rate{.id = "rate", .label = "Rate", .help = "Step.", .kind = ParameterKind::Real, .fallback = 0.1, .minimum = 0.01, .maximum = 1, .step = 0.01};
const ParameterSpec lower{.id = "lower", .label = "Lower", .help = "Fold.", .kind = ParameterKind::Boolean, .fallback = true};
const ParameterSpec kind{.id = "kind", .label = "Kind", .help = "Which.", .kind = ParameterKind::Choice, .fallback = "word", .choices = {{"word", "Words"}, {"character", "Characters"}}};
const ParameterSpec file{.id = "train", .label = "Training file", .help = "Where.", .kind = ParameterKind::File, .fallback = "", .required = true};
const ParameterSpec seed{.id = "seed", .label = "Seed", .help = "Any.", .kind = ParameterKind::Integer, .fallback = 1};

QString problem(const Result<Json>& result)
{
    return result ? QString() : QString::fromStdString(result.error().message());
}

} // namespace

class tst_ParameterSpec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatFits()
    {
        QVERIFY(checkParameter(epochs, 100).value() == Json(100));
        QVERIFY(checkParameter(epochs, 5.0).value().is_number_integer()); // a form gives doubles
        QVERIFY(checkParameter(rate, 1).value().is_number_float());
        QVERIFY(checkParameter(kind, "character").ok());
        QVERIFY(checkParameter(lower, false).ok());
        QVERIFY(checkParameter(seed, 1000000000).ok());
    }

    void refusalsNameParameterValueAndRange()
    {
        QCOMPARE(problem(checkParameter(epochs, 0)), QString("'epochs' is 0; it must be a whole number from 1 to 100."));
        QCOMPARE(problem(checkParameter(epochs, 2.5)), QString("'epochs' is 2.5; it must be a whole number."));
        QCOMPARE(problem(checkParameter(rate, 1.5)), QString("'rate' is 1.5; it must be a number from 0.01 to 1."));
        QCOMPARE(problem(checkParameter(rate, "much")), QString("'rate' is \"much\"; it must be a number."));
        QCOMPARE(problem(checkParameter(kind, "wrod")), QString("'kind' is \"wrod\"; it must be one of: word, character."));
        QCOMPARE(problem(checkParameter(lower, 1)), QString("'lower' is 1; it must be true or false."));
        QCOMPARE(problem(checkParameter(file, "")), QString("'train' is empty. Choose a value for Training file."));
        QVERIFY(!checkParameter(rate, std::numeric_limits<double>::quiet_NaN()).ok());
        QVERIFY(!checkParameter(rate, std::numeric_limits<double>::infinity()).ok());
        QVERIFY(!checkParameter(seed, 1e300).ok());
        QVERIFY(!checkParameter(epochs, Json::array()).ok());
    }

    void readsTheCommandLine()
    {
        QVERIFY(parseParameter(rate, "0.8").value() == Json(0.8));
        QVERIFY(parseParameter(epochs, "7").value() == Json(7));
        QVERIFY(parseParameter(lower, "false").value() == Json(false));
        QVERIFY(parseParameter(kind, "word").value() == Json("word"));
        for (const char* text : {"", "7x", "0x10", " 7", "7 ", "nan", "inf", "1e999", "--7"})
            QVERIFY2(!parseParameter(rate, text).ok(), text);
        QVERIFY(!parseParameter(lower, "yes").ok() && !parseParameter(epochs, "101").ok() && !parseParameter(kind, "none").ok());
    }

    void completesWithDefaults()
    {
        const auto complete = completeParameters({epochs, kind}, Parameters{{"epochs", Json(3)}});
        QCOMPARE(complete->size(), std::size_t{2});
        QVERIFY(complete->at("epochs") == Json(3) && complete->at("kind") == Json("word"));
        QVERIFY(!completeParameters({epochs}, Parameters{{"epochs", Json(0)}}).ok());
    }

    /// Also when a required one is empty: the misspelt name is what the user has to hear about.
    void unknownNamesListTheKnown()
    {
        const auto complete = completeParameters({file, epochs}, Parameters{{"epohcs", Json(3)}});
        QCOMPARE(QString::fromStdString(complete.error().message()), QString("There is no parameter 'epohcs'. Known parameters: train, epochs."));
    }

    void describesItselfForTheForm()
    {
        const Json json = toJson(epochs);
        QVERIFY(json.at("kind") == Json("integer"));
        QVERIFY(json.at("default") == Json(20));
        QVERIFY(json.at("maximum") == Json(100.0));
        QVERIFY(json.at("unit") == Json("epochs"));
        QVERIFY(!toJson(seed).contains("maximum"));
        QCOMPARE(toJson(kind).at("choices").size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(tst_ParameterSpec)
#include "tst_ParameterSpec.moc"
