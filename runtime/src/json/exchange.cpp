#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/json/exchange.hpp>
#include <lamina/tx/transaction.hpp>
#include <lamina/value/json_document.hpp>

#include "client/transaction_session.hpp"
#include "json/batch.hpp"
#include "json/run.hpp"

namespace lamina::json {

/// An interactive transaction, or what is remembered of one that has ended.
struct Interactive {
    enum class State : std::uint8_t { Open, Committed, RolledBack, Expired };
    State state = State::Open;
    std::unique_ptr<tx::Transaction> transaction;
    std::unique_ptr<client::TransactionSession> session;
    std::int64_t timeout_milliseconds = 0;
    std::int64_t begun = 0;
    Deadline deadline;
};

namespace {

constexpr std::array<std::pair<std::string_view, IsolationLevel>, 5> kIsolationLevels = {
    {{"ReadUncommitted", IsolationLevel::ReadUncommitted},
     {"ReadCommitted", IsolationLevel::ReadCommitted},
     {"RepeatableRead", IsolationLevel::RepeatableRead},
     {"Snapshot", IsolationLevel::Snapshot},
     {"Serializable", IsolationLevel::Serializable}}};

Result<IsolationLevel> read_isolation_level(JsonView json) {
    const auto given = json.find("isolationLevel");
    if (!given || given->is_null()) return IsolationLevel::Default;
    const std::string name = given->is_string() ? given->as_string() : std::string(given->text());
    for (const auto& [known, level] : kIsolationLevels) {
        if (known == name) return level;
    }
    return Error(ErrorCode::InconsistentColumnData,
                 "Inconsistent column data: Conversion failed: Invalid isolation level `" + name + "`");
}

Result<Duration> read_duration(JsonView json, std::string_view name, Duration otherwise) {
    const auto given = json.find(name);
    if (!given || given->is_null()) return otherwise;
    const auto milliseconds = given->as_int64();
    if (!milliseconds || *milliseconds < 0) {
        return problems::not_a_request("`" + std::string(name) + "` must be a number of milliseconds");
    }
    return Duration::milliseconds(*milliseconds);
}

Error closed(std::string_view what, Interactive::State state) {
    const std::string_view how =
        state == Interactive::State::Committed ? "a committed transaction." : "a transaction that was rolled back.";
    return Error(ErrorCode::TransactionFailed, "Transaction API error: Transaction already closed: A " +
                                                   std::string(what) + " cannot be executed on " + std::string(how));
}

Error expired(std::string_view what, const Interactive& interactive) {
    const std::int64_t passed = (monotonic_nanoseconds() - interactive.begun) / 1'000'000;
    return Error(ErrorCode::TransactionFailed,
                 "Transaction API error: Transaction already closed: A " + std::string(what) +
                     " cannot be executed on an expired transaction. The timeout for this transaction was " +
                     std::to_string(interactive.timeout_milliseconds) + " ms, however " + std::to_string(passed) +
                     " ms passed since the start of the transaction. Consider increasing the interactive transaction "
                     "timeout or doing less work in the transaction.");
}

void sleep(std::int64_t milliseconds) {
    timespec pause{};
    pause.tv_sec = static_cast<time_t>(milliseconds / 1000);
    pause.tv_nsec = static_cast<long>(milliseconds % 1000) * 1'000'000;
    nanosleep(&pause, nullptr);
}

}  // namespace

struct Exchange::State {
    client::Executor& executor;
    Options options;
    Context context;
    std::map<std::string, Interactive> transactions;

    State(client::Executor& used, Options wanted)
        : executor(used), options(wanted), context(used.schema(), used.adapter().dialect().has_lists()) {}

