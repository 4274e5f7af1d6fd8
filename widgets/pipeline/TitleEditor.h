// SPDX-License-Identifier: GPL-3.0-or-later
// A line edit laid over a node's title. Enter and leaving the field rename the node; Escape does not.
#pragma once

#include <QLineEdit>
#include <QPointer>

#include <string>

namespace espalier {

class PipelineView;

class TitleEditor : public QObject {
    Q_OBJECT

public:
    explicit TitleEditor(PipelineView& view) : m_view(view) {}

    void open(const std::string& node);
    void cancel();
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void commit();

    PipelineView& m_view;
    QPointer<QLineEdit> m_field;
    std::string m_node;
};

} // namespace espalier
