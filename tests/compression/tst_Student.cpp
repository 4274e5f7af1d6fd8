// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Student.h"

#include "engine/compression/SoftLabels.h"
#include "engine/evaluation/Classifier.h"
#include "tests/exporting/ModelCheckpoints.h"
#include "tests/training/TaskData.h"

#include <QtTest>

#include <algorithm>

using namespace espalier;

namespace {

TrainOptions quick(int epochs = 8)
{
    return {.epochs = epochs, .batchSize = 16, .learningRate = 0.01, .patience = 0, .labelSmoothing = 0.1, .threads = 1};
}

Tokenizer tokenizerOf(const char* kind, const Splits& splits)
{
    const TokenizerSpec spec{.kind = kind};
    VocabularyBuilder builder = *VocabularyBuilder::create(spec);
    for (const Example& example : splits.train)
        builder.add(example.text);
    return *Tokenizer::create(spec, builder.build(1, 0));
}

std::vector<std::string> textsOf(const ExampleTable& examples)
{
    std::vector<std::string> texts;
    for (const Example& example : examples)
        texts.push_back(example.text);
    return texts;
}

/// The share of answers (classes, yes or no of each label, tags) in which two models agree on @p examples.
double agreement(const Checkpoint& one, const Checkpoint& other, const ExampleTable& examples)
{
    std::vector<std::vector<std::int64_t>> answers;
    for (const Checkpoint* checkpoint : {&one, &other}) {
        RunContext context;
        const auto encoded = encodeExamples(examples, checkpoint->tokenizer, checkpoint->labels, {}, checkpoint->model.task);
        const auto predictions = Classifier::create(*checkpoint)->predict(*encoded, context);
        answers.push_back(predictions->classes);
        if (checkpoint->model.task == Task::MultiLabel) {
            answers.back().clear();
            for (const float probability : predictions->probabilities)
                answers.back().push_back(probability > 0.5F);
        }
    }
    std::size_t same = 0;
    for (std::size_t i = 0; i < answers[0].size(); ++i)
        same += answers[0][i] == answers[1][i];
    return static_cast<double>(same) / static_cast<double>(answers[0].size());
}

} // namespace

class tst_Student : public QObject {
    Q_OBJECT

private:
    /// A teacher of words and a student of characters, on data of @p task.
    struct Class {
        Splits splits;
        Checkpoint teacher;
        ModelSpec model;
        Tokenizer tokenizer;

        [[nodiscard]] StudentTask task(const DistillationOptions& options, std::vector<std::string> unlabelled = {}) const
        {
            return {.model = model, .tokenizer = tokenizer, .splits = splits, .teacher = teacher, .unlabelled = std::move(unlabelled), .options = options};
        }
    };
    static Class makeClass(Task task, const Parameters& ofTeacher = {}, const Parameters& ofStudent = {})
    {
        const Splits splits = test::makeSplits(task);
        const char* architecture = task == Task::TokenTags ? "bilstm" : "textcnn";
        const Tokenizer words = tokenizerOf("word", splits);
        const Tokenizer characters = tokenizerOf("character", splits);
        const auto specOf = [&](const Tokenizer& tokenizer, Parameters own, const Parameters& given) {
            for (const auto& [id, value] : given)
                own[id] = value;
            return *makeModelSpec(architecture, own, static_cast<std::int64_t>(tokenizer.vocabulary().size()), splits.labels.size(), task);
        };
        const Parameters large = task == Task::TokenTags ? Parameters{{"embedding_dim", 24}, {"recurrent_size", 24}} : Parameters{{"embedding_dim", 24}, {"filters", 24}};
        const Parameters small = task == Task::TokenTags ? Parameters{{"embedding_dim", 12}, {"recurrent_size", 20}} : Parameters{{"embedding_dim", 12}, {"filters", 12}};
        RunContext context;
        auto teacher = train(specOf(words, large, ofTeacher), words, splits, quick(), context);
        if (!teacher)
            throw std::runtime_error(teacher.error().message());
        return {splits, *teacher, specOf(characters, small, ofStudent), characters};
    }
    /// With three of the training sentences left, one a class; the texts of the others come back.
    static std::vector<std::string> takeLabels(Class& lesson)
    {
        std::vector<Example> kept;
        std::vector<std::string> others;
        for (const Example& example : lesson.splits.train) {
            const bool known = std::any_of(kept.begin(), kept.end(), [&](const Example& other) { return other.labels == example.labels; });
            if (known || kept.size() == 3)
                others.push_back(example.text);
            else
                kept.push_back(example);
        }
        lesson.splits.train = kept;
        return others;
    }
    static void requireSameRun(const Checkpoint& one, const Checkpoint& other)
    {
        QCOMPARE(one.weights, other.weights);
        QCOMPARE(one.history.bestEpoch, other.history.bestEpoch);
        QCOMPARE(one.history.epochs.back().trainLoss, other.history.epochs.back().trainLoss);
    }

