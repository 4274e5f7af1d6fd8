// SPDX-License-Identifier: GPL-3.0-or-later
// Records of runs: their JSON, what differs between them, the table, and the TensorBoard file, which is read back here as TensorBoard
// reads it, byte for byte, and by TensorBoard's own reader where Python has one.
#include "engine/core/SafeFile.h"
#include "engine/reports/TensorBoardFile.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <cstring>

using namespace espalier;

namespace {

RunRecord record(const std::string& id, int epochs, double accuracy)
{
    RunRecord run;
    run.id = id;
    run.name = "first, \"wide\"";
    run.time = "2026-05-01T10:00:00Z";
    run.node = "train";
    run.nodeType = "train";
    run.fingerprint = "ab";
    run.seconds = 2.5;
    run.parameters = {{"train.epochs", epochs}, {"train.seed", 1}, {"dataset.train", "a.tsv"}};
    run.results = {{"validation_accuracy", accuracy}, {"weights", 1000}};
    run.history = TrainingHistory{{{1, 1.5, 0.25, 1.25, 0.5, 1}, {2, 0.5, 0.75, 0.75, 0.875, 1.5}}, 2, false};
    return run;
}

/// One event: what TensorBoard makes of it.
struct Scalar {
    std::uint64_t step = 0;
    std::string tag;
    float value = 0;
    std::string version;
};

class Message {
public:
    explicit Message(std::string_view bytes) : m_bytes(bytes) {}
    bool next(std::uint64_t& field, std::string_view& text, std::uint64_t& number)
    {
        if (m_bytes.empty())
            return false;
        const std::uint64_t key = varint();
        field = key >> 3;
        const std::size_t size = (key & 7) == 1 ? 8 : (key & 7) == 5 ? 4 : (key & 7) == 2 ? varint() : 0;
        number = (key & 7) == 0 ? varint() : 0;
        text = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        return true;
    }

private:
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(m_bytes.front());
            m_bytes.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return value;
        }
    }
    std::string_view m_bytes;
};

Scalar readEvent(std::string_view bytes)
{
    Scalar scalar;
    std::uint64_t field = 0;
    std::uint64_t number = 0;
    std::string_view text;
    for (Message event(bytes); event.next(field, text, number);) {
        if (field == 2)
            scalar.step = number;
        if (field == 3)
            scalar.version = text;
        if (field != 5)
            continue;
        Message(text).next(field, text, number); // summary.value
        for (Message value(text); value.next(field, text, number);) {
            if (field == 1)
                scalar.tag = text;
            if (field == 2)
                std::memcpy(&scalar.value, text.data(), 4);
        }
    }
    return scalar;
}

