// SPDX-License-Identifier: GPL-3.0-or-later
// Palette, outline, problems and inspector beside the canvas: they stay in step, and the keyboard alone is enough.
#include "widgets/pipeline/PipelinePage.h"

#include "engine/graph/DefaultPipeline.h"
#include "engine/graph/NodeCatalog.h"
#include "widgets/forms/Inspector.h"
#include "widgets/forms/ParameterForm.h"
#include "widgets/forms/ParameterRow.h"
#include "widgets/pipeline/NodePalette.h"
#include "widgets/pipeline/OutlineTree.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/pipeline/ProblemsList.h"
#include "widgets/style/Theme.h"

#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPointer>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

#include <memory>

using namespace espalier;

class TestPipelinePage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeKind::Light); }
    void init();
    void cleanup() { m_page.reset(), m_model.reset(); }

    void paletteListsTheCatalogue();
    void paletteDragsTheTypesId();
    void paletteSearchesAndAdds();
    void doubleClickAdds();
    void addedNodesCoverNothing();
    void outlineMirrorsTheGraph();
    void outlineAndCanvasSelectTogether();
    void outlineDeletes();
    void problemsLeadToTheField();
    void everyPanelHasAName();
    void themeAndLanguageChangeInPlace();

private:
    void load() { m_model->setGraph(defaultPipeline("/nowhere/lines.csv", "/nowhere").graph); }
    QTreeWidget& types() { return *m_page->palettePanel().list(); }
    QTreeWidgetItem* typeEntry(const QString& label) { return types().findItems(label, Qt::MatchExactly | Qt::MatchRecursive).value(0); }

    std::unique_ptr<PipelineModel> m_model;
    std::unique_ptr<PipelinePage> m_page;
};

