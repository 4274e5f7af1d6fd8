// SPDX-License-Identifier: GPL-3.0-or-later
// The form made from the catalogue: every field edits the model and follows it, typed and clicked as users do.
#include "widgets/forms/ParameterForm.h"

#include "engine/graph/DefaultPipeline.h"
#include "engine/graph/NodeCatalog.h"
#include "widgets/forms/Inspector.h"
#include "widgets/forms/NumberField.h"
#include "widgets/forms/ParameterRow.h"
#include "widgets/pipeline/PipelineModel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <memory>

using namespace espalier;

class TestParameterForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_inspector.reset(), m_model.reset(); }

    void everyTypeHasARowAParameter();
    void integerIsTyped();
    void realTakesScientificNotation();
    void rangeHolds();
    void booleanIsClicked();
    void choiceIsChosen();
    void textIsTypedAndUndone();
    void fileIsBrowsed();
    void fileIsDropped();
    void deviceIsChosenFromTheList();
    void shownWhen();
    void resetToDefault();
    void problemsStandInTheirLine();
    void wrongValuesFromAFileSurvive();
    void wheelChangesNothingUnfocused();
    void titleIsEdited();
    void inspectorShowsStateAndResult();
    void inspectorIsEmptyWithoutANode();

private:
    ParameterForm& form(const char* node)
    {
        m_model->setCurrentNode(node);
        return m_inspector->form();
    }
    template <typename T>
    T* field(const char* node, const char* parameter)
    {
        return qobject_cast<T*>(form(node).row(parameter)->editor()->focusProxy());
    }
    Json value(const char* node, const char* parameter) const { return effectiveParameters(*m_model->graph().node(node))->at(parameter); }
    bool isDefault(const char* node, const char* parameter) const { return !m_model->graph().node(node)->parameters.contains(parameter); }

    std::unique_ptr<PipelineModel> m_model;
    std::unique_ptr<Inspector> m_inspector;
};

void TestParameterForm::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_model = std::make_unique<PipelineModel>();
    m_inspector = std::make_unique<Inspector>(*m_model);
    m_model->setGraph(defaultPipeline("/nowhere/lines.csv", "/nowhere").graph);
    m_inspector->resize(320, 800);
    m_inspector->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_inspector.get()));
}

void TestParameterForm::everyTypeHasARowAParameter()
{
    Graph one;
    for (const NodeType& type : nodeCatalog().members())
        QVERIFY(one.addNode({.id = type.id, .type = type.id}));
    m_model->setGraph(one);
    for (const NodeType& type : nodeCatalog().members()) {
        ParameterForm& shown = form(type.id.c_str());
        for (const ParameterSpec& spec : type.parameters) {
            QVERIFY2(shown.row(spec.id), spec.id.c_str());
            QVERIFY2(!shown.row(spec.id)->editor()->focusProxy()->accessibleName().isEmpty(), spec.id.c_str());
        }
    }
    QVERIFY(!m_model->isModified()); // showing changes nothing
}

void TestParameterForm::integerIsTyped()
{
    auto* epochs = field<NumberField>("train", "epochs");
    epochs->setFocus();
    epochs->selectAll();
    QTest::keyClicks(epochs, "215");
    QVERIFY(value("train", "epochs") == Json(215));
    QCOMPARE(m_model->undoStack()->count(), 1);
    QCOMPARE(epochs->text(), QString("215"));
    m_model->undoStack()->undo();
    QCOMPARE(epochs->value(), 20.0);
    QCOMPARE(m_model->undoStack()->count(), 1);
    QVERIFY(m_model->undoStack()->canRedo()); // showing the undone value made no new edit
    QTest::keyClick(epochs, Qt::Key_Up);
    QVERIFY(value("train", "epochs") == Json(21));
    QVERIFY(field<NumberField>("tokenizer", "max_length")->text().contains("tokens"));
}

