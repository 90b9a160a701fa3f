#pragma once

#include "generate/tables.hpp"
#include "support/problem.hpp"

namespace lamina::generate {

/// Fails when two things of the schema would have the same C++ name: models `order` and `Order`, a model `UserCreate`
/// beside a model `User`, an enum called like a model's fields. The problem names both.
[[nodiscard]] support::Outcome<> check_names(const Tables& tables);

}  // namespace lamina::generate
