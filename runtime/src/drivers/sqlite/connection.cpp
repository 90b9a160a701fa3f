#include "drivers/sqlite/connection.hpp"

#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/value/value.hpp>

#include "drivers/sqlite/decode.hpp"
#include "drivers/sqlite/encode.hpp"
#include "drivers/sqlite/errors.hpp"

namespace lamina::sqlite {
namespace {

/// The virtual machine's instructions between two looks at the deadline: some tens of microseconds.
constexpr int kInstructionsPerLook = 1000;
constexpr std::string_view kReadOnlyBegin = "BEGIN DEFERRED; PRAGMA query_only = 1";

/// Resets a statement however its execution ends; that also ends an implicit transaction.
class Resetter {
public:
    explicit Resetter(sqlite3_stmt* statement) noexcept : statement_(statement) {}
    Resetter(const Resetter&) = delete;
    Resetter& operator=(const Resetter&) = delete;
    ~Resetter() {
        if (statement_ != nullptr) sqlite3_reset(statement_);
    }
    int reset() noexcept { return sqlite3_reset(std::exchange(statement_, nullptr)); }

private:
    sqlite3_stmt* statement_;
};

class Finalizer {
public:
    explicit Finalizer(sqlite3_stmt* statement) noexcept : statement_(statement) {}
    Finalizer(const Finalizer&) = delete;
    Finalizer& operator=(const Finalizer&) = delete;
    ~Finalizer() { sqlite3_finalize(statement_); }

private:
    sqlite3_stmt* statement_;
};

}  // namespace

Connection::Connection(sqlite3* database, const Options& options)
    : database_(database),
      cache_(options.statement_cache_size),
      busy_timeout_(options.busy_timeout.count_nanoseconds()) {
    sqlite3_busy_handler(database_, &on_busy, this);
}

Connection::~Connection() {
    while (cache_.size() > 0) sqlite3_finalize(cache_.take(cache_.oldest()).statement);
    sqlite3_close_v2(database_);
}

Result<void> Connection::start(std::span<driver::Call> calls) {
    calls_ = calls;
    script_ = {};
    return {};
}

Result<void> Connection::start_script(std::string_view sql) {
    calls_ = {};
    script_ = sql;
    return {};
}

void Connection::cancel() noexcept {
    cancelled_.store(true, std::memory_order_relaxed);
    sqlite3_interrupt(database_);
}

void Connection::set_deadline(Deadline deadline) noexcept {
    deadline_ = deadline;
    if (deadline.is_never() == !watched_) return;
    watched_ = !deadline.is_never();
    sqlite3_progress_handler(database_, kInstructionsPerLook, watched_ ? &on_progress : nullptr, this);
}

int Connection::on_progress(void* self) noexcept {
    auto& connection = *static_cast<Connection*>(self);
    if (!connection.deadline_.expired()) return 0;
    connection.timed_out_ = true;
    return 1;
}

/// Another connection holds a lock: waits a little, longer each time, unless it is time to give up.
int Connection::on_busy(void* self, int attempt) noexcept {
    constexpr std::int64_t kFirstNap = 200'000, kLongestNap = 20'000'000;
    auto& connection = *static_cast<Connection*>(self);
    const std::int64_t now = monotonic_nanoseconds();
    if (attempt == 0) connection.busy_since_ = now;
    if (connection.cancelled_.load(std::memory_order_relaxed)) return 0;
    if (now - connection.busy_since_ >= connection.busy_timeout_) return 0;
    if (now >= connection.deadline_.monotonic()) {
        connection.timed_out_ = true;
        return 0;
    }
    const std::int64_t nap = std::min({kFirstNap << std::min(attempt, 10), kLongestNap,
                                       std::max<std::int64_t>(connection.deadline_.monotonic() - now, 1)});
    timespec pause{};
    pause.tv_nsec = nap;
    nanosleep(&pause, nullptr);
    return 1;
}

Result<driver::Wait> Connection::advance() {
    begun_ = watched_ ? monotonic_nanoseconds() : 0;
    timed_out_ = false;
    const bool was_in_transaction = in_transaction();
    const auto calls = std::exchange(calls_, {});
    const auto script = std::exchange(script_, {});
    Result<void> result;
    for (driver::Call& call : calls) {
        result = execute(call);
        if (!result) break;
        call.completed = true;
    }
    if (!script.empty()) result = execute_script(script);
    cancelled_.store(false, std::memory_order_relaxed);
    if (query_only_ && !in_transaction()) [[unlikely]] {
        query_only_ = false;
        sqlite3_exec(database_, "PRAGMA query_only = 0", nullptr, nullptr, nullptr);
    }
    if (result) [[likely]]
        return driver::Wait{};
    // Some failures (a full disk, an interrupted write) undo the whole transaction, not only the statement.
    Error error = std::move(result).error();
    error.with_poisoned_transaction(was_in_transaction && !in_transaction());
    if (error.poisons_connection()) healthy_ = false;
    return error;
}

Result<void> Connection::execute(driver::Call& call) {
    if (cancelled_.load(std::memory_order_relaxed)) return error::cancelled("executing a statement");
    call.affected = 0;
    call.completed = false;
    call.prepared_before = false;
    if (call.id == 0 || cache_.capacity() == 0) {
        if (call.parameters.empty() && call.sink == nullptr) return execute_script(call.sql, &call.affected);
        LAMINA_TRY_ASSIGN(const Prepared prepared, prepare(call.sql, 0));
        const Finalizer finalizer(prepared.statement);
        return step_through(prepared, call);
    }
    LAMINA_TRY_ASSIGN(Prepared * prepared, prepared_for(call));
    return step_through(*prepared, call);
}

/// The cached statement of a call, prepared now if need be.
Result<Connection::Prepared*> Connection::prepared_for(driver::Call& call) {
    if (Prepared* found = cache_.find(call.id); found != nullptr) [[likely]] {
        call.prepared_before = true;
        return found;
    }
    LAMINA_TRY_ASSIGN(const Prepared prepared, prepare(call.sql, SQLITE_PREPARE_PERSISTENT));
    if (cache_.full()) sqlite3_finalize(cache_.take(cache_.oldest()).statement);
    return &cache_.insert(call.id, prepared);
}

Result<Connection::Prepared> Connection::prepare(std::string_view sql, unsigned flags, std::string_view* tail) {
    Prepared prepared;
    const char* rest = nullptr;
    const int result =
        sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), flags, &prepared.statement, &rest);
    if (result != SQLITE_OK) return failure(result);
    if (tail != nullptr) *tail = sql.substr(static_cast<std::size_t>(rest - sql.data()));
    if (prepared.statement == nullptr) {  // nothing but a comment or white space
        if (tail == nullptr) return error::misuse("the statement is empty");
        return prepared;
    }
    prepared.parameters = sqlite3_bind_parameter_count(prepared.statement);
    prepared.rows = sqlite3_column_count(prepared.statement) > 0;
    prepared.changes = sqlite3_stmt_readonly(prepared.statement) == 0;
    return prepared;
}

