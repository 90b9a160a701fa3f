#pragma once

#include <map>
#include <string>

#include "case.hpp"

namespace conformance {

using Captured = std::map<std::string, Json>;

/// Puts captured values into a request or an expectation: "${v1}" becomes the value, "…${v1}…" gets its text.
Json with_captured(const Json& json, const Captured& captured);

/// Replaces {"$type": …, "value": v} by v everywhere.
Json without_tags(const Json& json);

/// Checks an answer against all that the step expects of it. Empty when it is as expected, else what is not.
std::string check(const Json& step, const Json& answer, const Captured& captured);

/// Keeps what the step captures of the answer. Empty, or what is missing.
std::string capture(const Json& step, const Json& answer, Captured& captured);

}  // namespace conformance
