#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>

#include <sqlite3.h>

#include <lamina/driver/connection.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>

#include "driver/statement_cache.hpp"

namespace lamina::sqlite {

/// A connection to a database file. Work is done by advance(), which never asks to wait: SQLite has no socket.
class Connection final : public driver::Connection {
public:
    /// Takes the open database over.
    Connection(sqlite3* database, const Options& options);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() override;

    Result<void> start(std::span<driver::Call> calls) override;
    Result<void> start_script(std::string_view sql) override;
    Result<driver::Wait> advance() override;
    void cancel() noexcept override;
    void abandon() noexcept override { healthy_ = false; }
    void set_deadline(Deadline deadline) noexcept override;
    bool healthy() const noexcept override { return healthy_; }
    bool in_transaction() const noexcept override { return sqlite3_get_autocommit(database_) == 0; }
    Result<std::string_view> begin_statement(const driver::TransactionMode& mode) const override;

private:
    /// A prepared statement and what never changes about it.
    struct Prepared {
        sqlite3_stmt* statement = nullptr;
        int parameters = 0;
        bool rows = false;     ///< it gives rows
        bool changes = false;  ///< it may change the database
    };

    Result<void> execute(driver::Call& call);
    Result<void> execute_script(std::string_view sql, std::uint64_t* affected = nullptr);
    Result<Prepared> prepare(std::string_view sql, unsigned flags, std::string_view* tail = nullptr);
    Result<Prepared*> prepared_for(driver::Call& call);
    Result<void> step_through(const Prepared& prepared, driver::Call& call);
    Error failure(int result);
    static int on_progress(void* self) noexcept;
    static int on_busy(void* self, int attempt) noexcept;

    sqlite3* database_;
    driver::StatementCache<Prepared> cache_;
    std::span<driver::Call> calls_;
    std::string_view script_;
    Deadline deadline_;
    std::int64_t begun_ = 0;
    std::int64_t busy_timeout_;  ///< nanoseconds
    std::int64_t busy_since_ = 0;
    bool watched_ = false;  ///< the progress handler is installed
    bool timed_out_ = false;
    bool query_only_ = false;  ///< inside a read-only transaction
    bool healthy_ = true;
    std::atomic<bool> cancelled_ = false;
};

}  // namespace lamina::sqlite