    Class m_classes = makeClass(Task::SingleLabel);

private Q_SLOTS:
    void learnsFromUnlabelledText_data()
    {
        QTest::addColumn<int>("task");
        QTest::addColumn<bool>("teacherCrf");
        QTest::addColumn<bool>("studentCrf");
        QTest::newRow("classes") << int(Task::SingleLabel) << false << false;
        QTest::newRow("labels") << int(Task::MultiLabel) << false << false;
        QTest::newRow("tags") << int(Task::TokenTags) << false << false;
        QTest::newRow("tags, teacher with CRF") << int(Task::TokenTags) << true << false;
        QTest::newRow("tags, student with CRF") << int(Task::TokenTags) << false << true;
        QTest::newRow("tags, both with CRF") << int(Task::TokenTags) << true << true;
    }
    /// Three sentences teach little; with the teacher's answers to the others, cut into words where the student reads characters, it answers as the teacher does.
    void learnsFromUnlabelledText()
    {
        QFETCH(int, task);
        QFETCH(bool, teacherCrf);
        QFETCH(bool, studentCrf);
        const bool tags = static_cast<Task>(task) == Task::TokenTags;
        Class lesson = makeClass(static_cast<Task>(task), tags ? Parameters{{"crf", teacherCrf}} : Parameters{}, tags ? Parameters{{"crf", studentCrf}} : Parameters{});
        RunContext context{.seed = 2};
        const auto unlabelled = takeLabels(lesson);
        const auto taught = distil(lesson.task({.weight = 0.9}, unlabelled), quick(12), context);
        QVERIFY2(taught, taught ? "" : taught.error().message().c_str());
        const auto alone = train(lesson.model, lesson.tokenizer, lesson.splits, quick(12), context);
        const double found = agreement(lesson.teacher, *taught, lesson.splits.validation);
        const double without = agreement(lesson.teacher, *alone, lesson.splits.validation);
        QVERIFY2(found > 0.95 && found > without + 0.1, qPrintable(QString("%1, without: %2").arg(found).arg(without)));
        QCOMPARE(taught->labels, lesson.teacher.labels);
    }

    void withoutWeightItIsTraining()
    {
        RunContext one{.seed = 4};
        RunContext two{.seed = 4};
        const auto taught = distil(m_classes.task({.weight = 0}), quick(2), one);
        const auto plain = train(m_classes.model, m_classes.tokenizer, m_classes.splits, quick(2), two);
        QVERIFY(taught && plain);
        requireSameRun(*taught, *plain);
        RunContext three{.seed = 4};
        QVERIFY(distil(m_classes.task({.weight = 0.5}), quick(2), three)->weights != plain->weights);
    }

