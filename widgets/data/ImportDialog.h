// SPDX-License-Identifier: GPL-3.0-or-later
// ImportDialog: how data files are read, before or after they are part of a project. On the left the Dataset node's parameters, on
// the right what was found with them. Every change asks for a new look (readWanted); whoever shows the dialog reads the files and
// hands in reports or errors. It changes no project: after accept, parameters() is what the Dataset node is to hold. Accepted
// before the files were read, it closes when they have been, unless there is an error.
#pragma once

#include "engine/reports/DataFileReport.h"
#include "widgets/pipeline/PipelineModel.h"

#include <QDialog>
#include <QTimer>

#include <optional>

class QDialogButtonBox;
class QLabel;
class QScrollArea;

namespace espalier {

class ImportFindings;
class ParameterForm;

class ImportDialog : public QDialog {
    Q_OBJECT

public:
    struct File {
        std::string part; ///< "train", "validation", "test"
        QString path;     ///< absolute
    };

    /// @p dataset: the Dataset node's parameters as they are; @p folder: what relative files are relative to.
    ImportDialog(const Parameters& dataset, const QString& folder, QWidget* parent = nullptr);
    ~ImportDialog() override;

    /// The files that are named, train first.
    [[nodiscard]] std::vector<File> files() const;
    /// What was set about reading them: the parameters that are not files.
    [[nodiscard]] Parameters options() const;
    /// Files and options, with what was found out written down wherever all files agree.
    [[nodiscard]] Parameters parameters() const;

    void setReport(const std::string& part, const DataFileReport& report);
    void setError(const std::string& part, const QString& text);
    /// The file could not be looked at, which says nothing about the file (no engine): it can be imported as it is set.
    void setUnseen(const std::string& part, const QString& reason);

    void accept() override;

Q_SIGNALS:
    /// files() are to be read anew with options(). Asked at the start, and once the user pauses after a change.
    void readWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    /// What is known of one file; no longer fresh while it is read again.
    struct Look {
        std::optional<DataFileReport> report;
        QString error;
        bool fresh = false;
        bool unseen = false; ///< the error is not the file's
    };

    void layOut();
    void startOver();
    void take(const std::string& part, Look look);
    void setRole(const QString& column, const std::string& role);
    void showAll();
    void showPart();
    void showNotes();
    void showState();
    void retranslate();
    [[nodiscard]] bool allRead() const;
    [[nodiscard]] bool anyError() const;
    [[nodiscard]] Parameters set() const;
    /// What all files' reports say of @p parameter; null where they differ or one is missing.
    [[nodiscard]] Json found(const std::string& parameter) const;

    QString m_folder;
    PipelineModel m_model; ///< one Dataset node: the form edits it, the project stays as it is
    std::map<std::string, Look> m_looks;
    bool m_acceptWhenRead = false;
    QTimer m_pause;
    ParameterForm* m_form;
    QScrollArea* m_scroll;
    ImportFindings* m_findings;
    QLabel* m_state;
    QDialogButtonBox* m_buttons;
};

} // namespace espalier
