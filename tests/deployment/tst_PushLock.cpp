// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/LocalTransport.h"
#include "engine/deployment/PushLock.h"
#include "tests/deployment/DeviceBench.h"

#include <QDir>
#include <QTest>

#include <filesystem>

using namespace espalier;
using namespace espalier::test;

class tst_PushLock : public QObject {
    Q_OBJECT

    DeviceBench m_bench;
    RunContext m_context;
    LocalTransport m_transport;
    std::string m_root;

    auto acquire() { return PushLock::acquire(m_transport, ReleaseLayout(m_root), m_context); }
    [[nodiscard]] std::string holder() const { return std::filesystem::read_symlink(m_root + "/lock").string(); }
    void leaveLock(const std::string& target) const
    {
        std::filesystem::remove(m_root + "/lock");
        std::filesystem::create_symlink(target, m_root + "/lock");
    }

private Q_SLOTS:
    void init()
    {
        m_root = m_bench.root().toStdString();
        std::filesystem::remove_all(m_root);
        std::filesystem::create_directories(m_root);
    }

    void onlyOneHoldsIt()
    {
        {
            auto first = acquire();
            QVERIFY2(first.ok(), messageOf(first));
            const auto second = acquire();
            QVERIFY(!second.ok());
            QCOMPARE(second.error().code, ErrorCode::Remote);
            QVERIFY((*first)->confirm(m_context).ok());
        }
        QVERIFY(!std::filesystem::is_symlink(m_root + "/lock"));
        QVERIFY(acquire().ok());
    }

    void aDeadPushIsTakenOverAtOnce()
    {
        std::string dead;
        {
            auto lock = acquire();
            dead = holder();
        }
        // The same lock, of this process, which does not hold it any more: as after a connection that broke.
        leaveLock(dead);
        QVERIFY(acquire().ok());
        // Of a process that never was.
        const auto firstColon = dead.find(':');
        leaveLock(dead.substr(0, firstColon) + ":999999999:1:ab" + dead.substr(dead.rfind(':')));
        QVERIFY(acquire().ok());
    }

    void anotherComputersLockCountsForAWhile()
    {
        const auto now = std::to_string(std::time(nullptr));
        leaveLock("elsewhere-0123:1:2:ab:" + now);
        const auto refused = acquire();
        QVERIFY(!refused.ok());
        QVERIFY2(refused.error().detail.find("elsewhere") != std::string::npos, messageOf(refused));
        leaveLock("elsewhere-0123:1:2:ab:" + std::to_string(std::time(nullptr) - 3600));
        QVERIFY(acquire().ok());
    }

    void whoeverLostItIsTold()
    {
        auto lock = acquire();
        QVERIFY(lock.ok());
        leaveLock("elsewhere-0123:1:2:ab:1");
        const auto lost = (*lock)->confirm(m_context);
        QVERIFY(!lost.ok());
        lock = Error{};
        QCOMPARE(holder(), std::string("elsewhere-0123:1:2:ab:1"));
    }
};

QTEST_GUILESS_MAIN(tst_PushLock)
#include "tst_PushLock.moc"
