#pragma once

#include <string>
#include <vector>

#include "memory_database.hpp"

namespace fixture {

/// Answers operations by the definitions, over rows in memory: slow and simple, to compare the planner with.
class Oracle {
public:
    /// Rows hold a value per field; those of relation fields are not used.
    using Row = std::vector<Value>;
    /// Which rows of a model are meant, by index.
    using Rows = std::vector<std::size_t>;

    bool nulls_are_greatest = false;  ///< how the database orders NULL by itself
    bool long_decimals_are_blobs = true;
    bool patterns_match_case = false;  ///< unless insensitive

    std::vector<Row> tables[6];
    std::vector<std::pair<int, int>> tags_of_users;  ///< tag id, user id

    std::vector<Node> find_many(const Operation& operation) const;
    std::size_t count(const Operation& operation) const;
    /// The rows as INSERT statements; Decimals too long for a number are BLOBs where `long_decimals_are_blobs`.
    std::string inserts() const;

private:
    enum class Truth { False, True, Unknown };
    static Truth negate(Truth truth);

    Rows related(std::uint16_t model, std::size_t row, FieldId field, std::uint16_t& other) const;
    Truth matches(std::uint16_t model, std::size_t row, const Filter& filter) const;
    Truth compare(const Value& value, const Filter& filter) const;
    /// Less than zero when `left` comes first.
    int order(std::uint16_t model, std::size_t left, std::size_t right,
              const lamina::query::Arguments& arguments) const;
    Rows apply(std::uint16_t model, Rows rows, const lamina::query::Arguments& arguments, bool nested) const;
    Node make(std::uint16_t model, std::size_t row, const lamina::query::Selection& selection) const;
};

/// A readable form, to compare and to show.
std::string to_text(const std::vector<Node>& rows);

}  // namespace fixture
