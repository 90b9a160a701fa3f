#include <string>
#include <utility>
#include <vector>

#include <libpq-fe.h>

#include <lamina/base/try.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>
#include <lamina/error/messages.hpp>

#include "drivers/postgresql/connection.hpp"
#include "drivers/postgresql/errors.hpp"
#include "drivers/postgresql/settings.hpp"

namespace lamina::postgresql {
namespace {

/// Closes a connection that has not come about.
class Opening {
public:
    explicit Opening(PGconn* connection) noexcept : connection_(connection) {}
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;
    ~Opening() { PQfinish(connection_); }
    PGconn* get() const noexcept { return connection_; }
    PGconn* release() noexcept { return std::exchange(connection_, nullptr); }

private:
    PGconn* connection_;
};

class Connector final : public driver::Connector {
public:
    explicit Connector(Result<Settings> settings) : settings_(std::move(settings)) {}
    Result<base::Owned<driver::Connection>> connect(Deadline deadline) override;

private:
    Error failure(const PGconn* connection) const {
        return connect_error(PQerrorMessage(connection), settings_->address(), settings_->value("user"),
                             settings_->value("dbname"));
    }
    Result<Settings> settings_;
};

/// Only the look-up of the host's name may block: libpq asks the system's resolver.
Result<base::Owned<driver::Connection>> Connector::connect(Deadline deadline) {
    if (!settings_) return settings_.error();
    std::vector<const char*> names, values;
    for (const auto& [name, value] : settings_->parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    const std::int64_t begun = monotonic_nanoseconds();
    Opening opening(PQconnectStartParams(names.data(), values.data(), 0));
    PGconn* connection = opening.get();
    if (connection == nullptr) return error::internal("out of memory");
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);  // the only way to the SQLSTATE of a refused connection
    if (PQstatus(connection) == CONNECTION_BAD) return failure(connection);
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK) {
        if (state == PGRES_POLLING_FAILED) return failure(connection);
        const auto kind = state == PGRES_POLLING_READING ? driver::Wait::Kind::Readable : driver::Wait::Kind::Writable;
        if (!driver::wait_for({kind, PQsocket(connection)}, deadline)) {
            const std::int64_t waited = (monotonic_nanoseconds() - begun) / 1'000'000;
            const std::string reason = "no answer within " + std::to_string(waited) + " ms";
            if (PQstatus(connection) == CONNECTION_STARTED)
                return error::server_unreachable(settings_->address(), reason);
            return Error(ErrorCode::ServerTimeout,
                         "The database server at " + settings_->address() + " was reached, but gave " + reason);
        }
        state = PQconnectPoll(connection);
    }
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
    return base::Owned<driver::Connection>(new Connection(opening.release(), settings_->options.statement_cache_size));
}

}  // namespace

base::Owned<driver::Connector> make_connector(std::string_view url, const Options& options) {
    return base::Owned<driver::Connector>(new Connector(read_settings(url, options)));
}

}  // namespace lamina::postgresql
