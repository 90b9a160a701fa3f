#pragma once

#include <chrono>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "generators/process.hpp"
#include "support/problem.hpp"

namespace lamina::generators {

/// Is given every line of a generator's standard error that is not an answer.
using Log = std::function<void(std::string_view line)>;

/// Asks a generator's program by Prisma's protocol: JSON-RPC 2.0, a request a line on its standard input, an answer a
/// line on its standard error, among lines for people.
class Conversation {
public:
    /// `limit`: how long an answer may take. Program and log must outlive the conversation.
    Conversation(Process& program, std::chrono::milliseconds limit, const Log& log)
        : program_{program}, limit_{limit}, log_{log} {}

    /// Sends a request and gives the answer's `result`. A problem when the generator answers with an error (its
    /// message), ends, does not answer in time, or when Ctrl-C is pressed.
    [[nodiscard]] support::Outcome<nlohmann::ordered_json> ask(std::string_view method,
                                                               const nlohmann::ordered_json& params);

private:
    [[nodiscard]] std::string why_no_answer(Process::Event event, std::string_view method) const;

    Process& program_;
    std::chrono::milliseconds limit_;
    const Log& log_;
    int last_id_ = 0;
};

}  // namespace lamina::generators
