// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionChoices: the lists that make up CompressionSettings. Scores, methods, patterns and embeddings are those of the Prune
// node, precisions those of the Package node, read from the node catalogue: a new one appears here by itself.
#pragma once

#include "widgets/compression/CompressionSettings.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;

namespace espalier {

class CompressionChoices : public QWidget {
    Q_OBJECT

public:
    explicit CompressionChoices(QWidget* parent = nullptr);

    /// Keeps the chosen source when it is still there, else takes the first. Emits nothing.
    void setSources(const std::vector<CompressionSource>& sources);
    /// Values that are not on the lists change nothing. Emits nothing.
    void setSettings(const CompressionSettings& settings);
    [[nodiscard]] CompressionSettings settings() const;
    /// "Train: LAMP, All layers together, Any weight, Own budget", and the layers that go their own way.
    [[nodiscard]] QString describe(const CompressionSettings& settings) const;

Q_SIGNALS:
    /// The user chose something else. Another source's layers are others: what was said of layers is gone then.
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Choice {
        QLabel* label;
        QComboBox* box;
    };

    Choice addChoice(QHBoxLayout* row, const QString& objectName);
    void retranslate();

    Choice m_source;
    Choice m_precision;
    Choice m_score;
    Choice m_method;
    Choice m_pattern;
    Choice m_embeddings;
    QString m_layerSparsities; ///< those two have no list here: the table of layers shows them
    QString m_excluded;
};

} // namespace espalier
