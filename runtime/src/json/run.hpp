#pragma once

#include <string>

#include <lamina/client/session.hpp>

#include "json/response.hpp"

namespace lamina::json {

/// Runs a request and writes its value. Fails as Face::run.
Result<void> run_request(Session& session, const Context& context, Options options, JsonView json, JsonWriter& out,
                         std::string& name);

/// Runs a request and writes {"data":{…}} or {"errors":[…]}.
void answer_request(Session& session, const Context& context, Options options, JsonView json, JsonWriter& out);

}  // namespace lamina::json
