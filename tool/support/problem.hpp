#pragma once

#include <string>

#include <lamina/base/result.hpp>

namespace lamina::support {

/// Why the command cannot go on: a sentence for people.
struct Problem {
    std::string message;
};

/// A value, or why there is none.
template <class T = void>
using Outcome = BasicResult<T, Problem>;

}  // namespace lamina::support
