// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/SensitivityReport.h"

#include <QTest>

using namespace espalier;

namespace {

SensitivityReport sample()
{
    return {"lamp", "free", 0.9, 0.3, 3000, {{"embedding.weight", {{0.5, 0.9, 0.31}, {0.9, 0.7, 1}}}, {"output.weight", {{0.5, 0.92, 0.29}}}}};
}

bool is(std::optional<double> found, double expected)
{
    return found && std::abs(*found - expected) < 1e-9;
}

} // namespace

class tst_SensitivityReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void survivesAFile()
    {
        const auto read = sensitivityReportFromJson(*parseJson(dumpJsonPretty(toJson(sample())), "report"));
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QVERIFY(*read == sample());
        Json damaged = toJson(sample());
        damaged["layers"][0]["points"][0].erase("loss");
        const auto refused = sensitivityReportFromJson(damaged);
        QVERIFY(!refused && refused.error().message().find("loss") != std::string::npos);
    }

    void saysWhatALayerCosts()
    {
        const SensitivityReport report = sample();
        QVERIFY(is(report.lost("embedding.weight", 0), 0));
        QVERIFY(is(report.lost("embedding.weight", 0.9), 0.2));
        QVERIFY(is(report.lost("embedding.weight", 0.7), 0.1)); // half-way between two measurements
        QVERIFY(is(report.lost("output.weight", 0.25), -0.01));
        QVERIFY(!report.lost("embedding.weight", 0.95)); // nobody knows
        QVERIFY(!report.lost("other.weight", 0.5));
    }
};

QTEST_APPLESS_MAIN(tst_SensitivityReport)
#include "tst_SensitivityReport.moc"
