// SPDX-License-Identifier: GPL-3.0-or-later
// TextField: a line edit whose Ctrl+Z is the pipeline's, and which takes a dropped file as its path.
#pragma once

#include <QLineEdit>

namespace espalier {

class TextField : public QLineEdit {
    Q_OBJECT

public:
    explicit TextField(QWidget* parent = nullptr);
    /// A dropped local file is reported through fileDropped() instead of being typed in.
    void setTakesFiles(bool takes) { m_takesFiles = takes; }

Q_SIGNALS:
    void fileDropped(const QString& path);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    bool m_takesFiles = false;
};

} // namespace espalier
