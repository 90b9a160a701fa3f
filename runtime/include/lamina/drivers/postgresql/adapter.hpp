#pragma once

#include <cstdint>
#include <string_view>

#include <lamina/client/adapter.hpp>

namespace lamina::postgresql {

/// How a server is reached, and how many connections are kept.
struct Options {
    std::uint32_t max_size = 10;
    std::uint32_t min_idle = 0;
    Duration max_wait = Duration::seconds(10);
    Duration connect_timeout = Duration::seconds(5);
    Duration idle_timeout = Duration::seconds(600);
    Duration max_lifetime = Duration::seconds(1800);
    Duration check_after = Duration::seconds(30);
    Duration statement_timeout = Duration::infinite();  ///< of the client: it cancels the statement; P1008
    /// Prepared statements kept per connection; 0: none, for a pooler in transaction mode (also with `?pgbouncer=true`
    /// in the URL).
    std::uint32_t statement_cache_size = 256;
    EventSink events;
};

/// A pool of connections to a PostgreSQL database.
///
/// `url` is postgresql://user:password@host:port/database?parameters with libpq's parameters, and Prisma's `schema`,
/// `connection_limit`, `pool_timeout`, `connect_timeout`, `pgbouncer`, `statement_cache_size`, `sslaccept` and
/// `sslidentity`; or a libpq connection string ("host=… dbname=…"). Opens nothing yet: what is wrong with the URL or
/// the server is said by the first query, or by `check()`.
class Pool final : public Adapter {
public:
    explicit Pool(std::string_view url, const Options& options = {});

    /// Opens a connection, or takes an idle one, and gives it back. Fails with what connecting fails with (P1000,
    /// P1001, P1003, P1013 …).
    Result<void> check();
};

/// The connector alone, for those who need connections without a pool.
base::Owned<driver::Connector> make_connector(std::string_view url, const Options& options = {});

}  // namespace lamina::postgresql
