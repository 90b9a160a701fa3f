#pragma once

#include <string>
#include <string_view>

#include <lamina/base/owned.hpp>
#include <lamina/client/executor.hpp>
#include <lamina/json/options.hpp>

namespace lamina::json {

/// A conversation in lines of JSON: requests, batches, interactive transactions (several may be open), scripts.
///
/// A line is a request of the protocol (`"tx": "t1"`: inside that transaction), `{"batch": […], "transaction": true,
/// "isolationLevel": …}`, `{"op": "tx_start", "tx": "t1", "maxWait": ms, "timeout": ms, "isolationLevel": …}` or the
/// same with tx_commit or tx_rollback, `{"sql": script}`, or `{"sleep": ms}`. Answers are `{"data": …}`,
/// `{"batchResult": […]}`, `{"ok": true}` or `{"errors": […]}`. One thread at a time.
class Exchange {
public:
    /// The executor must outlive the exchange.
    explicit Exchange(client::Executor& executor, Options options = {});
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    /// Rolls back what is still open.
    ~Exchange();

    /// The answer to one line, without a line break. Never fails: what is wrong stands in the answer.
    std::string answer(std::string_view line);

private:
    struct State;
    base::Owned<State> state_;
};

}  // namespace lamina::json
