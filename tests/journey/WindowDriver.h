// SPDX-License-Identifier: GPL-3.0-or-later
// WindowDriver: a user's hands on the main window: mouse presses on nodes, ports and buttons, keys on fields. For tests only.
#pragma once

#include "app/MainWindow.h"

#include <QtTest>

#include <algorithm>

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace espalier {
class PipelineView;
}

namespace espalier::test {

class WindowDriver {
public:
    explicit WindowDriver(MainWindow& window) : m_window(window) {}

    /// The descendant of that name and type; fails the test when it is not there.
    template <typename T>
    T* find(const char* name) const
    {
        T* const found = m_window.findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("The window has no '%s'.", name);
        return found;
    }

    void keys(const QString& sequence);
    void click(const char* button);
    /// Replaces a line edit's text by typing.
    void type(QLineEdit* field, const QString& text);

    [[nodiscard]] PipelineView& canvas() const;
    /// Presses on the palette's entry of that node type and carries it to @p scenePos; returns the new node's id.
    std::string dragFromPalette(const std::string& type, const QPointF& scenePos);
    void dragWire(const std::string& from, const std::string& output, const std::string& to, const std::string& input);
    void clickNode(const std::string& node);
    /// Types @p value into the inspector's field of that parameter.
    void setParameter(const std::string& node, const char* parameter, const QString& value);

private:
    [[nodiscard]] QPoint onCanvas(const QPointF& scenePos) const;
    void carry(QTreeWidget& list, QTreeWidgetItem& entry, const QPoint& at);
    void mouse(QEvent::Type type, QWidget* widget, const QPoint& at, Qt::MouseButtons held);

    MainWindow& m_window;
};

/// The longest time this thread's event loop kept a 5 ms timer waiting.
class Heartbeat : public QObject {
public:
    Heartbeat();
    void begin();
    [[nodiscard]] qint64 longestMilliseconds() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_sinceBeat;
    qint64 m_longest = 0;
};

} // namespace espalier::test
