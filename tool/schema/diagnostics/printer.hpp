#pragma once

#include <cstddef>
#include <string>

#include "schema/diagnostics/diagnostic.hpp"
#include "support/source_map.hpp"

namespace lamina::schema {

/// How diagnostics are printed.
struct PrintOptions {
    bool colours = false;
    std::size_t most_errors = 100;  ///< further ones are only counted
};

/// One diagnostic as people read it: message, file:line:column, the line with a caret below the place, the hint.
[[nodiscard]] std::string print(const Diagnostic& diagnostic, const support::SourceMap& sources,
                                const PrintOptions& options = {});

/// All of them; errors and warnings in the order in which they were found.
[[nodiscard]] std::string print(const Diagnostics& diagnostics, const support::SourceMap& sources,
                                const PrintOptions& options = {});

}  // namespace lamina::schema
