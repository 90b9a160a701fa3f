#include "drivers/postgresql/connection.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <poll.h>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/base/utf8.hpp>
#include <lamina/error/messages.hpp>

#include "drivers/postgresql/errors.hpp"

namespace lamina::postgresql {
namespace {

/// Notices would go to the standard error output.
void drop_notice(void*, const PGresult*) {}

std::uint64_t affected_rows(const PGresult* result) noexcept {
    const char* text = PQcmdTuples(const_cast<PGresult*>(result));  // takes no const, changes nothing
    std::uint64_t rows = 0;
    std::from_chars(text, text + std::strlen(text), rows);
    return rows;
}

}  // namespace

Connection::Name::Name(std::uint32_t number) noexcept : text{'l'} {
    const auto end = std::to_chars(text + 1, text + sizeof text - 1, number);
    *end.ptr = '\0';
}

Connection::Connection(PGconn* connection, std::size_t cache_size)
    : connection_(connection), cancellations_(Cancellations::of(connection)), cache_(cache_size) {
    PQsetnonblocking(connection_, 1);
    PQsetNoticeReceiver(connection_, &drop_notice, nullptr);
}

Connection::~Connection() { PQfinish(connection_); }

// ---- sending
// ---------------------------------------------------------------------------------------------------------

Result<void> Connection::start(std::span<driver::Call> calls) {
    if (phase_ != Phase::Idle) return error::misuse("the connection is still busy with another batch");
    if (!healthy()) return lost_error(connection_).with_poisoned_connection();
    calls_ = calls;
    began_in_transaction_ = in_transaction();
    delivered_ = stale_ = replayed_ = false;
    error_.reset();
    if (calls.empty()) return {};
    return send();
}

Result<void> Connection::start_script(std::string_view sql) {
    if (phase_ != Phase::Idle) return error::misuse("the connection is still busy with another batch");
    if (!healthy()) return lost_error(connection_).with_poisoned_connection();
    calls_ = {};
    began_in_transaction_ = in_transaction();
    delivered_ = stale_ = replayed_ = false;
    error_.reset();
    if (base::find_nul(sql) != base::kNotFound) return error::misuse("the SQL text holds a NUL character");
    if (PQsendQuery(connection_, terminated(sql)) == 0) return send_failed();
    phase_ = Phase::Script;
    flushing_ = true;
    waited_ = false;
    return {};
}

Result<void> Connection::send() {
    expected_.clear();
    unsent_.reset();
    never_prepared_.clear();
    answered_ = 0;
    flushing_ = true;
    waited_ = false;
    for (driver::Call& call : calls_) {
        call.affected = 0;
        call.completed = false;
        call.prepared_before = false;
        if (base::find_nul(call.sql) != base::kNotFound) [[unlikely]]
            return error::misuse("the SQL text holds a NUL character");
    }
    if (calls_.size() == 1) {
        driver::Call& call = calls_.front();
        if (call.id == 0 || cache_.capacity() == 0) return send_single(call);
        if (const Prepared* prepared = cache_.find(call.id); prepared != nullptr && prepared->ready)
            return send_single(call);
    }
    return send_pipeline();
}

/// One statement without a pipeline.
Result<void> Connection::send_single(driver::Call& call) {
    LAMINA_TRY(parameters_.encode(call.parameters, call.type_codes));
    if (call.id == 0 || cache_.capacity() == 0) {
        if (call.parameters.empty() && call.sink == nullptr) {
            if (PQsendQuery(connection_, terminated(call.sql)) == 0) return send_failed();
        } else {
            LAMINA_TRY(send_unnamed(call));
        }
    } else {
        call.prepared_before = true;
        if (!send_execution(cache_.find(call.id)->number)) return send_failed();
    }
    phase_ = Phase::Single;
    return {};
}

Result<void> Connection::send_pipeline() {
    if (PQenterPipelineMode(connection_) == 0) return send_failed();
    phase_ = Phase::Pipeline;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
        if (auto sent = send_piped(i); !sent) {
            if (!healthy()) return sent;
            unsent_ = std::move(sent).error();  // what is sent already runs to its end; then the batch fails with this
            break;
        }
    }
    expected_.push_back({Expected::Kind::Sync, 0, 0});
    if (PQpipelineSync(connection_) == 0) return send_failed();
    return {};
}

