// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionPanel: the sparsity slider and what it costs. While the hand moves, on the slider or on a layer's bar, it shows predictions from
// the profile (drawn as estimates); when the hand rests it asks for measurements, and then shows what was measured. It only looks up
// tables: it knows no engine, no file and no thread. The app answers profileRequested with setProfile(), measurementRequested with
// setMeasured() and costRequested with setCost().
#pragma once

#include "engine/reports/BaselineScore.h"
#include "engine/reports/CompressionReport.h"
#include "engine/reports/FlipReport.h"
#include "engine/reports/SparsityEstimate.h"
#include "widgets/compression/MeasuredPoints.h"
#include "widgets/compression/MeasurementPlan.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace espalier {

class CompressionChoices;
class CompressionReadout;
class DeviceChoice;
class EmptyHint;
class FlipsView;
class GainLine;
class GradualProposal;
class LayerTable;
class SparsitySlider;
class TradeoffChart;
class VocabularyView;

class CompressionPanel : public QWidget {
    Q_OBJECT

public:
    explicit CompressionPanel(QWidget* parent = nullptr);
    ~CompressionPanel() override;

    /// The nodes that have a checkpoint. None: the empty state. Keeps the chosen one when it is still there.
    /// Emits profileRequested when the chosen one changed.
    void setSources(const std::vector<CompressionSource>& sources);
    /// Sets the choices (of a Prune node, say) without asking for a profile twice: emits profileRequested once when they differ.
    void setSettings(const CompressionSettings& settings);
    [[nodiscard]] CompressionSettings settings() const;
    /// The slider's position nearest to a sparsity of 0 to 1; behaves as if the hand had moved there.
    void setSparsity(double sparsity);
    [[nodiscard]] double sparsity() const;

    /// The answer to the last profileRequested: of the settings without layers of their own.
    void setProfile(const SparsityProfile& profile);
    /// A measured point for the current settings: the answer to measurementRequested, or one of a fine-tuned checkpoint.
    void setMeasured(const SparsityPoint& point);
    /// The same for @p settings, which may have been left since: the point is kept for when they come back.
    void setMeasured(const SparsityPoint& point, const CompressionSettings& settings);
    /// The same of a model that a node holds: see MeasuredPoint.
    void setMeasured(const MeasuredPoint& measured);
    /// Those of earlier runs, in place of what was there.
    void setEarlier(std::vector<MeasuredPoint> points);
    /// The answer to costRequested.
    void setCost(const CompressionSettings& settings, double sparsity, const EdgeCost& cost);
    /// Latency and memory cannot be measured on the chosen device, for that reason: they are not asked for again.
    void setCostObstacle(const QString& reason);
    /// Devices beside this computer that could measure them, and the one that does; empty: this computer.
    void setDevices(const QStringList& others, const QString& chosen);
    /// Forgets latency and memory, and asks for them when the hand rests.
    void measureAnew();
    /// Least accuracy that is good enough, 0 to 1; nullopt: none. Emits nothing.
    void setFloor(std::optional<double> accuracy);
    /// What hashed n-grams reach on the data of @p node, to be drawn beside it.
    void setBaseline(const QString& node, const BaselineScore& baseline);
    /// What the package of the chosen node's checkpoint, or of one pruned from it, answers otherwise; none: there is no such comparison.
    void setFlips(const std::optional<FlipReport>& flips);
    /// Another tab beside the layers, with @p page's window title for its name.
    void addPage(QWidget* page);
    void setMeasuring(bool on);
    /// Says so beside the slider and offers to try again; empty: takes it away.
    void setError(const QString& text);
    /// Forgets sources, profile and measured points.
    void clear();
    /// Forgets what was measured of @p node: its checkpoint changed. Emits profileRequested when it is the chosen one.
    void invalidate(const QString& node);

