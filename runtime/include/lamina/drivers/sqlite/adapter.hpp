#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <lamina/client/adapter.hpp>

namespace lamina::sqlite {

/// How far a commit has reached the disk when it returns. Normal may lose the last commits, never the database, when
/// the power fails.
enum class Synchronous : std::uint8_t { Off, Normal, Full };

/// How a database file is opened, and how many connections are kept.
struct Options {
    std::uint32_t max_size = 4;  ///< connections; one of them may write at a time. An in-memory database has one
    Duration max_wait = Duration::seconds(10);
    Duration busy_timeout = Duration::seconds(5);  ///< to wait for locks of other processes; P2034 when it takes longer
    Duration statement_timeout = Duration::infinite();
    std::uint32_t statement_cache_size = 256;  ///< prepared statements kept per connection; 0: none
    bool read_only = false;
    bool create = true;  ///< false: P1003 when there is no such file
    bool foreign_keys = true;
    bool wal = true;  ///< write-ahead log: readers and the writer do not wait for each other
    Synchronous synchronous = Synchronous::Full;
    EventSink events;
};

/// A database file, or an in-memory database, and its connections.
///
/// `path` is a plain path, ":memory:", or a URL as the schema language has it ("file:./app.db", relative to the working
/// directory), with SQLite's own URI parameters if wanted ("file:app.db?mode=ro"). Opens nothing yet: what is wrong
/// with the path is said by the first query, or by `Database::check()`.
class Database final : public Adapter {
public:
    explicit Database(std::string_view path, const Options& options = {});

    /// Opens a connection, or takes an idle one, and gives it back. Fails with what opening fails with (P1001, P1003,
    /// L1005 …).
    Result<void> check();
};

/// The connector alone, for those who need connections without a pool.
base::Owned<driver::Connector> make_connector(std::string_view path, const Options& options = {});

}  // namespace lamina::sqlite
