// SPDX-License-Identifier: GPL-3.0-or-later
// Devices, releases and answers as the deployment library knows them and as the widgets show them.
#pragma once

#include "engine/deployment/Device.h"
#include "engine/deployment/Releases.h"
#include "widgets/devices/AnswerCard.h"
#include "widgets/devices/DeviceItem.h"

namespace espalier {

struct TimedAnswer {
    DeviceAnswer answer;
    double milliseconds = 0; ///< with the way to the device and back
};

DeviceItem toItem(const Device& device);
/// @p base: the device as it is on the list, whose unknown fields are kept.
Device toDevice(const DeviceItem& item, Device base);
QList<ReleaseItem> toItems(const std::vector<ReleaseInfo>& releases);
LabelAnswer toLabelAnswer(const TimedAnswer& timed);

} // namespace espalier
