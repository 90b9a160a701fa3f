#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/model/types.hpp"

namespace lamina::schema::rules {

/// What is wrong with the text of a default value of that type; none when nothing is.
[[nodiscard]] std::optional<std::string> check_literal(ScalarType type, std::string_view text);

}  // namespace lamina::schema::rules
