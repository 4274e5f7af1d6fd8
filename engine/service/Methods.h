// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol's methods, a line a member in Methods.cpp. A method computes its result from parameters; the server decides on
// which thread it runs and what it cancels.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/pipeline/DataView.h"
#include "engine/service/JsonRpc.h"
#include "engine/service/WireForm.h"

#include <memory>
#include <stop_token>

namespace espalier {

/// What methods share. One per server.
class MethodState {
public:
    explicit MethodState(RpcWriter& rpcWriter) : writer(rpcWriter) {}

    RpcWriter& writer;
    Workspace workspace;
    std::mutex labMutex; ///< the lab serves one request at a time
    std::shared_ptr<CompressionLab> lab; ///< of the checkpoint asked about last
    RunControl runControl; ///< what was asked of the run under way
    std::mutex dataMutex; ///< the same for the view
    std::shared_ptr<DataView> dataView; ///< of the data asked about last
    std::optional<Tokenizer> tokenizer; ///< asked about last, under the same mutex
    std::string tokenizerPrint;         ///< the fingerprint of what made it
};

/// A failed method; @c extra joins the error's data.
struct MethodError {
    Error error;
    Json extra = Json::object();
};

struct MethodResult {
    Json value;
    std::optional<MethodError> failure = {};
};
MethodResult wrapped(Result<Json> result);

struct Method {
    /// Immediate: answered on the reading thread. Lane names: one at a time each, beside the other lanes; where the lane is Run or Search, another
    /// request is refused meanwhile.
    enum class Lane { Immediate, Run, Lab, Data, Search, Study };
    std::string id;
    Lane lane = Lane::Immediate;
    /// Whether a newer request of the same method cancels one that waits or runs.
    bool newestWins = false;
    MethodResult (*call)(MethodState&, const Json& params, const std::stop_token&) = nullptr;
    std::string givesWayTo = {}; ///< a request of that method cancels one of this, too
};

const Catalog<Method>& methodCatalog();

} // namespace espalier
