// SPDX-License-Identifier: GPL-3.0-or-later
// SweepView: starts a sweep over sparsities and methods, shows how far it is, and what was measured as a table: a row a choice, a column a
// sparsity, the best accuracy of each sparsity in bold. It knows no engine.
#pragma once

#include "engine/reports/CompressionReport.h"
#include "widgets/compression/CompressionSettings.h"

#include <QWidget>

#include <map>
#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace espalier {

class EmptyHint;
class JobProgress;
struct Progress;

class SweepView : public QWidget {
    Q_OBJECT

public:
    /// What is swept besides the sparsity; the rest is as chosen beside the slider.
    enum class Scope { Sparsities, Methods, Patterns };
    Q_ENUM(Scope)

    explicit SweepView(QWidget* parent = nullptr);

    void clear();
    /// Forgets what was measured of @p node.
    void forget(const QString& node);
    /// One-shot points; those of other nodes and precisions than the ones shown are kept for when they are.
    void add(const CompressionSettings& settings, const SparsityPoint& point);
    /// Shows the table of this node and precision.
    void showFor(const QString& node, const QString& precision);
    /// A sweep can be started: there is a model.
    void setReady(bool ready);

    void begin();
    void setProgress(const Progress& progress, std::optional<double> secondsLeft);
    /// Choices that could not be measured say why.
    void addFailure(const QString& reason);
    void finish(const QString& text);
    void fail(const QString& text);

    [[nodiscard]] QTableWidget* table() const { return m_table; }

Q_SIGNALS:
    void sweepRequested(espalier::SweepView::Scope scope);
    void cancelRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        CompressionSettings settings;
        std::map<double, SparsityPoint> points; ///< by sparsity
    };

    void retranslate();
    void showTable();
    void fillRow(int row, const Row& content, const std::vector<double>& sparsities);
    void setRunning(bool running);
    [[nodiscard]] std::vector<const Row*> shownRows() const;

    QComboBox* m_scope;
    QPushButton* m_start;
    JobProgress* m_progress;
    QLabel* m_failures;
    EmptyHint* m_empty;
    QTableWidget* m_table;
    QStringList m_reasons;
    std::map<QString, Row> m_rows; ///< by all of the settings
    QString m_node;
    QString m_precision = QStringLiteral("checkpoint");
    bool m_ready = false;
    bool m_running = false;
};

} // namespace espalier
