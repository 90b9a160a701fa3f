#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include <lamina/driver/connection.hpp>

#include "driver/statement_cache.hpp"
#include "drivers/postgresql/cancellations.hpp"
#include "drivers/postgresql/decode.hpp"
#include "drivers/postgresql/encode.hpp"

namespace lamina::postgresql {

/// A connection to a server, over libpq without its blocking calls.
///
/// One statement that is prepared already, or is not to be kept, goes the cheapest way: Bind, Describe, Execute, Sync
/// in one packet. Everything else is a pipeline with one Sync at its end.
class Connection final : public driver::Connection {
public:
    /// Takes an open connection over. `cache_size` 0: no statement is prepared under a name.
    Connection(PGconn* connection, std::size_t cache_size);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() override;

    Result<void> start(std::span<driver::Call> calls) override;
    Result<void> start_script(std::string_view sql) override;
    Result<driver::Wait> advance() override;
    void cancel() noexcept override;
    void abandon() noexcept override { healthy_ = false; }
    bool healthy() const noexcept override { return healthy_ && PQstatus(connection_) == CONNECTION_OK; }
    bool in_transaction() const noexcept override { return PQtransactionStatus(connection_) != PQTRANS_IDLE; }
    bool peer_closed() noexcept override;
    Result<std::string_view> begin_statement(const driver::TransactionMode& mode) const override;

private:
    /// A statement prepared under a name on the server, or being so: its number makes the name.
    struct Prepared {
        std::uint32_t number = 0;
        bool ready = false;
    };
    /// What has been sent and not been answered.
    struct Expected {
        enum class Kind : std::uint8_t { Close, Prepare, Execute, Sync };
        Kind kind = Kind::Execute;
        std::uint32_t number = 0;  ///< of the statement to close or prepare
        std::size_t call = 0;
    };
    enum class Phase : std::uint8_t { Idle, Single, Pipeline, Script, Rollback };
    /// A statement's name: "l" and its number.
    struct Name {
        explicit Name(std::uint32_t number) noexcept;
        char text[12];
    };

    Result<void> send();
    Result<void> send_single(driver::Call& call);
    Result<void> send_pipeline();
    Result<void> send_piped(std::size_t index);
    Result<void> send_unnamed(const driver::Call& call);
    Result<void> send_prepare(std::size_t index);
    bool send_execution(std::uint32_t number);
    Result<void> send_failed();
    const char* terminated(std::string_view sql);
    const std::uint32_t* padded_types(const driver::Call& call);

    void take(PGresult* result);
    void take_piped(const PGresult* result);
    void take_execution(const PGresult* result, std::size_t index);
    void take_failure(const PGresult* result, std::size_t index);
    void forget(std::uint64_t id, std::uint32_t number);
    Result<driver::Wait> finish();
    Result<driver::Wait> lost();
    bool may_replay() const noexcept;

    PGconn* connection_;
    std::shared_ptr<Cancellations> cancellations_;
    driver::StatementCache<Prepared> cache_;
    std::uint32_t last_number_ = 0;
    std::vector<std::uint32_t> to_close_;  ///< statements that have lost their place in the cache
    std::vector<std::uint32_t> never_prepared_;

    std::span<driver::Call> calls_;
    std::vector<Expected> expected_;
    std::size_t answered_ = 0;
    Phase phase_ = Phase::Idle;
    bool flushing_ = false;
    bool waited_ = false;
    bool began_in_transaction_ = false;
    bool delivered_ = false;  ///< a sink has seen a row
    bool stale_ = false;      ///< a statement has to be prepared anew
    bool replayed_ = false;
    bool healthy_ = true;
    std::optional<Error> error_;
    std::optional<Error> unsent_;  ///< why the rest of the batch was not sent

    Parameters parameters_;
    std::string text_;
    std::vector<std::uint32_t> types_;
    std::vector<std::uint32_t> column_types_;
};

}  // namespace lamina::postgresql
