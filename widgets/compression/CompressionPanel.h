// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionPanel: the sparsity slider and what it costs. While the hand moves it shows predictions from the profile (drawn as
// estimates); when the hand rests it asks for a measurement, and then shows what was measured. It only looks up tables: it knows
// no engine, no file and no thread. The app answers profileRequested with setProfile() and measurementRequested with setMeasured().
#pragma once

#include "engine/reports/BaselineScore.h"
#include "engine/reports/CompressionReport.h"
#include "engine/reports/FlipReport.h"
#include "widgets/compression/CompressionSettings.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace espalier {

class CompressionChoices;
class CompressionReadout;
class EmptyHint;
class FlipsView;
class GradualProposal;
class LayerTable;
class MeasuredPoints;
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
    /// In whole percent, 0 to 99; behaves as if the hand had moved there.
    void setSparsity(int percent);
    [[nodiscard]] int sparsity() const;

    /// The answer to the last profileRequested.
    void setProfile(const SparsityProfile& profile);
    /// A measured point for the current settings: the answer to measurementRequested, or one of a fine-tuned checkpoint.
    void setMeasured(const SparsityPoint& point);
    /// The same for @p settings, which may have been left since: the point is kept for when they come back.
    void setMeasured(const SparsityPoint& point, const CompressionSettings& settings);
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
    void profileRequested(const espalier::CompressionSettings& settings);
    /// @p sparsity 0 to 0.99. Once after the hand rests; and once for 0, when the dense model has not been measured yet.
    void measurementRequested(const espalier::CompressionSettings& settings, double sparsity);
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
    void requestProfile();
    void handMoved();
    void handRested();
    void requestMeasurement(int percent);
    void measureDenseOnce();
    void showHand();
    void showChart();
    void tryAgain();
    [[nodiscard]] std::vector<LayerSparsity> estimatedLayers() const;
    [[nodiscard]] bool hasSource() const;

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
    QLabel* m_honest;
    QPushButton* m_apply;

    QTimer m_rest; ///< runs while the hand moves; at its end the hand rests
    std::unique_ptr<MeasuredPoints> m_points;
    std::map<QString, BaselineScore> m_baselines; ///< by node
    std::optional<SparsityProfile> m_profile; ///< of settings(); none while the engine makes it
    std::optional<int> m_asked; ///< percent whose measurement is on its way
};

} // namespace espalier
