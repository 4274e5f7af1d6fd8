// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every architecture, so that a new one is tested on the day it is listed.
#include "engine/core/Architectures.h"

#include <QtTest>

#include <map>

using namespace espalier;

class tst_Architectures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyArchitecture()
    {
        for (const Architecture& architecture : architectures().members()) {
            QVERIFY2(!architecture.label.empty() && !architecture.tasks.empty(), architecture.id.c_str());
            QVERIFY2(completeParameters(architecture.parameters, {}), architecture.id.c_str());
            for (const ParameterSpec& spec : architecture.parameters)
                QVERIFY2(!spec.label.empty() && !spec.help.empty(), spec.id.c_str());
        }
    }

    /// The form has one field an id: it must mean the same whatever architecture is chosen.
    void sharedParametersAreEqual()
    {
        std::map<std::string, std::string> seen;
        for (const Architecture& architecture : architectures().members())
            for (const ParameterSpec& spec : architecture.parameters) {
                const std::string described = dumpJson(toJson(spec));
                QCOMPARE(QString::fromStdString(seen.emplace(spec.id, described).first->second), QString::fromStdString(described));
            }
    }

    /// Each parameter stands in the form once, and is shown for exactly the architectures that have it.
    void theFormShowsEachToItsArchitectures()
    {
        std::map<std::string, int> times;
        for (const ParameterSpec& shown : architectureParameters()) {
            ++times[shown.id];
            for (const Architecture& architecture : architectures().members()) {
                const bool has = std::any_of(architecture.parameters.begin(), architecture.parameters.end(), [&](const auto& own) { return own.id == shown.id; });
                const bool listed = std::find(shown.shownValues.begin(), shown.shownValues.end(), architecture.id) != shown.shownValues.end();
                if (shown.shownWhen == "architecture")
                    QVERIFY2(has == listed, (shown.id + " of " + architecture.id).c_str());
            }
        }
        for (const auto& [id, count] : times)
            QVERIFY2(count == 1, id.c_str());
    }
};

QTEST_GUILESS_MAIN(tst_Architectures)
#include "tst_Architectures.moc"
