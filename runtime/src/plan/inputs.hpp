#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <lamina/plan/plan.hpp>
#include <lamina/plan/table.hpp>

namespace lamina::plan {

/// The rows that one run of a plan writes: tables of the request, divided into the plan's row sets, with defaults
/// filled in. Values live as long as this object (and the request).
class Inputs {
public:
    /// `now` is the moment that Now stands for in this run.
    Inputs(const Plan& plan, std::span<const Table> tables, Value now);

    /// How many rows the set has.
    std::size_t rows(RowSetId set);
    /// How many rows the set's table has.
    std::size_t total(RowSetId set) const;
    /// Where the k-th row of the set stands in its table.
    std::size_t place(RowSetId set, std::size_t row);

    /// The value of a column in row `row` of its set. The address stays valid.
    const Value* cell(std::uint32_t column, const EnumLabels* labels, std::size_t row);
    /// The values of a column in all rows of its set, as one list.
    Value list(std::uint32_t column, const EnumLabels* labels);
    /// The sum of the numbers of rows, or of distinct rows, of tables.
    std::size_t count(std::span<const std::uint16_t> tables, bool distinct) const;

private:
    struct Members {
        bool known = false;
        bool all = false;
        std::vector<std::uint32_t> rows;
    };
    const Members& members(RowSetId set);
    const Value* given(const InputColumn& column, std::size_t row);
    Value make(const InputColumn& column, const EnumLabels* labels, const Value* given) const;

    const Plan& plan_;
    std::span<const Table> tables_;
    Value now_;
    std::vector<Members> sets_;
    std::vector<std::vector<Value>> made_;  ///< per column: values that are not the request's own
};

/// A value that the client makes: an identifier, or `now`.
Value generate(const Generator& generator, const Value& now);
/// The database's name of an enum's label, for a label as the schema writes it; lists element by element.
Value with_database_label(const Value& value, const EnumLabels& labels);

}  // namespace lamina::plan
