#pragma once

#include <string>
#include <vector>

#include <lamina/client/batch.hpp>
#include <lamina/client/raw.hpp>
#include <lamina/client/session.hpp>
#include <lamina/query/operation.hpp>

namespace lamina::typed_tests {

/// A session that keeps the operation that it is asked to run, and answers with empty rows.
class RecordingSession final : public Session {
public:
    query::Operation operation;
    std::size_t row_count = 1;          ///< how many rows to answer with
    const RowLayout* layout = nullptr;  ///< the layout that was asked for
    void (*fill)(void* row) = nullptr;  ///< called with the address of every new row
    std::size_t runs = 0;

    Result<std::uint64_t> run(const query::Operation& asked, const RowLayout* rows_layout, void* rows) override {
        ++runs;
        operation = asked;
        layout = rows_layout;
        if (rows_layout == nullptr) return row_count;
        for (std::size_t i = 0; i < row_count; ++i) {
            void* row = rows_layout->append(rows);
            if (fill != nullptr) fill(row);
        }
        return row_count;
    }
    Result<std::vector<std::string>> sql(const query::Operation& asked) override {
        operation = asked;
        return std::vector<std::string>{"SELECT"};
    }
    Result<void> batch(std::span<BatchCall> calls, const BatchOptions&) override {
        for (BatchCall& call : calls) {
            auto count = run(*call.operation, call.layout, call.rows);
            if (!count) return std::move(count).error();
            call.count = *count;
        }
        return {};
    }
    Result<std::uint64_t> run_raw(const Sql&, RowSink*) override { return std::uint64_t{0}; }
    Result<void> transaction(const TransactionOptions&, base::FunctionRef<Result<void>(Session&)> body) override {
        return body(*this);
    }
};

}  // namespace lamina::typed_tests