std::uint32_t masked(std::string_view bytes)
{
    const std::uint32_t crc = crc32c(bytes);
    return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

template <typename Number>
Number numberAt(std::string_view bytes, std::size_t at)
{
    Number number = 0;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

} // namespace

class tst_RunRecord : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What a run is judged by has the name of what was measured.
    void namesItsScore()
    {
        RunRecord run = record("a", 3, 0.75);
        QCOMPARE(scoreOf(run)->name, std::string("accuracy"));
        QVERIFY(scoreOf(run)->validation);
        run.history->score = "entity_f1";
        QCOMPARE(scoreOf(run)->name, std::string("entity_f1"));
        run.results["point.accuracy"] = 0.75; // a pruned model's accuracy was measured: the history is of its training
        QCOMPARE(scoreOf(run)->name, std::string("accuracy"));
        run.results = {{"accuracy", 0.9}, {"task_scores.f1", 0.5}, {"task_scores.threshold", 0}};
        QCOMPARE(scoreOf(run)->name, std::string("entity_f1"));
        QCOMPARE(scoreOf(run)->value, 0.5);
        QVERIFY(!scoreOf(run)->validation);
        run.results["task_scores.threshold"] = 0.4;
        QCOMPARE(scoreOf(run)->name, std::string("micro_f1"));
        run.results = {{"weights", 3}};
        QVERIFY(!scoreOf(run));
    }

    void survivesARoundTrip()
    {
        const Json json = toJson(record("r1", 5, 0.875));
        const auto again = runRecordFromJson(parseJson(dumpJson(json), "run").value());
        QVERIFY(again);
        QVERIFY(toJson(*again) == json);
        for (const char* field : {"id", "time", "node", "fingerprint", "seconds", "parameters", "results"}) {
            Json cut = json;
            cut.erase(field);
            QVERIFY2(!runRecordFromJson(cut), field);
        }
    }

    void comparesOnlyWhatDiffers()
    {
        RunRecord other = record("r2", 9, 0.875);
        other.parameters.erase("dataset.train");
        const auto differences = compareRuns({record("r1", 5, 0.875), other});
        QCOMPARE(differences.size(), std::size_t{2});
        QCOMPARE(differences[0].name, std::string("dataset.train"));
        QVERIFY(differences[0].parameter && differences[0].values[1].is_null());
        QCOMPARE(differences[1].name, std::string("train.epochs"));
        QVERIFY(differences[1].values == (std::vector<Json>{5, 9}));
        QVERIFY(compareRuns({record("a", 1, 0.5), record("b", 1, 0.5)}).empty());
        QVERIFY(!compareRuns({record("a", 1, 0.5), record("b", 1, 0.25)})[0].parameter);
    }

    void theTableHasARowARun()
    {
        const std::string csv = runsToCsv({record("r1", 5, 0.875)});
        QCOMPARE(csv, std::string("id,name,time,node,seconds,pinned,note,dataset.train,train.epochs,train.seed,validation_accuracy,weights\r\n"
                                  "r1,\"first, \"\"wide\"\"\",2026-05-01T10:00:00Z,train,2.5,false,,a.tsv,5,1,0.875,1000.0\r\n"));
    }

    void takesNestedFiguresFromASummary()
    {
        const Json summary{{"accuracy", 0.5}, {"split", "test"}, {"history", {{"best_epoch", 2}}}, {"calibration", {{"before", {{"ece", 0.25}, {"bins", Json::array({1})}}}}}};
        const auto results = resultsOfSummary(summary);
        QVERIFY(results == (std::map<std::string, double>{{"accuracy", 0.5}, {"calibration.before.ece", 0.25}}));
    }

    void checksumIsCastagnolis()
    {
        QCOMPARE(crc32c("123456789"), 0xe3069283U); // the check value of CRC-32C
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8a9136aaU); // RFC 3720, B.4
    }

    void tensorBoardReadsTheFile()
    {
        const std::string file = tensorBoardEvents(record("r1", 5, 0.875));
        std::vector<Scalar> events;
        for (std::size_t at = 0; at < file.size();) {
            const auto length = numberAt<std::uint64_t>(file, at);
            QCOMPARE(numberAt<std::uint32_t>(file, at + 8), masked(std::string_view(file).substr(at, 8)));
            const std::string_view data = std::string_view(file).substr(at + 12, length);
            QCOMPARE(numberAt<std::uint32_t>(file, at + 12 + length), masked(data));
            events.push_back(readEvent(data));
            at += 16 + length;
        }
        QCOMPARE(events.size(), std::size_t{1 + 2 * 4 + 2});
        QCOMPARE(events[0].version, std::string("brain.Event:2"));
        QCOMPARE(events[8].tag, std::string("accuracy/validation"));
        QCOMPARE(events[8].step, std::uint64_t{2});
        QCOMPARE(events[8].value, 0.875F);
        QCOMPARE(events[9].tag, std::string("result/validation_accuracy"));
    }

    void tensorBoardsOwnReaderAgrees()
    {
        const QTemporaryDir folder;
        const RunRecord run = record("r1", 5, 0.875);
        QVERIFY(writeFileSafely(folder.path().toStdString() + "/" + tensorBoardFileName(run), tensorBoardEvents(run)));
        QProcess python;
        python.start(QStringLiteral("python3"), {QStringLiteral("-c"),
                                                 QStringLiteral("import sys\n"
                                                                "try:\n from tensorboard.backend.event_processing.event_accumulator import EventAccumulator as E\n"
                                                                "except ImportError: sys.exit(77)\n"
                                                                "e = E(sys.argv[1]); e.Reload()\n"
                                                                "print([(s.step, round(s.value, 4)) for s in e.Scalars('loss/validation')])"),
                                                 folder.path()});
        if (!python.waitForFinished(60000) || python.exitCode() == 77)
            QSKIP("Python's tensorboard package is not installed (pip install tensorboard).");
        QCOMPARE(python.readAllStandardOutput().trimmed(), QByteArray("[(1, 1.25), (2, 0.75)]"));
    }

    void timesAreReadAsUtc()
    {
        QCOMPARE(secondsOfTime("1970-01-02T00:00:01Z"), std::int64_t{86401});
        QCOMPARE(secondsOfTime("2026-05-01T10:00:00Z"), std::int64_t{1777629600});
        QCOMPARE(secondsOfTime("soon"), std::int64_t{0});
    }
};

QTEST_GUILESS_MAIN(tst_RunRecord)
#include "tst_RunRecord.moc"
