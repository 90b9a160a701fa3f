#pragma once

#include <optional>
#include <string_view>

#include <lamina/client/session.hpp>

#include "json/response.hpp"

namespace lamina::json {

/// Runs a request and writes its value. Fails as Face::run.
Result<void> run_request(Session& session, const Context& context, Options options, const Request& request,
                         JsonWriter& out);

/// Writes {"data":{…}} or {"errors":[…]}.
void write_answer(JsonWriter& out, std::string_view name, std::string_view value);
void write_failure(JsonWriter& out, const Error& error, std::optional<std::size_t> batch_index = std::nullopt);

/// Lowers and runs a request, and writes its answer.
void answer_request(Session& session, const Context& context, Options options, JsonView json, JsonWriter& out);

}  // namespace lamina::json