Result<void> Connection::send_piped(std::size_t index) {
    driver::Call& call = calls_[index];
    LAMINA_TRY(parameters_.encode(call.parameters, call.type_codes));
    if (call.id == 0 || cache_.capacity() == 0) {
        LAMINA_TRY(send_unnamed(call));
    } else {
        const Prepared* prepared = cache_.find(call.id);
        if (prepared == nullptr) {
            LAMINA_TRY(send_prepare(index));
            prepared = cache_.find(call.id);
        } else {
            call.prepared_before = prepared->ready;
        }
        if (!send_execution(prepared->number)) return send_failed();
    }
    expected_.push_back({Expected::Kind::Execute, 0, index});
    return {};
}

Result<void> Connection::send_unnamed(const driver::Call& call) {
    const char* text = terminated(call.sql);
    const int sent = PQsendQueryParams(connection_, text, parameters_.count(), padded_types(call), parameters_.values(),
                                       parameters_.lengths(), parameters_.formats(), 1);
    return sent == 0 ? send_failed() : Result<void>();
}

/// Prepares a statement under a new name, and closes what has to make room.
Result<void> Connection::send_prepare(std::size_t index) {
    const driver::Call& call = calls_[index];
    if (cache_.full()) to_close_.push_back(cache_.take(cache_.oldest()).number);
    for (const std::uint32_t number : to_close_) {
        text_.assign("DEALLOCATE ").append(Name(number).text);
        if (PQsendQueryParams(connection_, text_.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 0)
            return send_failed();
        expected_.push_back({Expected::Kind::Close, number, index});
    }
    to_close_.clear();
    const std::uint32_t number = ++last_number_;
    const char* text = terminated(call.sql);
    if (PQsendPrepare(connection_, Name(number).text, text, static_cast<int>(call.parameters.size()),
                      padded_types(call)) == 0) {
        return send_failed();
    }
    expected_.push_back({Expected::Kind::Prepare, number, index});
    cache_.insert(call.id, Prepared{number, false});
    return {};
}

bool Connection::send_execution(std::uint32_t number) {
    return PQsendQueryPrepared(connection_, Name(number).text, parameters_.count(), parameters_.values(),
                               parameters_.lengths(), parameters_.formats(), 1) != 0;
}

/// libpq refuses to send only when the connection is gone or out of memory: either way it cannot be used again.
Result<void> Connection::send_failed() {
    healthy_ = false;
    phase_ = Phase::Idle;
    return lost_error(connection_).with_poisoned_connection();
}

const char* Connection::terminated(std::string_view sql) {
    text_.assign(sql);
    return text_.c_str();
}

const std::uint32_t* Connection::padded_types(const driver::Call& call) {
    if (call.type_codes.size() >= call.parameters.size()) return call.type_codes.data();
    if (call.type_codes.empty()) return nullptr;
    types_.assign(call.type_codes.begin(), call.type_codes.end());
    types_.resize(call.parameters.size());
    return types_.data();
}

// ---- receiving
// -------------------------------------------------------------------------------------------------------

Result<driver::Wait> Connection::advance() {
    if (phase_ == Phase::Idle) return driver::Wait{};
    if (waited_ && PQconsumeInput(connection_) == 0) return lost();
    if (flushing_) {
        const int flushed = PQflush(connection_);
        if (flushed < 0) return lost();
        if (flushed > 0) {
            waited_ = true;
            return driver::Wait{driver::Wait::Kind::ReadableOrWritable, PQsocket(connection_)};
        }
        flushing_ = false;
    }
    int ends = 0;  // a pipeline puts an empty result behind every answer
    while (PQisBusy(connection_) == 0) {
        PGresult* result = PQgetResult(connection_);
        if (result == nullptr) {
            if (phase_ != Phase::Pipeline) return finish();
            if (++ends > 1) return lost();
            continue;
        }
        ends = 0;
        try {
            take(result);
        } catch (...) {
            healthy_ = false;  // a sink must not throw; should one, nothing is known about the rest of the batch
            PQclear(result);
            throw;
        }
        PQclear(result);
        if (!healthy()) return lost();
        if (phase_ == Phase::Pipeline && answered_ == expected_.size()) return finish();
    }
    waited_ = true;
    return driver::Wait{driver::Wait::Kind::Readable, PQsocket(connection_)};
}

void Connection::take(PGresult* result) {
    if (phase_ == Phase::Pipeline) return take_piped(result);
    switch (PQresultStatus(result)) {
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
            if (phase_ == Phase::Single) take_execution(result, 0);
            return;
        case PGRES_FATAL_ERROR:
        case PGRES_BAD_RESPONSE:
            if (phase_ != Phase::Rollback) take_failure(result, 0);
            return;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
            error_ = error::unsupported_feature("COPY in a raw statement");
            healthy_ = false;
            return;
        case PGRES_EMPTY_QUERY:
        case PGRES_NONFATAL_ERROR:
        case PGRES_SINGLE_TUPLE:
        case PGRES_PIPELINE_SYNC:
        case PGRES_PIPELINE_ABORTED: return;
    }
}

void Connection::take_piped(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) {
        answered_ = expected_.size();
        return;
    }
    if (answered_ >= expected_.size()) return;
    const Expected expected = expected_[answered_++];
    const bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    switch (expected.kind) {
        case Expected::Kind::Sync: break;
        case Expected::Kind::Close:
            // Kept for the next time, unless there never was such a statement.
            if (!ok &&
                std::find(never_prepared_.begin(), never_prepared_.end(), expected.number) == never_prepared_.end() &&
                status == PGRES_PIPELINE_ABORTED) {
                to_close_.push_back(expected.number);
            }
            break;
        case Expected::Kind::Prepare:
            if (!ok) {
                never_prepared_.push_back(expected.number);
                forget(calls_[expected.call].id, expected.number);
            } else if (Prepared* prepared = cache_.find(calls_[expected.call].id);
                       prepared != nullptr && prepared->number == expected.number) {
                prepared->ready = true;
            }
            break;
        case Expected::Kind::Execute:
            if (ok) take_execution(result, expected.call);
            break;
    }
    if (!ok && status != PGRES_PIPELINE_ABORTED) take_failure(result, expected.call);
}

