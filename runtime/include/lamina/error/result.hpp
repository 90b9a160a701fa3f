#pragma once

#include <lamina/base/result.hpp>
#include <lamina/error/error.hpp>

namespace lamina {

/// A value, or why there is none. `value()` throws the error.
template <class T = void>
using Result = BasicResult<T, Error>;

}  // namespace lamina
