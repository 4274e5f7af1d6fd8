// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/deployment/DeviceStore.h"
#include "tests/deployment/DeviceBench.h"

#include <QTest>

#include <filesystem>

using namespace espalier;
using namespace espalier::test;

namespace {

Device kitchen()
{
    Device device;
    device.name = "kitchen";
    device.host = "192.0.2.7";
    device.port = 2222;
    device.user = "pi";
    device.keyFile = "~/.ssh/kitchen";
    device.root = "/srv/espalier";
    return device;
}

} // namespace

class tst_DeviceStore : public QObject {
    Q_OBJECT

    DeviceBench m_bench;
    std::filesystem::path m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = m_bench.path("store").toStdString();
        std::filesystem::remove_all(m_folder);
    }

    void beginsWithThisComputer()
    {
        const auto store = DeviceStore::load(m_folder);
        QVERIFY2(store.ok(), messageOf(store));
        QCOMPARE(store->devices().size(), std::size_t{1});
        QCOMPARE(store->devices()[0].name, std::string("this-computer"));
        QCOMPARE(store->devices()[0].kind, std::string("local"));
        QVERIFY(!std::filesystem::exists(m_folder));
    }

    void usesTheConfigurationFolder()
    {
        auto store = DeviceStore::load();
        QVERIFY(store.ok());
        QCOMPARE(QString::fromStdString(store->path().string()), m_bench.path("config/devices.json"));
    }

    void whatWasAddedIsThereTomorrow()
    {
        auto store = DeviceStore::load(m_folder);
        QVERIFY(store->add(kitchen()).ok());
        const auto again = DeviceStore::load(m_folder);
        QVERIFY2(again.ok(), messageOf(again));
        QCOMPARE(again->devices().size(), std::size_t{2});
        QVERIFY(*again->get("kitchen") == kitchen());
    }

    void updateRenamesAndRemoveRemoves()
    {
        auto store = DeviceStore::load(m_folder);
        QVERIFY(store->add(kitchen()).ok());
        Device renamed = kitchen();
        renamed.name = "cellar";
        QVERIFY(store->update("kitchen", renamed).ok());
        QVERIFY(!store->get("kitchen").ok());
        QVERIFY(DeviceStore::load(m_folder)->get("cellar").ok());
        QVERIFY(store->remove("cellar").ok());
        QCOMPARE(DeviceStore::load(m_folder)->devices().size(), std::size_t{1});
        const auto missing = store->remove("cellar");
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY2(missing.error().remedy.find("this-computer") != std::string::npos, messageOf(missing));
    }

    void namesAreUnique()
    {
        auto store = DeviceStore::load(m_folder);
        QVERIFY(store->add(kitchen()).ok());
        QCOMPARE(store->add(kitchen()).error().code, ErrorCode::InvalidArgument);
        Device other = kitchen();
        other.name = "cellar";
        QVERIFY(store->add(other).ok());
        other.name = "kitchen";
        QCOMPARE(store->update("cellar", other).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(store->devices().size(), std::size_t{3});
    }

    void thisComputerStays()
    {
        auto store = DeviceStore::load(m_folder);
        QCOMPARE(store->remove("this-computer").error().code, ErrorCode::InvalidArgument);
        Device moved = thisComputer();
        moved.root = "/srv/here";
        QVERIFY(store->update("this-computer", moved).ok());
        QCOMPARE(DeviceStore::load(m_folder)->get("this-computer")->root, std::string("/srv/here"));
        moved.name = "that-computer";
        QCOMPARE(store->update("this-computer", moved).error().code, ErrorCode::InvalidArgument);
    }

    void badFieldsAreRefused_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::newRow("name") << "name" << "";
        QTest::newRow("host") << "host" << "";
        QTest::newRow("option") << "host" << "-oProxyCommand=reboot";
        QTest::newRow("space") << "host" << "a b";
        QTest::newRow("line") << "user" << "a\nb";
        QTest::newRow("root") << "root" << "/";
        QTest::newRow("tilde") << "root" << "~/x";
    }
    void badFieldsAreRefused()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        Json json = toJson(kitchen());
        json[field.toStdString()] = value.toStdString();
        auto store = DeviceStore::load(m_folder);
        const auto added = store->add(*deviceFromJson(json, "test"));
        QVERIFY(!added.ok());
        QVERIFY2(added.error().detail.find("'" + field.toStdString() + "'") != std::string::npos, messageOf(added));
    }

    void unknownFieldsSurvive()
    {
        std::filesystem::create_directories(m_folder);
        const std::string text = R"({"version":1,"theme":{"a":1},"devices":[{"name":"kitchen","kind":"ssh","host":"h","colour":"red"}]})";
        QVERIFY(writeFileSafely(m_folder / "devices.json", text).ok());
        auto store = DeviceStore::load(m_folder);
        QVERIFY2(store.ok(), messageOf(store));
        Device other = kitchen();
        other.name = "cellar";
        QVERIFY(store->add(other).ok());
        const Json json = *readJsonFile(m_folder / "devices.json");
        QCOMPARE(json.at("theme").at("a").get<int>(), 1);
        bool kept = false;
        for (const Json& device : json.at("devices"))
            kept = kept || device.value("colour", "") == "red";
        QVERIFY(kept);
    }

    void brokenFilesNameTheirFieldAndStay_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("not json") << QByteArray("{") << QByteArray("devices.json");
        QTest::newRow("no name") << QByteArray(R"({"version":1,"devices":[{"kind":"local"}]})") << QByteArray("devices[0].name");
        QTest::newRow("port") << QByteArray(R"({"version":1,"devices":[{"name":"a","kind":"ssh","host":"h","port":70000}]})") << QByteArray("devices[0].port");
        QTest::newRow("twice") << QByteArray(R"({"version":1,"devices":[{"name":"a","kind":"ssh","host":"h"},{"name":"a","kind":"ssh","host":"h"}]})")
                               << QByteArray("devices[1].name");
        QTest::newRow("newer") << QByteArray(R"({"version":2,"devices":[]})") << QByteArray("version 2");
    }
    void brokenFilesNameTheirFieldAndStay()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, named);
        std::filesystem::create_directories(m_folder);
        QVERIFY(writeFileSafely(m_folder / "devices.json", text.toStdString()).ok());
        const auto store = DeviceStore::load(m_folder);
        QVERIFY(!store.ok());
        QVERIFY2(messageOf(store).contains(named), messageOf(store));
        QCOMPARE(QByteArray::fromStdString(*readFile(m_folder / "devices.json")), text);
    }
};

QTEST_GUILESS_MAIN(tst_DeviceStore)
#include "tst_DeviceStore.moc"
