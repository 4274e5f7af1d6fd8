// SPDX-License-Identifier: GPL-3.0-or-later
// NodePalette: the node types there are, by category, to drag onto the canvas or to add with a double click or Enter.
// Made from the catalogue alone.
#pragma once

#include <QWidget>

#include <string>

class QLineEdit;
class QTreeWidget;

namespace espalier {

class NodePalette : public QWidget {
    Q_OBJECT

public:
    explicit NodePalette(QWidget* parent = nullptr);

    QLineEdit* searchField() { return m_search; }
    QTreeWidget* list() { return m_list; }

Q_SIGNALS:
    void nodeRequested(const std::string& type); ///< double click, Enter, or Enter in the search field for the first hit

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void rebuild();
    void filter();
    void requestFirstHit();

    QLineEdit* m_search;
    QTreeWidget* m_list;
};

} // namespace espalier
