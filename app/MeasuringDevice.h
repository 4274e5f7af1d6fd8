// SPDX-License-Identifier: GPL-3.0-or-later
// MeasuringDevice: which device measures time and memory of packages in this project, as the panel's choice says: its name goes into requests, and
// figures of another device, or of another runtime, count as not measured.
#pragma once

#include "engine/core/Json.h"
#include "engine/deployment/Device.h"
#include "engine/reports/CompressionReport.h"

#include <QObject>
#include <QStringList>

#include <functional>

namespace espalier {

class CompressionPanel;
class ProjectDocument;

class MeasuringDevice : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        CompressionPanel* panel;
        std::function<Json()> secrets = [] { return Json::object(); }; ///< of devices, as typed in so far
    };
    explicit MeasuringDevice(const Parts& parts, QObject* parent = nullptr);

    /// The user's devices have these names.
    void setDevices(const QStringList& names);
    /// Shows the project's choice; its results were cleared.
    void showChoice();
    [[nodiscard]] bool isThisComputer() const { return espalier::isThisComputer(m_device); }
    void addTo(Json& request) const;
    void forgetCostOfOthers(SparsityPoint& point) const;

Q_SIGNALS:
    /// Another one from now on; empty: this computer.
    void changed(const QString& device);

private:
    void choose(const QString& name);
    void read(const QString& name);

    Parts m_parts;
    QStringList m_others; ///< names of devices beside this computer
    Device m_device = thisComputer();
};

} // namespace espalier
