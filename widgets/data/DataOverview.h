// SPDX-License-Identifier: GPL-3.0-or-later
// DataOverview: the first page of the data view: rows, repeats and overlap of each part, and the scripts that the texts are written in.
#pragma once

#include "engine/reports/DatasetSummary.h"

#include <QWidget>

class QTableWidget;

namespace espalier {

class DataOverview : public QWidget {
    Q_OBJECT

public:
    explicit DataOverview(QWidget* parent = nullptr);

    void setSummary(const DatasetSummary& summary);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showParts();
    void showScripts();
    void retranslate();

    DatasetSummary m_summary;
    QTableWidget* m_parts;
    QTableWidget* m_scripts;
};

} // namespace espalier