void Connection::take_execution(const PGresult* result, std::size_t index) {
    if (error_) return;
    driver::Call& call = calls_[index];
    if (PQresultStatus(result) == PGRES_TUPLES_OK) {
        const int rows = PQntuples(result);
        call.affected = static_cast<std::uint64_t>(rows);
        if (call.sink != nullptr && (rows > 0 || call.names_columns)) {
            delivered_ = true;
            Reader reader(result, column_types_);
            if (call.names_columns) {
                if (auto taken = call.sink->columns(reader); !taken) {
                    error_ = std::move(taken).error();
                    return;
                }
            }
            for (int row = 0; row < rows; ++row) {
                reader.set_row(row);
                if (auto taken = call.sink->row(reader); !taken) {
                    error_ = std::move(taken).error();
                    return;
                }
            }
        }
    } else {
        call.affected = affected_rows(result);
    }
    call.completed = true;
}

void Connection::take_failure(const PGresult* result, std::size_t index) {
    if (error_) return;
    error_ = server_error(result);
    if (!is_stale_statement(result) || index >= calls_.size()) return;
    const std::uint64_t id = calls_[index].id;
    if (const Prepared* prepared = id == 0 ? nullptr : cache_.find(id); prepared != nullptr) {
        const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        if (std::string_view(state) != "26000") to_close_.push_back(prepared->number);
        forget(id, prepared->number);
        error_->with_retryable(true);  // inside a transaction, whoever runs the transaction may do it again
        stale_ = true;
    }
}