void TestPipelinePage::init()
{
    m_model = std::make_unique<PipelineModel>();
    m_page = std::make_unique<PipelinePage>(*m_model);
    m_page->resize(1280, 800);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestPipelinePage::paletteListsTheCatalogue()
{
    for (const NodeType& type : nodeCatalog().members()) {
        QTreeWidgetItem* entry = nullptr;
        for (QTreeWidgetItem* item : types().findItems(QString::fromStdString(type.label), Qt::MatchExactly | Qt::MatchRecursive))
            if (item->parent())
                entry = item;
        QVERIFY2(entry, type.id.c_str());
        QCOMPARE(entry->parent()->text(0), QString::fromStdString(type.category));
        QVERIFY(entry->toolTip(0).contains(QString::fromStdString(type.help).toHtmlEscaped()));
        QVERIFY(!entry->icon(0).isNull());
    }
}

void TestPipelinePage::paletteDragsTheTypesId()
{
    QTreeWidgetItem* prune = typeEntry("Prune");
    QVERIFY(prune->flags() & Qt::ItemIsDragEnabled);
    const std::unique_ptr<QMimeData> data(types().model()->mimeData({types().model()->index(prune->parent()->indexOfChild(prune), 0, types().model()->index(types().indexOfTopLevelItem(prune->parent()), 0))}));
    QCOMPARE(data->data(nodeTypeMimeType), QByteArray("prune"));
    QVERIFY(!(prune->parent()->flags() & Qt::ItemIsDragEnabled));
}

void TestPipelinePage::paletteSearchesAndAdds()
{
    QLineEdit* search = m_page->palettePanel().searchField();
    search->setFocus();
    QTest::keyClicks(search, "magnitude");
    QVERIFY(typeEntry("Dataset")->isHidden());
    QVERIFY(!typeEntry("Prune")->isHidden());
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(m_model->graph().node("prune"));
    QTest::keyClick(search, Qt::Key_Down);
    QVERIFY(types().hasFocus());
    QTest::keyClick(&types(), Qt::Key_Return);
    QVERIFY(m_model->graph().node("prune2"));
}

void TestPipelinePage::doubleClickAdds()
{
    const QPoint at = types().visualItemRect(typeEntry("Split")).center();
    QTest::mouseClick(types().viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(types().viewport(), Qt::LeftButton, {}, at);
    QVERIFY(m_model->graph().node("split"));
    QCOMPARE(m_model->graph().nodes().size(), std::size_t(1));
}

void TestPipelinePage::addedNodesCoverNothing()
{
    for (int i = 0; i < 6; ++i)
        m_page->canvas().addNode("train");
    QList<QGraphicsItem*> nodes;
    for (const auto& [id, node] : m_model->graph().nodes())
        for (const auto& [otherId, other] : m_model->graph().nodes())
            QVERIFY(id == otherId || node.x != other.x || std::abs(node.y - other.y) > 100);
}

void TestPipelinePage::outlineMirrorsTheGraph()
{
    load();
    OutlineTree& outline = m_page->outline();
    QCOMPARE(outline.topLevelItemCount(), int(m_model->graph().nodes().size()));
    QCOMPARE(outline.topLevelItem(0)->text(0), QString("Dataset"));
    QTreeWidgetItem* prune = outline.nodeEntry("prune");
    QCOMPARE(prune->child(0)->text(0), QString("Checkpoint ← Train"));
    m_model->disconnectPorts({"train", "checkpoint", "prune", "checkpoint"});
    QCOMPARE(outline.nodeEntry("prune")->child(0)->text(0), QString("Checkpoint: no wire"));
    m_model->setNodeStatus("train", {.state = NodeState::Running});
    QCOMPARE(outline.nodeEntry("train")->text(1), QString("Running"));
    m_model->rename("train", "Big");
    QVERIFY(outline.nodeEntry("train")->text(0) == "Big");
}

void TestPipelinePage::outlineAndCanvasSelectTogether()
{
    load();
    OutlineTree& outline = m_page->outline();
    outline.setCurrentItem(outline.nodeEntry("evaluate"));
    QCOMPARE(m_page->canvas().scene().selectedNodes(), (std::vector<std::string>{"evaluate"}));
    QCOMPARE(m_page->inspector().form().node(), std::string("evaluate"));
    m_page->canvas().scene().selectNodes({"train"});
    QCOMPARE(outline.currentItem(), outline.nodeEntry("train"));
    outline.setCurrentItem(outline.nodeEntry("prune")->child(0));
    QCOMPARE(m_page->canvas().scene().selectedEdges(), (std::vector<Edge>{{"train", "checkpoint", "prune", "checkpoint"}}));
    m_page->canvas().scene().selectNodes({"train", "split"});
    QVERIFY(m_model->currentNode().empty());
}

void TestPipelinePage::outlineDeletes()
{
    load();
    OutlineTree& outline = m_page->outline();
    outline.setCurrentItem(outline.nodeEntry("prune")->child(0));
    QTest::keyClick(&outline, Qt::Key_Delete);
    QVERIFY(!m_model->graph().edgeInto("prune", "checkpoint"));
    QVERIFY(m_model->graph().node("prune"));
    outline.setCurrentItem(outline.nodeEntry("prune"));
    QTest::keyClick(&outline, Qt::Key_Delete);
    QVERIFY(!m_model->graph().node("prune"));
    QCOMPARE(m_model->undoStack()->count(), 2);
}

void TestPipelinePage::problemsLeadToTheField()
{
    load();
    m_model->setProblems(validate(m_model->graph(), "/nowhere"));
    QListWidget* list = m_page->problems().list();
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), 1);
    QVERIFY(list->item(0)->text().startsWith("Dataset: The file “lines.csv” does not exist."));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
    QCOMPARE(m_model->currentNode(), std::string("dataset"));
    QVERIFY(m_page->inspector().form().row("train")->isAncestorOf(QApplication::focusWidget()));
    m_model->setProblems({});
    QVERIFY(!list->isVisible());
}

void TestPipelinePage::everyPanelHasAName()
{
    load();
    m_model->setCurrentNode("train");
    for (QWidget* widget : m_page->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->objectName().startsWith("qt_") || widget->inherits("QTabBar") || widget->inherits("QToolButton"))
            continue;
        if (qobject_cast<QAbstractScrollArea*>(widget) || qobject_cast<QLineEdit*>(widget))
            QVERIFY2(!widget->accessibleName().isEmpty() || widget->parentWidget()->inherits("QAbstractSpinBox"), widget->metaObject()->className());
    }
}

void TestPipelinePage::themeAndLanguageChangeInPlace()
{
    load();
    m_model->setCurrentNode("train");
    const QImage light = m_page->grab().toImage();
    applyTheme(ThemeKind::Dark);
    const QImage dark = m_page->grab().toImage();
    // A place of the canvas where nothing stands, whatever the font.
    QVERIFY(light.pixelColor(300, 600).lightness() > 150);
    QVERIFY(dark.pixelColor(300, 600).lightness() < 100);
    QEvent language(QEvent::LanguageChange);
    QList<QPointer<QWidget>> widgets; // some are made anew on the way
    for (QWidget* widget : m_page->findChildren<QWidget*>())
        widgets << widget;
    for (const auto& widget : widgets)
        if (widget)
            QApplication::sendEvent(widget, &language);
    QCOMPARE(m_model->currentNode(), std::string("train"));
    QVERIFY(m_page->inspector().form().row("epochs"));
    applyTheme(ThemeKind::Light);
}

QTEST_MAIN(TestPipelinePage)
#include "tst_PipelinePage.moc"
