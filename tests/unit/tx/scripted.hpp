#pragma once

#include <string>
#include <vector>

#include <lamina/driver/connection.hpp>
#include <lamina/pool/pool.hpp>

namespace lamina::test {

/// What a scripted connection has been told, and at which statement it fails.
struct Log {
    std::vector<std::string> statements;
    int fail_at = -1;              ///< the statement of that number fails
    bool lose_connection = false;  ///< … because the connection is lost
    bool undo_all = false;         ///< … and the database undoes the whole transaction
    bool poison = true;            ///< … and the transaction can only be rolled back
    int transactions_left_open = 0;
};

/// A connection that keeps a log and knows BEGIN, COMMIT and ROLLBACK.
class ScriptedConnection final : public driver::Connection {
public:
    explicit ScriptedConnection(Log& log) : log_(log) {}
    ~ScriptedConnection() override {
        if (open_ && healthy_) ++log_.transactions_left_open;
    }

    Result<void> start(std::span<driver::Call> calls) override {
        calls_ = calls;
        script_.clear();
        return {};
    }
    Result<void> start_script(std::string_view sql) override {
        calls_ = {};
        script_ = sql;
        return {};
    }
    Result<driver::Wait> advance() override {
        for (driver::Call& call : calls_) {
            if (auto done = execute(std::string(call.sql)); !done) return std::move(done).error();
            call.completed = true;
            call.affected = 1;
        }
        if (!script_.empty()) {
            if (auto done = execute(script_); !done) return std::move(done).error();
        }
        return driver::Wait{};
    }
    void cancel() noexcept override {}
    void abandon() noexcept override { healthy_ = false; }
    bool healthy() const noexcept override { return healthy_; }
    bool in_transaction() const noexcept override { return open_; }
    Result<std::string_view> begin_statement(const driver::TransactionMode& mode) const override {
        return std::string_view(mode.read_only ? "BEGIN READ ONLY" : "BEGIN");
    }

private:
    Result<void> execute(const std::string& sql) {
        const int number = static_cast<int>(log_.statements.size());
        log_.statements.push_back(sql);
        if (number == log_.fail_at) {
            if (log_.lose_connection) healthy_ = false;
            if (log_.undo_all || sql.substr(0, 6) == "COMMIT") open_ = false;
            Error error(ErrorCode::UniqueViolation);
            error.with_poisoned_connection(log_.lose_connection);
            error.with_poisoned_transaction(open_ && log_.poison);
            return error;
        }
        if (sql.substr(0, 5) == "BEGIN") open_ = true;
        if (sql == "COMMIT" || sql == "ROLLBACK") open_ = false;
        return {};
    }

    Log& log_;
    std::span<driver::Call> calls_;
    std::string script_;
    bool open_ = false;
    bool healthy_ = true;
};

class ScriptedConnector final : public driver::Connector {
public:
    explicit ScriptedConnector(Log& log) : log_(log) {}
    Result<base::Owned<driver::Connection>> connect(Deadline) override {
        return base::Owned<driver::Connection>(new ScriptedConnection(log_));
    }

private:
    Log& log_;
};

inline pool::Options one_connection() {
    pool::Options options;
    options.max_size = 1;
    options.idle_timeout = Duration::infinite();
    options.max_lifetime = Duration::infinite();
    return options;
}

}  // namespace lamina::test
