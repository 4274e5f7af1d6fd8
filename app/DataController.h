// SPDX-License-Identifier: GPL-3.0-or-later
// DataController: keeps the data view at what the chosen Dataset or Split node holds: asks the engine while the view is open, again when
// what feeds the node has changed, and for the rows that are looked at.
#pragma once

#include "widgets/data/RowsPanel.h"

#include <QObject>
#include <QTimer>

namespace espalier {

class DataPanel;
class EngineClient;
class ProjectDocument;

class DataController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        DataPanel* view;
    };
    explicit DataController(const Parts& parts, QObject* parent = nullptr);

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    /// Asks for the summary when the view is open and shows something else.
    void refresh();
    void askRows(const RowsRequest& request);
    /// Of @p text by the pipeline's tokenizer.
    void askTokens(const QString& text);
    /// The current node where it holds data, else the one shown, else the pipeline's first that does.
    [[nodiscard]] std::string nodeToShow() const;

    Parts m_parts;
    QTimer m_soon;        ///< edits come in bursts
    std::string m_node;   ///< that the view shows, or waits for
    std::string m_recipe; ///< of m_node then
    int m_question = 0;
};

} // namespace espalier
