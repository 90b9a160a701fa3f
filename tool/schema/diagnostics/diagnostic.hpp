#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "support/source_map.hpp"

namespace lamina::schema {

/// An error makes the schema invalid; a warning does not.
enum class Severity : std::uint8_t { Error, Warning };

/// One thing that is wrong, and where.
struct Diagnostic {
    Severity severity = Severity::Error;
    std::string message;
    support::Span span{};
    std::string hint;  ///< what to do about it, e.g. "did you mean `User`?"; often empty

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// Collects what is wrong, in the order in which it was found. Keeps the first ten thousand and counts the rest: nobody
/// reads them, and a file of nothing but mistakes must not cost more than its own size.
class Diagnostics {
public:
    /// Adds one.
    void push(Diagnostic diagnostic) {
        ++(diagnostic.severity == Severity::Error ? errors_ : warnings_);
        if (all_.size() < kMost) all_.push_back(std::move(diagnostic));
    }
    [[nodiscard]] bool has_errors() const noexcept { return errors_ != 0; }
    [[nodiscard]] std::size_t error_count() const noexcept { return errors_; }
    [[nodiscard]] std::size_t warning_count() const noexcept { return warnings_; }
    /// How many were found, kept or not.
    [[nodiscard]] std::size_t total() const noexcept { return errors_ + warnings_; }
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
    /// Errors and warnings in the order in which they were found.
    [[nodiscard]] const std::vector<Diagnostic>& all() const noexcept { return all_; }

private:
    static constexpr std::size_t kMost = 10'000;
    std::vector<Diagnostic> all_;
    std::size_t errors_ = 0, warnings_ = 0;
};

}  // namespace lamina::schema