Result<void> Connection::step_through(const Prepared& prepared, driver::Call& call) {
    sqlite3_stmt* statement = prepared.statement;
    if (static_cast<std::size_t>(prepared.parameters) != call.parameters.size())
        return Error(ErrorCode::RawParameterCount);
    int index = 0;
    for (const Value* value : call.parameters) LAMINA_TRY(bind(database_, statement, ++index, *value));
    const int changed_before = prepared.changes ? sqlite3_total_changes(database_) : 0;

    Resetter resetter(statement);
    std::uint64_t rows = 0;
    int result = sqlite3_step(statement);
    Reader reader(statement);
    if (call.names_columns && call.sink != nullptr && (result == SQLITE_ROW || result == SQLITE_DONE)) {
        LAMINA_TRY(call.sink->columns(reader));
    }
    if (result == SQLITE_ROW) {
        do {
            ++rows;
            if (call.sink != nullptr) LAMINA_TRY(call.sink->row(reader));
            result = call.single_row ? SQLITE_DONE : sqlite3_step(statement);
        } while (result == SQLITE_ROW);
    }
    if (result != SQLITE_DONE) return failure(result);
    // Resetting ends a read transaction, or an implicit write transaction that RETURNING has kept open.
    result = resetter.reset();
    if (result != SQLITE_OK) return failure(result);
    if (prepared.rows) {
        call.affected = rows;
    } else if (prepared.changes && sqlite3_total_changes(database_) != changed_before) {
        call.affected = static_cast<std::uint64_t>(sqlite3_changes(database_));
    }
    return {};
}

/// Executes all statements of a text; the last one's number of rows goes to `affected`.
Result<void> Connection::execute_script(std::string_view sql, std::uint64_t* affected) {
    if (sql == kReadOnlyBegin) query_only_ = true;
    while (!sql.empty()) {
        std::string_view rest;
        LAMINA_TRY_ASSIGN(const Prepared prepared, prepare(sql, 0, &rest));
        sql = rest;
        if (prepared.statement == nullptr) continue;
        const Finalizer finalizer(prepared.statement);
        driver::Call call;
        LAMINA_TRY(step_through(prepared, call));
        if (affected != nullptr) *affected = call.affected;
        if (cancelled_.load(std::memory_order_relaxed)) return error::cancelled("executing a script");
    }
    return {};
}

/// What has gone wrong with the last call, seen together with deadline and cancellation.
Error Connection::failure(int result) {
    const int primary = result & 0xff;
    if (primary == SQLITE_INTERRUPT || primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
        if (timed_out_) {
            return error::operation_timeout((monotonic_nanoseconds() - begun_) / 1'000'000, "executing a statement");
        }
        if (cancelled_.load(std::memory_order_relaxed)) return error::cancelled("executing a statement");
    }
    return database_error(database_, result);
}

Result<std::string_view> Connection::begin_statement(const driver::TransactionMode& mode) const {
    switch (mode.isolation_level) {
        case IsolationLevel::Default:
        case IsolationLevel::Serializable: break;
        case IsolationLevel::ReadUncommitted:
        case IsolationLevel::ReadCommitted:
        case IsolationLevel::RepeatableRead:
        case IsolationLevel::Snapshot:
            return error::unsupported_feature("an isolation level other than Serializable: SQLite has no other");
    }
    // A transaction that reads first and writes later would fail where another has written meanwhile: take the lock at
    // once.
    return mode.read_only ? kReadOnlyBegin : std::string_view("BEGIN IMMEDIATE");
}

}  // namespace lamina::sqlite
