#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <lamina/error/error.hpp>
#include <lamina/query/operation.hpp>
#include <lamina/value/row.hpp>

namespace lamina {

/// What the typed face talks to: a client on a pool, or an open transaction. Delegates hold a reference to one.
class Session {
  public:
    virtual ~Session() = default;

    /// Runs an operation. Rows are appended to the std::vector<Row> at `rows`, whose row type `layout` describes
    /// (both null for actions without rows). Gives the affected rows of *_many actions and the number for count, else the
    /// number of rows read.
    /// Fails with any lamina::Error; find_*_or_throw, update and delete of a missing row with P2025.
    virtual Result<std::uint64_t> run(const query::Operation& operation, const RowLayout* layout, void* rows) = 0;

    /// The statements that run() would send for the operation, in order. Statements of later levels hold parameters for keys.
    virtual Result<std::vector<std::string>> sql(const query::Operation& operation) = 0;

  protected:
    Session() = default;
    Session(const Session&) = default;
    Session& operator=(const Session&) = default;
};

}  // namespace lamina
