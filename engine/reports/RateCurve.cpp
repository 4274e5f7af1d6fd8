// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/RateCurve.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace espalier {
namespace {

constexpr std::size_t reach = 4;         ///< slopes are taken over so many points to each side: one point's noise must not decide
constexpr double worthwhile = 0.02;      ///< a smaller share of the first loss is no fall

std::string text(double value)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2g", value);
    return buffer;
}

} // namespace

Json toJson(const RateCurve& curve)
{
    Json points = Json::array();
    for (const auto& point : curve.points)
        points.push_back({{"rate", point.rate}, {"loss", point.loss}});
    return {{"points", points}, {"suggestion", curve.suggestion}, {"reason", curve.reason}};
}

void suggestRate(RateCurve& curve)
{
    const auto& points = curve.points;
    curve.suggestion = 0;
    const auto lowest = std::min_element(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.loss < b.loss; });
    if (points.size() < 2 * reach + 1 || lowest->loss > points.front().loss * (1 - worthwhile)) {
        curve.reason = "The loss does not fall at any rate that was tried. Look at the data and the model first.";
        return;
    }
    double steepest = 0;
    const auto end = std::min(points.size() - reach, static_cast<std::size_t>(lowest - points.begin()) + 1);
    for (std::size_t i = reach; i < end; ++i) {
        const auto& left = points[i - reach];
        const auto& right = points[i + reach];
        const double slope = (right.loss - left.loss) / std::log(right.rate / left.rate);
        if (slope < steepest) {
            steepest = slope;
            curve.suggestion = points[i].rate;
        }
    }
    if (curve.suggestion == 0)
        curve.suggestion = lowest->rate / 10;
    curve.reason = "The loss falls fastest at a rate of " + text(curve.suggestion) + " and is lowest at " + text(lowest->rate) +
                   (lowest + 1 == points.end() ? "." : "; beyond that it grows.");
}

} // namespace espalier