    /// Whatever stands there: not in the loss, not in class weights, not in the accuracy reported.
    void labelsOfUnlabelledRowsMeanNothing()
    {
        TrainOptions options = quick(2);
        options.classWeights = "balanced";
        std::vector<Checkpoint> made;
        for (const char* label : {"red", "green"}) {
            std::vector<Example> rows;
            for (const Example& example : m_classes.splits.train)
                rows.push_back({.text = example.text, .labels = {rows.size() < 100 ? example.label() : label}});
            Splits splits = m_classes.splits;
            splits.train = rows;
            const auto teacher = makeDistillation(m_classes.teacher, {});
            RunContext context;
            made.push_back(*train(m_classes.teacher.model, m_classes.teacher.tokenizer, splits, options, context,
                                  {.objective = teacher->get(), .unlabelled = rows.size() - 100}));
        }
        requireSameRun(made[0], made[1]);
        QCOMPARE(made[0].history.epochs.back().trainAccuracy, made[1].history.epochs.back().trainAccuracy);
        QVERIFY(made[0].history.epochs.back().trainAccuracy > 0.5);
    }

    void keptAnswersAreThoseOfTheTeacher_data()
    {
        QTest::addColumn<int>("task");
        QTest::newRow("classes") << int(Task::SingleLabel);
        QTest::newRow("tags") << int(Task::TokenTags);
    }
    void keptAnswersAreThoseOfTheTeacher()
    {
        QFETCH(int, task);
        const auto tags = static_cast<Task>(task) == Task::TokenTags;
        const Checkpoint teacher = test::randomCheckpointOf(tags ? "bilstm" : "textcnn", static_cast<Task>(task));
        std::vector<Example> rows;
        for (const std::string& text : test::randomSentences(40))
            rows.push_back(unlabelled(text, teacher.model.task, teacher.tokenizer, teacher.labels));
        auto kept = SoftLabels::create(teacher, ExampleTable(rows), {});
        auto asked = SoftLabels::create(teacher, ExampleTable(rows), {});
        RunContext context;
        std::int64_t answered = 0;
        context.onProgress = [&](const Progress& progress) { answered = progress.done; };
        QVERIFY(asked->ask(torch::kCPU, 0, context));
        QCOMPARE(answered, 0);
        QVERIFY(kept->ask(torch::kCPU, kept->bytes(), context));
        QCOMPARE(answered, 40);
        const std::vector<std::uint32_t> indices{39, 3, 17, 4};
        const torch::Tensor one = kept->of(indices).logits;
        const torch::Tensor two = asked->of(indices).logits;
        QVERIFY(one.sizes() == two.sizes());
        const auto tokensOf = [&](const std::string& text) {
            std::vector<std::int32_t> ids;
            teacher.tokenizer.encode(text, ids);
            return static_cast<std::int64_t>(ids.size());
        };
        for (std::int64_t i = 0; i < one.size(0); ++i) { // what stands beyond a sentence's end is nobody's
            const std::int64_t rowsOfSentence = tags ? tokensOf(rows[indices[static_cast<std::size_t>(i)]].text) : one.size(1);
            QVERIFY((one[i].narrow(0, 0, rowsOfSentence) - two[i].narrow(0, 0, rowsOfSentence)).abs().max().item<double>() < 1e-5);
        }
    }

