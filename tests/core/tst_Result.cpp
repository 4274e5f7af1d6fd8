// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Catalog.h"
#include "engine/core/Result.h"

#include <QTest>

#include <cerrno>
#include <memory>

using namespace espalier;

namespace {

Result<int> half(int value)
{
    if (value % 2 != 0)
        return Error{ErrorCode::InvalidArgument, std::to_string(value) + " is odd.", "Give an even number.", {}};
    return value / 2;
}

Result<int> quarter(int value)
{
    ESPALIER_TRY(const int once, half(value));
    ESPALIER_TRY(const int twice, half(once));
    return twice;
}

Result<void> checkEven(int value)
{
    ESPALIER_CHECK(half(value));
    return {};
}

struct Member {
    std::string id;
};

} // namespace

class tst_Result : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void passesValuesAndErrorsOn()
    {
        QCOMPARE(quarter(12).value(), 3);
        QCOMPARE(QString::fromStdString(quarter(6).error().detail), QString("3 is odd."));
        QVERIFY(checkEven(2).ok());
        QVERIFY(checkEven(3).error().code == ErrorCode::InvalidArgument);
    }

    void holdsWhatCannotBeCopied()
    {
        Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
        const std::unique_ptr<int> taken = std::move(result).value();
        QCOMPARE(*taken, 7);
    }

    void messageReadsFromTheOutsideIn()
    {
        const Error error = half(3).error().within("line 4").within("'a.csv'");
        QCOMPARE(QString::fromStdString(error.message()), QString("'a.csv': line 4: 3 is odd. Give an even number."));
    }

    void everyCodeKeepsItsNameOnTheWire()
    {
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
            const std::string_view name = errorCodeName(static_cast<ErrorCode>(code));
            QVERIFY(code == static_cast<int>(ErrorCode::Internal) || name != "internal");
            QCOMPARE(static_cast<int>(errorCodeFromName(name)), code);
        }
        QVERIFY(errorCodeFromName("invented_later") == ErrorCode::Internal);
    }

    void operatingSystemErrorsNameTheFileAndTheRemedy()
    {
        const Error full = ioError("write", "/data/model", ENOSPC);
        QVERIFY(full.code == ErrorCode::Io);
        QVERIFY(full.detail.find("'/data/model'") != std::string::npos);
        QVERIFY(full.remedy.find("space") != std::string::npos);
        QVERIFY(ioError("read", "x", ENOENT).code == ErrorCode::NotFound);
    }

    void catalogueListsWhatItKnows()
    {
        const Catalog<Member> catalog("fruit", {{"pear"}, {"quince"}});
        QCOMPARE(catalog.get("quince").value()->id, std::string("quince"));
        const Error error = catalog.get("plum").error();
        QVERIFY(error.code == ErrorCode::NotFound);
        QCOMPARE(QString::fromStdString(error.message()), QString("There is no fruit 'plum'. Known: pear, quince."));
    }
};

QTEST_GUILESS_MAIN(tst_Result)
#include "tst_Result.moc"
