// SPDX-License-Identifier: GPL-3.0-or-later
// RecipeView: budgets in, a recipe out: fields for what the device allows, the candidates that were tried, the smallest first, with what they cost and
// which budget each misses (those off the frontier of size and accuracy in grey), and the recommendation with its reasons. It knows no engine.
#pragma once

#include "engine/reports/RecipeReport.h"

#include <QWidget>

#include <optional>
#include <vector>

class QCheckBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace espalier {

class CandidateTable;
class EmptyHint;
class JobProgress;
struct Progress;

class RecipeView : public QWidget {
    Q_OBJECT

public:
    explicit RecipeView(QWidget* parent = nullptr);

    void clear();
    /// A search can be started: there is a model.
    void setReady(bool ready);
    /// That will measure time and memory; empty: this computer.
    void setDevice(const QString& device);
    void begin();
    void setProgress(const Progress& progress, std::optional<double> secondsLeft);
    /// The search so far, or an earlier one: its budgets go into the fields when none is under way.
    void showReport(const RecipeReport& report);
    void finish(const QString& text);
    void fail(const QString& text);

    [[nodiscard]] Budgets budgets() const;
    [[nodiscard]] int trainings() const;
    [[nodiscard]] QString recommendation() const;
    [[nodiscard]] CandidateTable* table() const { return m_table; }

Q_SIGNALS:
    void searchRequested(const espalier::Budgets& budgets, int trainings);
    void cancelRequested();
    void applyRequested(const std::vector<espalier::RecipeStep>& steps);

protected:
    void changeEvent(QEvent* event) override;

private:
    /// A budget that may be given: in the field's unit, which is a multiple of the budget's.
    struct Field {
        std::string kind;
        double unit = 1;
        QCheckBox* given;
        QDoubleSpinBox* limit;
    };

    QGridLayout* buildForm();
    void addField(QGridLayout* form, Field field, double usual, int decimals, double greatest);
    QWidget* buildResult();
    void connectParts();
    void retranslate();
    void refresh();
    [[nodiscard]] const RecipeCandidate* recommended() const;

    std::vector<Field> m_fields;
    QLabel* m_trainingsLabel;
    QSpinBox* m_trainings;
    QPushButton* m_start;
    JobProgress* m_progress;
    QLabel* m_recommendation;
    QPushButton* m_apply;
    EmptyHint* m_empty;
    CandidateTable* m_table;
    QString m_device;
    RecipeReport m_report;
    bool m_ready = false;
    bool m_running = false;
};

} // namespace espalier
