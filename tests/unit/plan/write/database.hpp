#pragma once

#include <string>
#include <vector>

#include <lamina/base/owned.hpp>
#include <lamina/driver/connection.hpp>
#include <lamina/query/operation.hpp>
#include <lamina/sql/dialect.hpp>

#include "unit/plan/write/tiny_schema.hpp"

namespace test {

/// A row of any shape.
struct DynamicRow {
    static constexpr std::size_t kWidth = 12;
    static constexpr std::size_t kRelations = 4;
    lamina::Value values[kWidth];
    std::vector<DynamicRow> related[kRelations];
};

/// Plans operations and executes the plans on a connection.
class Database {
public:
    Database(const TinySchema& schema, const lamina::dialect::Dialect& dialect, lamina::driver::Connection& connection)
        : schema_(schema), dialect_(dialect), connection_(connection) {}

    /// What the operation gives, as JSON; or its error. Transactions are opened as the plan wants them.
    lamina::Result<std::string> run(const lamina::query::Operation& operation);
    /// The texts that were executed by the last run, BEGIN and COMMIT included.
    const std::vector<std::string>& executed() const { return executed_; }
    /// Lets the statement number `n` (from 0) of the next run fail before it is executed.
    void fail_at(std::size_t n) { fail_at_ = n; }

private:
    lamina::Result<std::uint64_t> execute(const lamina::query::Operation& operation, std::vector<DynamicRow>& rows);
    lamina::Result<std::uint64_t> interpret(const lamina::query::Operation& operation, std::vector<DynamicRow>& rows,
                                            bool& in_transaction);
    lamina::Result<void> script(const char* sql);
    std::string to_json(const lamina::query::Operation& operation, const std::vector<DynamicRow>& rows,
                        std::uint64_t count) const;

    const TinySchema& schema_;
    const lamina::dialect::Dialect& dialect_;
    lamina::driver::Connection& connection_;
    std::vector<std::string> executed_;
    std::size_t fail_at_ = SIZE_MAX;
};

}  // namespace test