void TestParameterForm::realTakesScientificNotation()
{
    auto* rate = field<NumberField>("train", "learning_rate");
    QCOMPARE(rate->text(), QString("0.002"));
    rate->setFocus();
    rate->selectAll();
    QTest::keyClicks(rate, "5e-5");
    QVERIFY(value("train", "learning_rate") == Json(5e-5));
    rate->selectAll();
    QTest::keyClicks(rate, "0.0105");
    QCOMPARE(rate->text(), QString("0.0105")); // not rewritten while typing
    QVERIFY(value("train", "learning_rate") == Json(0.0105));
    rate->selectAll();
    QTest::keyClicks(rate, "abc");
    QVERIFY(value("train", "learning_rate") == Json(0.0105));
}

void TestParameterForm::rangeHolds()
{
    auto* share = field<NumberField>("split", "test_fraction");
    share->setFocus();
    share->selectAll();
    QTest::keyClicks(share, "0.9");
    m_inspector->titleField().setFocus();
    QVERIFY(value("split", "test_fraction").get<double>() <= 0.5);
}

void TestParameterForm::booleanIsClicked()
{
    auto* sparse = field<QCheckBox>("package", "sparse");
    QVERIFY(sparse->isChecked());
    QTest::keyClick(sparse, Qt::Key_Space);
    QVERIFY(value("package", "sparse") == Json(false));
    m_model->undoStack()->undo();
    QVERIFY(sparse->isChecked());
}

void TestParameterForm::choiceIsChosen()
{
    auto* kind = field<QComboBox>("tokenizer", "kind");
    QCOMPARE(kind->currentText(), QString("Words"));
    QTest::keyClick(kind, Qt::Key_Down);
    QVERIFY(value("tokenizer", "kind") == Json("character"));
    m_model->setParameter("tokenizer", "kind", "word");
    QCOMPARE(kind->currentText(), QString("Words"));
}

void TestParameterForm::textIsTypedAndUndone()
{
    auto* widths = field<QLineEdit>("model", "widths");
    const QString before = widths->text();
    widths->setFocus();
    widths->end(false);
    QTest::keyClicks(widths, ",5");
    QVERIFY(value("model", "widths") == Json((before + ",5").toStdString()));
    QCOMPARE(m_model->undoStack()->count(), 1);
    widths->setCursorPosition(0);
    QTest::keyClicks(widths, "1,");
    QCOMPARE(widths->cursorPosition(), 2);
    m_model->undoStack()->undo();
    QCOMPARE(widths->text(), before);
}

void TestParameterForm::fileIsBrowsed()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("data.tsv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    m_inspector->form().setProjectFolder(folder.path());
    auto* editor = form("dataset").row("train")->editor();
    QTest::mouseClick(editor->findChild<QToolButton*>(), Qt::LeftButton);
    auto* dialog = m_inspector->findChild<QFileDialog*>();
    QVERIFY(dialog); // and we are here at once: it did not block
    Q_EMIT dialog->fileSelected(file.fileName());
    dialog->close();
    QVERIFY(value("dataset", "train") == Json("data.tsv")); // relative to the project
}

