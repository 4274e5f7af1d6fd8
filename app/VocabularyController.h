// SPDX-License-Identifier: GPL-3.0-or-later
// VocabularyController: answers the vocabulary view's wish for the counts of the chosen checkpoint through the engine, and turns "cut" into one
// undoable edit of the pipeline.
#pragma once

#include <QObject>

#include <string>

namespace espalier {

class CompressionPanel;
class EngineClient;
class ProjectDocument;
class VocabularyView;

class VocabularyController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        CompressionPanel* panel;
    };
    explicit VocabularyController(const Parts& parts, QObject* parent = nullptr);

Q_SIGNALS:
    /// The Cut vocabulary node now has these settings; @p added: it is new.
    void applied(const std::string& node, bool added);

private:
    void ask();
    void apply(int minFrequency);
    std::string addCutBehind(const std::string& source);

    Parts m_parts;
    VocabularyView* m_view;
    int m_question = 0;
};

} // namespace espalier
