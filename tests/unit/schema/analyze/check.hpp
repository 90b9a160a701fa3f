#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "schema/analyze/analyze.hpp"

/// What the tests of the analyzer share.
namespace lamina::schema::test {

/// All databases that have rules.
[[nodiscard]] Connectors connectors();

/// A schema text and what came of it. Views point into it, so it does not move.
struct Checked {
    support::SourceMap sources;
    Analysis analysis;
};

/// Checks one text.
[[nodiscard]] std::unique_ptr<Checked> check(std::string text);

/// Checks a text below a datasource of that provider, and requires it to be valid.
[[nodiscard]] std::unique_ptr<Checked> check_valid(std::string_view provider, std::string_view text);

}  // namespace lamina::schema::test