void TestParameterForm::fileIsDropped()
{
    auto* path = field<QLineEdit>("dataset", "test");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/elsewhere/test.csv")});
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(path, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(path, &drop);
    QVERIFY(value("dataset", "test") == Json("/elsewhere/test.csv"));
    QCOMPARE(path->text(), QString("/elsewhere/test.csv"));
}

void TestParameterForm::deviceIsChosenFromTheList()
{
    auto* device = field<QComboBox>("deploy", "device");
    QVERIFY(device->currentText().contains("this-computer")); // shown although no list is there yet
    m_inspector->form().setDeviceNames({"kitchen-pi", "this-computer"});
    QCOMPARE(device->count(), 2);
    QCOMPARE(device->currentText(), QString("this-computer"));
    QTest::keyClick(device, Qt::Key_Up);
    QVERIFY(value("deploy", "device") == Json("kitchen-pi"));
    m_inspector->form().setDeviceNames({"this-computer"});
    QVERIFY(device->currentText().contains("kitchen-pi")); // gone from the list, not from the pipeline
    QVERIFY(value("deploy", "device") == Json("kitchen-pi"));
}

void TestParameterForm::shownWhen()
{
    ParameterForm& shown = form("prune");
    QVERIFY(shown.row("epochs")->isVisible());
    m_model->setParameter("prune", "recovery", "none");
    QVERIFY(!shown.row("epochs")->isVisible());
    QVERIFY(shown.row("sparsity")->isVisible());
    m_model->undoStack()->undo();
    QVERIFY(shown.row("epochs")->isVisible());
}

void TestParameterForm::resetToDefault()
{
    QToolButton* reset = form("train").row("epochs")->resetButton();
    QVERIFY(!reset->isVisible());
    m_model->setParameter("train", "epochs", 7);
    QVERIFY(reset->isVisible());
    QTest::mouseClick(reset, Qt::LeftButton);
    QVERIFY(isDefault("train", "epochs"));
    QVERIFY(!reset->isVisible());
}

void TestParameterForm::problemsStandInTheirLine()
{
    m_model->setParameter("dataset", "train", "missing.csv");
    m_model->setProblems(validate(m_model->graph(), "/nowhere"));
    QVERIFY(form("dataset").row("train")->problem().contains("missing.csv"));
    QVERIFY(form("dataset").row("test")->problem().isEmpty());
    m_model->setProblems({});
    QVERIFY(form("dataset").row("train")->problem().isEmpty());
}

void TestParameterForm::wrongValuesFromAFileSurvive()
{
    Graph graph;
    const Parameters wrong{{"epochs", "many"}, {"learning_rate", Json::array()}, {"seed", nullptr}};
    QVERIFY(graph.addNode({.id = "train", .type = "train", .parameters = wrong}).ok());
    QVERIFY(graph.addNode({.id = "tokenizer", .type = "tokenizer", .parameters = {{"kind", 5}, {"lowercase", "yes"}}}).ok());
    m_model->setGraph(graph);
    m_model->setProblems(validate(graph, "/nowhere"));
    QVERIFY(!form("train").row("epochs")->problem().isEmpty());
    QVERIFY(!form("tokenizer").row("kind")->problem().isEmpty());
    QVERIFY(m_model->graph() == graph);
}

void TestParameterForm::wheelChangesNothingUnfocused()
{
    auto* epochs = field<NumberField>("train", "epochs");
    m_inspector->titleField().setFocus();
    QWheelEvent wheel({5, 5}, epochs->mapToGlobal(QPointF(5, 5)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(epochs, &wheel);
    QVERIFY(isDefault("train", "epochs"));
}

void TestParameterForm::titleIsEdited()
{
    form("train");
    QLineEdit& title = m_inspector->titleField();
    QCOMPARE(title.placeholderText(), QString("Train"));
    QTest::keyClicks(&title, "Big run");
    QCOMPARE(m_model->graph().node("train")->title, std::string("Big run"));
    QCOMPARE(title.text(), QString("Big run"));
    QCOMPARE(m_model->undoStack()->count(), 1);
    m_model->undoStack()->undo();
    QCOMPARE(title.text(), QString());
}

void TestParameterForm::inspectorShowsStateAndResult()
{
    form("split");
    m_model->setNodeStatus("split", {.state = NodeState::Failed, .message = "Line 4 has no label."});
    m_model->setNodeResult("split", {.summary = "9 rows", .figures = {{"Train", "9"}}});
    const auto shows = [this](const QString& text) {
        const auto labels = m_inspector->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->isVisible() && label->text() == text; });
    };
    QTRY_VERIFY(shows("Failed: Line 4 has no label."));
    QTRY_VERIFY(shows("9"));
}

void TestParameterForm::inspectorIsEmptyWithoutANode()
{
    form("train");
    m_model->setCurrentNode({});
    QVERIFY(!m_inspector->titleField().isVisible());
    QVERIFY(!m_inspector->form().row("epochs"));
}

QTEST_MAIN(TestParameterForm)
#include "tst_ParameterForm.moc"
