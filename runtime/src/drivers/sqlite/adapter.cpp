#include <lamina/base/try.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>
#include <lamina/sql/sqlite/dialect.hpp>

#include "drivers/sqlite/path.hpp"

namespace lamina::sqlite {
namespace {

pool::Options pool_options(std::string_view path, const Options& options) {
    pool::Options pool;
    // Every connection to an in-memory database would see a database of its own.
    pool.max_size = locate(path).memory || options.max_size == 0 ? 1 : options.max_size;
    pool.max_wait = options.max_wait;
    pool.connect_timeout = options.max_wait;
    pool.idle_timeout = Duration::infinite();
    pool.max_lifetime = Duration::infinite();
    pool.check_after = Duration::infinite();
    pool.single_writer = true;
    pool.events = options.events;
    return pool;
}

}  // namespace

Database::Database(std::string_view path, const Options& options)
    : Adapter(dialect::sqlite::dialect(), make_connector(path, options), pool_options(path, options),
              options.statement_timeout) {}

Result<void> Database::check() {
    LAMINA_TRY(pool().acquire(pool::Access::Read));
    return {};
}

}  // namespace lamina::sqlite