void Connection::forget(std::uint64_t id, std::uint32_t number) {
    const Prepared* prepared = cache_.find(id);
    if (prepared != nullptr && prepared->number == number) cache_.take(id);
}

/// All of the batch was undone, and nobody has seen a row of it: it can be sent once more.
bool Connection::may_replay() const noexcept {
    return stale_ && healthy_ && !replayed_ && !began_in_transaction_ && !delivered_;
}

Result<driver::Wait> Connection::finish() {
    if (phase_ == Phase::Pipeline && PQexitPipelineMode(connection_) == 0) return lost();
    if (!cancellations_->settled()) [[unlikely]]
        healthy_ = false;  // a signal that is still under way would hit the next statement
    const bool rolled_back = phase_ == Phase::Rollback;
    phase_ = Phase::Idle;
    if (may_replay() && in_transaction()) {  // the batch had a BEGIN in it
        if (PQsendQuery(connection_, "ROLLBACK") == 0) return lost();
        phase_ = Phase::Rollback;
        flushing_ = true;
        waited_ = false;
        return advance();
    }
    if (may_replay() || rolled_back) {
        replayed_ = true;
        error_.reset();
        LAMINA_TRY(send());
        return advance();
    }
    if (!error_ && !unsent_) [[likely]]
        return driver::Wait{};
    Error error = std::move(error_ ? *error_ : *unsent_);
    if (!healthy_) error.with_poisoned_connection();
    return error.with_poisoned_transaction(PQtransactionStatus(connection_) == PQTRANS_INERROR);
}

/// The connection is gone, or cannot be understood any more.
Result<driver::Wait> Connection::lost() {
    healthy_ = false;
    phase_ = Phase::Idle;
    Error error = error_ ? *std::exchange(error_, std::nullopt) : lost_error(connection_);
    return error.with_poisoned_connection().with_poisoned_transaction();
}

void Connection::cancel() noexcept { Cancellations::send(cancellations_); }

bool Connection::peer_closed() noexcept {
    // An idle server says nothing but notices; a dying one sends its last words and hangs up.
    for (int looks = 0; looks < 4; ++looks) {
        pollfd descriptor{};
        descriptor.fd = PQsocket(connection_);
        descriptor.events = POLLIN;
        if (poll(&descriptor, 1, 0) == 0) return false;
        if (PQconsumeInput(connection_) == 0 || PQstatus(connection_) != CONNECTION_OK) {
            healthy_ = false;
            return true;
        }
    }
    return false;
}

Result<std::string_view> Connection::begin_statement(const driver::TransactionMode& mode) const {
    const bool read_only = mode.read_only;
    switch (mode.isolation_level) {
        case IsolationLevel::Default: return std::string_view(read_only ? "BEGIN READ ONLY" : "BEGIN");
        case IsolationLevel::ReadUncommitted:
            return std::string_view(read_only ? "BEGIN ISOLATION LEVEL READ UNCOMMITTED READ ONLY"
                                              : "BEGIN ISOLATION LEVEL READ UNCOMMITTED");
        case IsolationLevel::ReadCommitted:
            return std::string_view(read_only ? "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"
                                              : "BEGIN ISOLATION LEVEL READ COMMITTED");
        case IsolationLevel::RepeatableRead:
            return std::string_view(read_only ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                                              : "BEGIN ISOLATION LEVEL REPEATABLE READ");
        case IsolationLevel::Serializable:
            return std::string_view(read_only ? "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"
                                              : "BEGIN ISOLATION LEVEL SERIALIZABLE");
        case IsolationLevel::Snapshot: break;
    }
    return error::unsupported_feature("the isolation level Snapshot: PostgreSQL calls it RepeatableRead");
}

}  // namespace lamina::postgresql
