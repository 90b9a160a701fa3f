#include "providers/postgresql/database.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include <lamina/base/try.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/driver/url.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>

#include "migrate/script.hpp"
#include "migrate/text_query.hpp"
#include "providers/postgresql/describe.hpp"

namespace lamina::providers::postgresql {
namespace {

using migrate::quote_identifier;

Result<base::Owned<driver::Connection>> connect(std::string_view url) {
    lamina::postgresql::Options options;
    options.statement_cache_size = 0;
    const base::Owned<driver::Connector> connector = lamina::postgresql::make_connector(url, options);
    return connector->connect(Deadline::after(options.connect_timeout));
}

/// The same server and user, another database. The URL has been parsed without mistakes.
std::string with_database(std::string_view url, std::string_view database) {
    const std::size_t authority = url.find("://") + 3;
    const std::size_t query = std::min(url.find('?', authority), url.size());
    const std::size_t path = std::min(url.find('/', authority), query);
    return std::string{url.substr(0, path)} + "/" + std::string{database} + std::string{url.substr(query)};
}

Result<void> create_database(std::string_view url, const std::string& name) {
    // The server's own databases, at least one of which every user may connect to.
    Error refused{ErrorCode::DatabaseCreateFailed};
    for (const std::string_view maintenance : std::array<std::string_view, 2>{"postgres", "template1"}) {
        auto connection = connect(with_database(url, maintenance));
        if (!connection) {
            refused = connection.error();
            continue;
        }
        const auto created = driver::run_script(**connection, "CREATE DATABASE " + quote_identifier(name));
        // 42P04, 23505: another process was faster.
        if (created || created.error().sqlstate() == "42P04" || created.error().sqlstate() == "23505") return {};
        refused = created.error();
        break;
    }
    return Error{ErrorCode::DatabaseCreateFailed,
                 "The database `" + name + "` does not exist and could not be created: " + refused.message()};
}

class PostgresqlDatabase final : public migrate::Database {
public:
    PostgresqlDatabase(base::Owned<driver::Connection> connection, std::string label, std::string default_namespace,
                       bool created)
        : connection_{std::move(connection)},
          label_{std::move(label)},
          default_namespace_{std::move(default_namespace)},
          created_{created} {}

    [[nodiscard]] std::string label() const override { return label_; }
    [[nodiscard]] bool was_created() const override { return created_; }

    Result<catalog::Catalog> describe(const migrate::Scope& scope) override {
        return providers::postgresql::describe(*connection_, namespaces(scope));
    }

    Result<void> apply(std::string_view script) override { return migrate::run_in_transaction(*connection_, script); }

    Result<void> reset(const migrate::Scope& scope) override {
        std::string script;
        for (const std::string& name : namespaces(scope))
            script += "DROP SCHEMA IF EXISTS " + quote_identifier(name) + " CASCADE;\n";
        script += "CREATE SCHEMA " + quote_identifier(default_namespace_) + ";\n";
        return apply(script);
    }

private:
    /// The default one first.
    [[nodiscard]] std::vector<std::string> namespaces(const migrate::Scope& scope) const {
        std::vector<std::string> names{default_namespace_};
        for (const std::string& name : scope.namespaces) {
            if (name != default_namespace_) names.push_back(name);
        }
        return names;
    }

    base::Owned<driver::Connection> connection_;
    std::string label_;
    std::string default_namespace_;
    bool created_;
};

std::string label_of(const driver::Url& url, const std::string& name) {
    const std::string& socket = url.parameter("host") != nullptr ? *url.parameter("host") : url.host;
    std::string label = "PostgreSQL database \"" + name + "\"";
    if (!socket.empty()) label += " at \"" + socket + (url.port.empty() ? "" : ":" + url.port) + "\"";
    return label;
}

}  // namespace

std::string default_namespace(std::string_view url) {
    const Result<driver::Url> parsed = driver::parse_url(url);
    const std::string* schema = parsed ? parsed->parameter("schema") : nullptr;
    return schema != nullptr && !schema->empty() ? *schema : "public";
}

Result<std::unique_ptr<migrate::Database>> open_database(std::string_view url, const migrate::OpenOptions& options) {
    LAMINA_TRY_ASSIGN(const driver::Url parsed, driver::parse_url(url));
    const std::string& name = parsed.path.empty() ? parsed.user : parsed.path;
    auto connection = connect(url);
    const bool missing = !connection && connection.error().code() == ErrorCode::DatabaseMissing;
    if (missing && options.create_if_missing) {
        LAMINA_TRY(create_database(url, name));
        connection = connect(url);
    }
    if (!connection) return connection.error();
    return std::unique_ptr<migrate::Database>{std::make_unique<PostgresqlDatabase>(
        *std::move(connection), label_of(parsed, name), default_namespace(url), missing)};
}

}  // namespace lamina::providers::postgresql
