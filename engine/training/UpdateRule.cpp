// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/UpdateRule.h"

#include "engine/training/AdamW.h"
#include "engine/training/Sgd.h"
#include "engine/training/Trainer.h"

namespace espalier {
namespace {

class AdamWRule final : public UpdateRule {
public:
    [[nodiscard]] bool usesSecondMoments() const override { return true; }

    void dense(const UpdateSettings& settings, const UpdateArrays& a, std::size_t count) const override
    {
        adamWStep(own(settings), settings.step, {a.weights, a.gradients, a.firstMoments, a.secondMoments, a.mask}, count);
    }

    void row(const UpdateSettings& settings, std::int64_t elapsed, const UpdateArrays& a, std::size_t count) const override
    {
        adamWRow(own(settings), settings.step, elapsed, {a.weights, a.gradients, nullptr, a.secondMoments, a.mask}, count);
    }

private:
    static AdamWSettings own(const UpdateSettings& settings)
    {
        return {.learningRate = settings.learningRate, .weightDecay = settings.weightDecay, .beta1 = settings.momentum, .gradientScale = settings.gradientScale};
    }
};

class SgdRule final : public UpdateRule {
public:
    explicit SgdRule(bool nesterov) : m_nesterov(nesterov) {}
    [[nodiscard]] bool usesSecondMoments() const override { return false; }

    void dense(const UpdateSettings& settings, const UpdateArrays& a, std::size_t count) const override
    {
        sgdStep(own(settings), {a.weights, a.gradients, a.firstMoments, a.mask}, count);
    }

    void row(const UpdateSettings& settings, std::int64_t elapsed, const UpdateArrays& a, std::size_t count) const override
    {
        sgdRow(own(settings), elapsed, {a.weights, a.gradients, nullptr, a.mask}, count);
    }

private:
    [[nodiscard]] SgdSettings own(const UpdateSettings& settings) const
    {
        return {settings.learningRate, settings.weightDecay, settings.momentum, m_nesterov, settings.gradientScale};
    }
    bool m_nesterov;
};

} // namespace

std::unique_ptr<UpdateRule> makeUpdateRule(const TrainOptions& options)
{
    if (options.optimiser == "sgd")
        return std::make_unique<SgdRule>(options.nesterov);
    return std::make_unique<AdamWRule>();
}

} // namespace espalier
