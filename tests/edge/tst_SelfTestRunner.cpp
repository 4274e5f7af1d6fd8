// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/SelfTestRunner.h"

#include "tests/support/PackageBuilder.h"

#include <QtTest>

using namespace espalier;
using namespace espalier::edge;

namespace {

PackageHeader answeredHeader(Session& session, PackageHeader header)
{
    for (std::uint64_t i = 0; i < 10; ++i) {
        const std::string text = test::randomSentence(i);
        const auto answer = session.classify(text);
        header.selfTests.push_back({text, session.labels()[answer.label], {answer.probabilities.begin(), answer.probabilities.end()}});
    }
    return header;
}

} // namespace

class tst_SelfTestRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void passesOnItsOwnAnswers()
    {
        auto session = Session::fromBytes(test::textCnnPackage().build());
        const auto outcome = runSelfTest(*session, answeredHeader(*session, test::textCnnPackage().header));
        QVERIFY(outcome.passed);
        QCOMPARE(outcome.sentences, 10);
        QCOMPARE(outcome.labelsEqual, 10);
        QCOMPARE(outcome.maxAbsDifference, 0.0);
        QVERIFY(outcome.firstDisagreement.empty());
    }

    void namesTheFirstThatDisagrees()
    {
        auto session = Session::fromBytes(test::textCnnPackage().build());
        auto header = answeredHeader(*session, test::textCnnPackage().header);
        header.selfTests[6].label = header.selfTests[6].label == "alpha" ? "beta" : "alpha";
        auto outcome = runSelfTest(*session, header);
        QVERIFY(!outcome.passed);
        QCOMPARE(outcome.labelsEqual, 9);
        QVERIFY(outcome.firstDisagreement.find("'" + header.selfTests[6].text + "'") != std::string::npos);
        header.selfTestAgreement = 0.9;
        QVERIFY(runSelfTest(*session, header).passed);
    }

    void probabilitiesMustBeWithinTolerance()
    {
        auto session = Session::fromBytes(test::textCnnPackage().build());
        auto header = answeredHeader(*session, test::textCnnPackage().header);
        header.selfTests[2].probabilities[1] += 0.01F;
        QVERIFY(!runSelfTest(*session, header).passed);
        header.selfTestTolerance = 0.02;
        QVERIFY(runSelfTest(*session, header).passed);
    }

    void withoutSelfTestsItPasses()
    {
        auto session = Session::fromBytes(test::textCnnPackage().build());
        QVERIFY(runSelfTest(*session, test::textCnnPackage().header).passed);
    }
};

QTEST_GUILESS_MAIN(tst_SelfTestRunner)
#include "tst_SelfTestRunner.moc"
