#include "providers/sqlite/database.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <lamina/base/try.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>
#include <lamina/error/messages.hpp>

#include "migrate/script.hpp"
#include "migrate/text_query.hpp"
#include "providers/sqlite/describe.hpp"

namespace lamina::providers::sqlite {
namespace {

namespace fs = std::filesystem;
using migrate::TextRow;

/// A URL taken apart: `file:./app.db?mode=rw`, or a plain path.
struct Location {
    std::string path;
    std::string parameters;  // with the question mark
    bool in_memory = false;
};

Location location_of(std::string_view url, const std::string& base_directory) {
    constexpr std::string_view kFile = "file:";
    const bool is_url = url.starts_with(kFile);
    if (is_url) url.remove_prefix(kFile.size());
    if (is_url && url.starts_with("///")) url.remove_prefix(2);
    const std::size_t query = is_url ? std::min(url.find('?'), url.size()) : url.size();
    Location location{std::string{url.substr(0, query)}, std::string{url.substr(query)}, false};
    location.in_memory = location.path == ":memory:" || location.parameters.find("mode=memory") != std::string::npos;
    if (!location.in_memory && !base_directory.empty() && fs::path{location.path}.is_relative()) {
        location.path = (fs::path{base_directory} / location.path).lexically_normal().string();
    }
    return location;
}

/// Makes the folder of the file. The driver makes the file.
Result<void> make_folder(const Location& location) {
    const fs::path folder = fs::path{location.path}.parent_path();
    std::error_code failed;
    if (!folder.empty()) fs::create_directories(folder, failed);
    if (!failed) return {};
    return Error{ErrorCode::DatabaseCreateFailed,
                 "The folder of the database file `" + location.path + "` could not be created: " + failed.message()};
}

class SqliteDatabase final : public migrate::Database {
public:
    SqliteDatabase(base::Owned<driver::Connection> connection, std::string path, bool created)
        : connection_{std::move(connection)}, path_{std::move(path)}, created_{created} {}

    [[nodiscard]] std::string label() const override { return "SQLite database \"" + path_ + "\""; }
    [[nodiscard]] bool was_created() const override { return created_; }
    Result<catalog::Catalog> describe(const migrate::Scope&) override {
        return providers::sqlite::describe(*connection_);
    }
    Result<void> apply(std::string_view script) override { return migrate::run_in_transaction(*connection_, script); }

    Result<void> reset(const migrate::Scope&) override {
        constexpr std::string_view kAll =
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' "
            "AND name NOT LIKE '\\_litestream\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' "
            "ORDER BY type DESC, rowid DESC";
        LAMINA_TRY_ASSIGN(const std::vector<TextRow> rows, migrate::query_texts(*connection_, kAll, 2));
        std::string script;
        for (const TextRow& row : rows) {
            script += (*row[0] == "view" ? "DROP VIEW " : "DROP TABLE ") + migrate::quote_identifier(*row[1]) + ";\n";
        }
        if (script.empty()) return {};
        // Tables that refer to each other can be dropped only while nobody looks; the setting is void inside a
        // transaction.
        LAMINA_TRY(driver::run_script(*connection_, "PRAGMA foreign_keys = OFF"));
        const Result<void> dropped = apply(script);
        LAMINA_TRY(driver::run_script(*connection_, "PRAGMA foreign_keys = ON"));
        return dropped;
    }

private:
    base::Owned<driver::Connection> connection_;
    std::string path_;
    bool created_;
};

}  // namespace

Result<std::unique_ptr<migrate::Database>> open_database(std::string_view url, const migrate::OpenOptions& options) {
    const Location location = location_of(url, options.base_directory);
    if (location.path.empty()) return error::url_invalid("it names no file: write file:./app.db");
    std::error_code ignored;
    const bool missing = location.in_memory || !fs::exists(location.path, ignored);
    if (missing && !location.in_memory) {
        if (!options.create_if_missing) return error::database_missing(location.path);
        LAMINA_TRY(make_folder(location));
    }
    lamina::sqlite::Options driver_options;
    driver_options.statement_cache_size = 0;
    driver_options.wal = false;  // the program that uses the file decides that
    const std::string target =
        location.parameters.empty() ? location.path : "file:" + location.path + location.parameters;
    const base::Owned<driver::Connector> connector = lamina::sqlite::make_connector(target, driver_options);
    LAMINA_TRY_ASSIGN(auto connection, connector->connect(Deadline::after(driver_options.max_wait)));
    return std::unique_ptr<migrate::Database>{
        std::make_unique<SqliteDatabase>(std::move(connection), location.path, missing)};
}

}  // namespace lamina::providers::sqlite
