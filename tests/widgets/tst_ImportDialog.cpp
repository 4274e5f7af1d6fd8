// SPDX-License-Identifier: GPL-3.0-or-later
// The import dialog alone, fed with reports: what it shows, asks and gives back.
#include "widgets/data/ImportDialog.h"

#include "widgets/data/ImportFindings.h"
#include "widgets/data/PreviewModel.h"
#include "widgets/forms/ParameterForm.h"
#include "widgets/forms/ParameterRow.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTableWidget>
#include <QtTest>

using namespace espalier;

namespace {

DataFileReport sample()
{
    DataFileReport report;
    report.file = "/data/train.tsv";
    report.bytes = 2048;
    report.format = "tsv";
    report.compression = "none";
    report.encoding = "utf8";
    report.header = true;
    report.confidence = 1;
    report.columns = {{"id", ""}, {"sentence", "text"}, {"intent", "label"}};
    report.rows = {{2, {"1", "turn on the lamp", "light"}, "turn on the lamp", {"light"}, {}, ""}, {3, {"2", "", "light"}, "", {}, {}, "The text is empty."}};
    report.rowCount = 2;
    report.problems = {{"/data/train.tsv", 3, "The text is empty."}};
    report.parameters = {{"format", "tsv"}, {"header", "present"}, {"quoting", "none"}, {"text_column", "sentence"}, {"label_column", "intent"}};
    return report;
}

} // namespace

class tst_ImportDialog : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_asked;

    void open(const Parameters& dataset)
    {
        m_dialog = std::make_unique<ImportDialog>(dataset, QStringLiteral("/data"));
        m_asked = std::make_unique<QSignalSpy>(m_dialog.get(), &ImportDialog::readWanted);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
        QTRY_COMPARE(m_asked->count(), 1);
    }
    template <typename T>
    T* part(const char* name) const
    {
        T* found = m_dialog->findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("The dialog has no '%s'.", name);
        return found;
    }
    QPushButton* ok() const { return part<QPushButton>("importButton"); }
    ParameterRow* row(const char* parameter) const { return m_dialog->findChild<ParameterForm*>()->row(parameter); }

private Q_SLOTS:
    void init() { open({{"train", "train.tsv"}}); }
    void cleanup()
    {
        m_asked.reset();
        m_dialog.reset();
    }

    void namesTheFilesToRead()
    {
        const auto files = m_dialog->files();
        QCOMPARE(files.size(), std::size_t{1});
        QCOMPARE(files.front().path, QStringLiteral("/data/train.tsv"));
        QVERIFY(m_dialog->options().empty());
    }

    void showsWhatWasFound()
    {
        m_dialog->setReport("train", sample());
        const auto* table = part<QTableView>("previewTable");
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), QStringLiteral("sentence · Text"));
        QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("turn on the lamp"));
        QVERIFY(table->model()->index(0, 1).data(Qt::BackgroundRole).isValid());
        QVERIFY(!table->model()->index(0, 0).data(Qt::BackgroundRole).isValid());
        QVERIFY(table->model()->index(1, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("The text is empty.")));
        QCOMPARE(part<QTableWidget>("setAsideTable")->item(0, 1)->text(), QStringLiteral("3"));
        QVERIFY(part<QLabel>("importFacts")->text().contains(QStringLiteral("TSV")));
        QVERIFY(row("text_column")->note().contains(QStringLiteral("sentence")));
    }

    void enterImportsWithWhatWasFound()
    {
        m_dialog->setReport("train", sample());
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
        const Parameters result = m_dialog->parameters();
        QCOMPARE(result.at("train"), Json("train.tsv"));
        QCOMPARE(result.at("quoting"), Json("none"));
        QCOMPARE(result.at("text_column"), Json("sentence"));
    }

    void enterBeforeTheFileWasReadImportsThen()
    {
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QVERIFY(m_dialog->isVisible());
        m_dialog->setReport("train", sample());
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
        QCOMPARE(m_dialog->parameters().at("label_column"), Json("intent"));
    }

    void anErrorStandsWhereTheFileIsNamedAndKeepsTheDialogOpen()
    {
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        m_dialog->setError("train", QStringLiteral("It is written in UTF-16.\nSave it as UTF-8."));
        QVERIFY(m_dialog->isVisible());
        QVERIFY(!ok()->isEnabled());
        QVERIFY(row("train")->problem().contains(QStringLiteral("UTF-16")));
        QVERIFY(part<QLabel>("importError")->text().contains(QStringLiteral("Save it as UTF-8.")));
    }

    void aFileThatNobodyCouldLookAtIsImportedAsItIsSet()
    {
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        m_dialog->setUnseen("train", QStringLiteral("The engine is not running."));
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
        QCOMPARE(m_dialog->parameters().size(), std::size_t{1});
    }

    void aChangedSettingIsAskedAnewAndKept()
    {
        m_dialog->setReport("train", sample());
        auto* quoting = part<QWidget>("quoting")->findChild<QComboBox*>();
        quoting->setFocus();
        QTest::keyClick(quoting, Qt::Key_End);
        QTRY_COMPARE(m_asked->count(), 2);
        QCOMPARE(m_dialog->options().at("quoting"), Json("none"));
        DataFileReport again = sample();
        again.parameters["quoting"] = "none";
        m_dialog->setReport("train", again);
        QVERIFY(ok()->isEnabled());
        QCOMPARE(m_dialog->parameters().at("quoting"), Json("none"));
    }

    void typingAsksOnceWhenItPauses()
    {
        auto* column = part<QWidget>("text_column")->findChild<QLineEdit*>();
        QTest::keyClicks(column, QStringLiteral("sentence"));
        QTRY_COMPARE(m_asked->count(), 2);
        QCOMPARE(m_dialog->options().at("text_column"), Json("sentence"));
    }

    void theHeaderOffersRoles()
    {
        m_dialog->setReport("train", sample());
        const auto* table = part<QTableView>("previewTable");
        QHeaderView* header = table->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {header->sectionViewportPosition(0) + 4, header->height() / 2});
        auto* menu = part<QMenu>("roleMenu");
        QTRY_VERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return); // the first: text
        QCOMPARE(m_dialog->options().at("text_column"), Json("id"));
        QTRY_COMPARE(m_asked->count(), 2);
    }

    void filesThatDisagreeLeaveTheSettingToBeFoundOut()
    {
        cleanup();
        open({{"train", "train.tsv"}, {"test", "test.tsv"}});
        DataFileReport other = sample();
        other.parameters["header"] = "absent";
        m_dialog->setReport("train", sample());
        QVERIFY(!m_dialog->parameters().contains("quoting")); // the test file is not known yet
        m_dialog->setReport("test", other);
        QVERIFY(!m_dialog->parameters().contains("header"));
        QCOMPARE(m_dialog->parameters().at("quoting"), Json("none"));
        auto* tabs = part<QTabBar>("importParts");
        QCOMPARE(tabs->count(), 2);
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        QVERIFY(part<QTableView>("previewTable")->isVisible());
    }

    void escapeCancels()
    {
        m_dialog->setReport("train", sample());
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QCOMPARE(m_dialog->result(), int(QDialog::Rejected));
    }
};

QTEST_MAIN(tst_ImportDialog)
#include "tst_ImportDialog.moc"