    [[nodiscard]] SparsitySlider* slider() const { return m_slider; }
    [[nodiscard]] TradeoffChart* chart() const { return m_chart; }
    [[nodiscard]] LayerTable* layers() const { return m_layers; }
    [[nodiscard]] FlipsView* flips() const { return m_flips; }
    [[nodiscard]] VocabularyView* vocabulary() const { return m_vocabulary; }
    [[nodiscard]] CompressionReadout* readout() const { return m_readout; }

Q_SIGNALS:
    /// Of the settings without layers of their own: the panel adds what those change.
    void profileRequested(const espalier::CompressionSettings& settings);
    /// @p sparsity 0 to 0.995. Once after the hand rests; and once for 0, when the dense model has not been measured yet.
    void measurementRequested(const espalier::CompressionSettings& settings, double sparsity);
    /// Latency and memory of a position whose accuracy is known.
    void costRequested(const espalier::CompressionSettings& settings, double sparsity);
    /// The user chose another node, whose layers may go their own way in the pipeline.
    void sourceChosen(const QString& node);
    /// The user went to the model that @p node holds.
    void modelChosen(const QString& node);
    /// Latency and memory are wanted from another device; empty: this computer. What was known of them is forgotten.
    void deviceChosen(const QString& device);
    /// The user moved the floor, or took it away.
    void floorChanged(std::optional<double> accuracy);
    /// The Prune node is to be set so.
    void applyRequested(const espalier::CompressionSettings& settings, double sparsity);
    /// The same, with weights going little by little while it trains.
    void gradualRequested(const espalier::CompressionSettings& settings, double sparsity);
    /// The empty state's button.
    void trainRequested();
    /// @p content is to be kept in a file of the user's choice; @p suggestedName ends in .png, .svg or .csv.
    void saveRequested(const QString& suggestedName, const QByteArray& content);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildWork();
    QWidget* buildErrorBar();
    QWidget* buildFooter();
    void connectParts();
    void retranslate();
    void settingsChanged();
    void choiceMade();
    void layersChanged(const LayerChoices& choices);
    void goTo(const MeasuredPoint& point);
    void showLayerChoices();
    void requestProfile();
    void handMoved();
    void handRested();
    void askNext();
    void ask(const MeasurementWish& wish);
    void showHand();
    void showMeasured(const MeasuredPoint& measured);
    void showPrediction();
    void showChart();
    void tryAgain();
    void showPlace();
    void deviceChanged();
    [[nodiscard]] int step() const;
    [[nodiscard]] LayerChoices layerChoices() const;
    [[nodiscard]] bool hasSource() const;
    [[nodiscard]] bool isPredicted() const;
    /// The chosen score cannot be measured before training.
    [[nodiscard]] bool onlyTrainingTells() const;

    QStackedWidget* m_pages;
    EmptyHint* m_empty;
    CompressionChoices* m_choices;
    SparsitySlider* m_slider;
    CompressionReadout* m_readout;
    GradualProposal* m_proposal;
    TradeoffChart* m_chart;
    QTabWidget* m_tabs;
    LayerTable* m_layers;
    FlipsView* m_flips;
    VocabularyView* m_vocabulary;
    QWidget* m_errorBar = nullptr;
    QLabel* m_errorText;
    QPushButton* m_retry;
    GainLine* m_gain;
    DeviceChoice* m_device;
    QPushButton* m_apply;

    QTimer m_rest; ///< runs while the hand moves; at its end the hand rests
    MeasuredPoints m_points;
    std::map<QString, bool> m_distilled; ///< by source
    QString m_profiledNode;              ///< whose profile was asked for last
    std::map<QString, BaselineScore> m_baselines; ///< by node
    std::optional<SparsityProfile> m_profile; ///< of settings(); none while the engine makes it
    std::optional<MeasurementWish> m_asked; ///< on its way
    bool m_costs = true; ///< whether they can be measured
    bool m_layersMoved = false; ///< a bar was moved since the hand rested
};

} // namespace espalier
