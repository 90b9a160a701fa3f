#include <lamina/base/try.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>
#include <lamina/sql/postgresql/dialect.hpp>

#include "drivers/postgresql/settings.hpp"

namespace lamina::postgresql {
namespace {

/// The options with what the URL says; when it cannot be read, connecting says why.
Options options_of(std::string_view url, const Options& options) {
    auto settings = read_settings(url, options);
    return settings ? settings->options : options;
}

pool::Options pool_options(const Options& options) {
    pool::Options pool;
    pool.max_size = options.max_size == 0 ? 1 : options.max_size;
    pool.min_idle = options.min_idle;
    pool.max_wait = options.max_wait;
    pool.connect_timeout = options.connect_timeout;
    pool.idle_timeout = options.idle_timeout;
    pool.max_lifetime = options.max_lifetime;
    pool.check_after = options.check_after;
    pool.events = options.events;
    return pool;
}

}  // namespace

Pool::Pool(std::string_view url, const Options& options)
    : Adapter(dialect::postgresql::dialect(), make_connector(url, options), pool_options(options_of(url, options)),
              options_of(url, options).statement_timeout) {}

Result<void> Pool::check() {
    LAMINA_TRY(pool().acquire(pool::Access::Read));
    return {};
}

}  // namespace lamina::postgresql