    void answer(JsonView json, JsonWriter& out);
    Result<void> operate(JsonView json, const std::string& name);
    Result<void> start(JsonView json, const std::string& name);
    Result<void> end(const std::string& name, bool commit);
    Result<Session*> session(JsonView json);
    Result<Interactive*> find(const std::string& name, std::string_view what);
    void batch(JsonView json, JsonView requests, JsonWriter& out);
    void separately(Session& session, JsonView requests, JsonWriter& out);
    Result<void> script(const std::string& text);
    void expire_overdue();
};

namespace {

void write_done(JsonWriter& out, const Result<void>& result) {
    if (!result) return write_failure(out, result.error());
    out.begin_object().name("ok").boolean(true).end_object();
}

}  // namespace

/// Locks of a transaction whose time is over must not outlast it, even if nobody asks for it again.
void Exchange::State::expire_overdue() {
    for (auto& [name, interactive] : transactions) {
        if (interactive.state != Interactive::State::Open || !interactive.deadline.expired()) continue;
        interactive.state = Interactive::State::Expired;
        interactive.session.reset();
        interactive.transaction.reset();
    }
}

Result<Interactive*> Exchange::State::find(const std::string& name, std::string_view what) {
    const auto found = transactions.find(name);
    if (found == transactions.end()) {
        return Error(
            ErrorCode::TransactionFailed,
            "Transaction API error: Transaction not found. Transaction ID is invalid, refers to an old closed "
            "transaction Prisma doesn't have information about anymore, or was obtained before disconnecting.");
    }
    Interactive& interactive = found->second;
    if (interactive.state == Interactive::State::Expired) return expired(what, interactive);
    if (interactive.state != Interactive::State::Open) return closed(what, interactive.state);
    return &interactive;
}

Result<Session*> Exchange::State::session(JsonView json) {
    const auto name = json.find("tx");
    if (!name || name->is_null()) return &executor;
    if (!name->is_string()) return problems::not_a_request("`tx` must be a text");
    LAMINA_TRY_ASSIGN(Interactive * found, find(name->as_string(), "query"));
    return found->session.get();
}

Result<void> Exchange::State::start(JsonView json, const std::string& name) {
    const auto known = transactions.find(name);
    if (known != transactions.end() && known->second.state == Interactive::State::Open) {
        return problems::not_a_request("there is an open transaction `" + name + "` already");
    }
    LAMINA_TRY_ASSIGN(const IsolationLevel level, read_isolation_level(json));
    LAMINA_TRY_ASSIGN(const Duration max_wait, read_duration(json, "maxWait", Duration::seconds(2)));
    LAMINA_TRY_ASSIGN(const Duration timeout, read_duration(json, "timeout", Duration::seconds(5)));
    LAMINA_TRY_ASSIGN(pool::Lease lease, executor.adapter().pool().acquire(pool::Access::Write, max_wait));
    LAMINA_TRY_ASSIGN(const std::string_view begin, lease.connection().begin_statement({level, false}));
    Interactive interactive;
    interactive.begun = monotonic_nanoseconds();
    interactive.timeout_milliseconds = timeout.count_milliseconds();
    interactive.deadline = Deadline::after(timeout);
    interactive.transaction = std::make_unique<tx::Transaction>(
        std::move(lease), tx::Transaction::Options{begin, timeout, 1}, executor.adapter().events());
    interactive.session = std::make_unique<client::TransactionSession>(executor, *interactive.transaction);
    transactions.insert_or_assign(name, std::move(interactive));
    return {};
}

Result<void> Exchange::State::end(const std::string& name, bool commit) {
    LAMINA_TRY_ASSIGN(Interactive * found, find(name, commit ? "commit" : "rollback"));
    Result<void> result;
    // After a failed statement there is nothing to commit: whoever asked was told, and the database rolls back.
    if (commit && found->transaction->usable()) {
        result = found->transaction->commit();
    } else {
        found->transaction->rollback();
    }
    found->state = commit && result ? Interactive::State::Committed : Interactive::State::RolledBack;
    found->session.reset();
    found->transaction.reset();
    return result;
}

Result<void> Exchange::State::operate(JsonView json, const std::string& name) {
    const auto transaction = json.find("tx");
    if (!transaction || !transaction->is_string()) return problems::not_a_request("`tx` is missing");
    const std::string id = transaction->as_string();
    if (name == "tx_start") return start(json, id);
    if (name == "tx_commit") return end(id, true);
    if (name == "tx_rollback") return end(id, false);
    return problems::not_a_request("unknown `op`: " + name);
}

Result<void> Exchange::State::script(const std::string& text) {
    LAMINA_TRY_ASSIGN(const pool::Lease lease, executor.adapter().pool().acquire(pool::Access::Write));
    return driver::run_script(lease.connection(), text, Deadline::after(executor.adapter().statement_timeout()));
}

/// Each request by itself: one may fail and the others not.
void Exchange::State::separately(Session& session, JsonView requests, JsonWriter& out) {
    Batch batch(context, options);
    for (const JsonView request : requests) batch.add(request);
    out.begin_object().name("batchResult").begin_array();
    for (std::size_t i = 0; i < batch.size();) {
        const std::size_t together = batch.together(i);
        if (together > 1) {
            JsonWriter answers;
            if (batch.run(session, i, together, answers)) {
                out.raw(answers.text());
                i += together;
                continue;
            }
        }
        for (const std::size_t end = i + together; i < end; ++i) {
            JsonWriter answer;
            if (const auto ran = batch.run(session, i, 1, answer); !ran) {
                write_failure(out, ran.error());
            } else {
                out.raw(answer.text());
            }
        }
    }
    out.end_array().end_object();
}

void Exchange::State::batch(JsonView json, JsonView requests, JsonWriter& out) {
    auto used = session(json);
    if (!used) return write_failure(out, used.error());
    const auto transaction = json.find("transaction");
    const bool together = transaction && (transaction->as_boolean() || transaction->is_object());
    if (!together) return separately(**used, requests, out);
    Batch batch(context, options);
    // All are checked before the first is run.
    for (const JsonView request : requests) {
        batch.add(request);
        if (const auto lowered = batch.check(); !lowered) return write_failure(out, lowered.error(), batch.size() - 1);
    }
    TransactionOptions mode;
    mode.timeout = Duration::infinite();
    auto level = read_isolation_level(transaction->is_object() ? *transaction : json);
    if (!level) return write_failure(out, level.error());
    mode.isolation_level = *level;
    std::optional<std::size_t> failed;
    JsonWriter results;
    const Result<void> result = (*used)->transaction(mode, [&batch, &failed, &results](Session& inner) -> Result<void> {
        results.begin_array();
        for (std::size_t i = 0; i < batch.size();) {
            const std::size_t count = batch.together(i);
            if (auto ran = batch.run(inner, i, count, results); !ran) {
                failed = i;
                return ran;
            }
            i += count;
        }
        results.end_array();
        return {};
    });
    if (!result) return write_failure(out, result.error(), failed);
    out.begin_object().name("batchResult").raw(results.text()).end_object();
}

void Exchange::State::answer(JsonView json, JsonWriter& out) {
    expire_overdue();
    if (!json.is_object()) return write_failure(out, problems::not_a_request("it must be an object"));
    if (const auto name = json.find("op"); name && name->is_string()) {
        return write_done(out, operate(json, name->as_string()));
    }
    if (const auto text = json.find("sql"); text && text->is_string())
        return write_done(out, script(text->as_string()));
    if (const auto time = json.find("sleep"); time && time->is_number()) {
        const auto milliseconds = time->as_int64();
        if (!milliseconds || *milliseconds < 0 || *milliseconds > 3'600'000) {
            return write_failure(out, problems::not_a_request("`sleep` must be milliseconds, an hour at most"));
        }
        sleep(*milliseconds);
        return write_done(out, {});
    }
    if (const auto requests = json.find("batch")) {
        if (!requests->is_array()) return write_failure(out, problems::not_a_request("`batch` must be a list"));
        return batch(json, *requests, out);
    }
    auto used = session(json);
    if (!used) return write_failure(out, used.error());
    answer_request(**used, context, options, json, out);
}

Exchange::Exchange(client::Executor& executor, Options options) : state_(new State(executor, options)) {}
Exchange::~Exchange() = default;

std::string Exchange::answer(std::string_view line) {
    JsonWriter out;
    auto document = JsonDocument::parse(std::string(line));
    if (document) {
        state_->answer(document->root(), out);
    } else {
        write_failure(out, problems::not_a_request(document.error().message()));
    }
    return out.take_text();
}

}  // namespace lamina::json