    void resumesAsIfNothingHadHappened_data()
    {
        QTest::addColumn<bool>("kept");
        QTest::newRow("answers in memory") << true;
        QTest::newRow("answers batch by batch") << false;
    }
    void resumesAsIfNothingHadHappened()
    {
        QFETCH(bool, kept);
        Class lesson = m_classes;
        const auto unlabelled = takeLabels(lesson);
        StudentTask task = lesson.task({}, unlabelled);
        task.mostBytes = kept ? task.mostBytes : 0;
        RunContext whole{.seed = 9};
        const auto expected = distil(task, quick(4), whole);
        QTemporaryDir folder;
        TrainOptions training = quick(4);
        training.resumeFolder = std::filesystem::path(folder.path().toStdString()) / "state";
        std::stop_source source;
        RunContext interrupted{.stop = source.get_token(), .seed = 9};
        interrupted.onProgress = [&](const Progress& progress) {
            if (progress.unit == "batches" && progress.done * 2 > progress.total)
                source.request_stop();
        };
        QCOMPARE(distil(task, training, interrupted).error().code, ErrorCode::Cancelled);
        int goesOn = 0;
        const auto go = [&](const StudentTask& next) {
            RunContext resumed{.seed = 9};
            resumed.onLog = [&](LogLevel, const std::string& text) { goesOn += text.find("Training goes on after epoch") == 0; };
            return distil(next, training, resumed);
        };
        Class other = lesson;
        other.teacher.weights.begin()->second.values.back() += 1;
        StudentTask elsewhere = other.task({}, unlabelled);
        elsewhere.mostBytes = task.mostBytes;
        const std::filesystem::path kept2 = training.resumeFolder.string() + "2";
        std::filesystem::copy(training.resumeFolder, kept2);
        QVERIFY(go(elsewhere)); // another teacher begins anew
        QCOMPARE(goesOn, 0);
        training.resumeFolder = kept2;
        const auto found = go(task);
        QCOMPARE(goesOn, 1);
        requireSameRun(*found, *expected);
    }

    void canBeStoppedWhileTheTeacherAnswers()
    {
        std::stop_source source;
        RunContext context{.stop = source.get_token()};
        std::string last;
        context.onProgress = [&](const Progress& progress) {
            last = progress.activity;
            source.request_stop();
        };
        QCOMPARE(distil(m_classes.task({}), quick(), context).error().code, ErrorCode::Cancelled);
        QCOMPARE(last, std::string("Asking the teacher"));
    }

    void aStudentThatIsNotSmallerIsWorthAWarning()
    {
        for (const bool smaller : {true, false}) {
            RunContext context;
            QStringList warnings;
            context.onLog = [&](LogLevel level, const std::string& text) {
                if (level == LogLevel::Warning)
                    warnings += QString::fromStdString(text);
            };
            StudentTask task = m_classes.task({});
            const StudentTask same{.model = m_classes.teacher.model, .tokenizer = m_classes.teacher.tokenizer, .splits = task.splits, .teacher = task.teacher};
            QVERIFY(distil(smaller ? task : same, quick(1), context));
            QCOMPARE(warnings.filter("not smaller than its teacher").size(), smaller ? 0 : 1);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("named");
        QTest::newRow("labels") << "labels" << "The teacher lacks 'mauve'. The data lack 'red'.";
        QTest::newRow("task") << "task" << "The teacher's task is single_label, and that of the data is multi_label.";
        QTest::newRow("hidden states") << "hidden" << "'hidden_weight' is 1";
        QTest::newRow("temperature") << "temperature" << "'temperature' is 0";
        QTest::newRow("nothing to learn") << "weight" << "'distillation_weight' is 0";
        QTest::newRow("options") << "epochs" << "'epochs' is 0";
    }
    /// Before the teacher is asked.
    void refuses()
    {
        QFETCH(QString, what);
        QFETCH(QString, named);
        Class lesson = m_classes;
        if (what == "labels")
            lesson.splits.labels = LabelMap({"blue", "green", "mauve"});
        if (what == "task")
            lesson.splits.task = Task::MultiLabel;
        const DistillationOptions options{.weight = what == "weight" ? 0 : 0.5, .temperature = what == "temperature" ? 0.0 : 2.0, .hiddenWeight = what == "hidden" ? 1.0 : 0.0};
        RunContext context;
        bool worked = false;
        context.onProgress = [&](const Progress&) { worked = true; };
        const auto made = distil(lesson.task(options, textsOf(lesson.splits.train)), quick(what == "epochs" ? 0 : 2), context);
        QVERIFY(!made && !worked);
        QVERIFY2(QString::fromStdString(made.error().message()).contains(named), made.error().message().c_str());
        QVERIFY(!made.error().remedy.empty());
    }
};

QTEST_GUILESS_MAIN(tst_Student)
#include "tst_Student.moc"
