#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include <lamina/client/executor.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>
#include <lamina/json/exchange.hpp>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "cli/url_option.hpp"
#include "schema/meta/meta.hpp"

namespace lamina::cli {

namespace {

struct Arguments {
    std::string schema;
    std::string url;
    bool plain = false;
    bool sql = false;
};

/// Statements go to standard error as they are sent.
struct StatementPrinter {
    static void on(const QueryEvent& event) {
        std::fprintf(stderr, "%.*s;\n", static_cast<int>(event.sql.size()), event.sql.data());
    }
    static void on(const TransactionEvent& event) {
        const std::string_view kind = to_string(event.kind);
        std::fprintf(stderr, "-- %.*s\n", static_cast<int>(kind.size()), kind.data());
    }
};

/// Answers lines until there are no more. Every answer is flushed: whoever asks may wait for it.
int converse(Adapter& adapter, const meta::Schema& schema, json::Options options) {
    client::Executor executor(adapter, schema);
    json::Exchange exchange(executor, options);
    std::ios::sync_with_stdio(false);
    std::string line;
    while (std::getline(std::cin, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        const std::string answer = exchange.answer(line) + '\n';
        const bool written = std::fwrite(answer.data(), 1, answer.size(), stdout) == answer.size();
        if (!written || std::fflush(stdout) != 0) return fail("the answer cannot be written to standard output");
    }
    return 0;
}

/// A relative path in a URL starts in the folder that the URL was found in.
std::string sqlite_path(const Target& target) {
    std::string path = target.url;
    if (path.starts_with("file:")) path.erase(0, 5);
    const std::size_t parameters = path.find('?');
    const std::filesystem::path file(path.substr(0, parameters));
    if (path.starts_with(":memory:") || file.empty() || file.is_absolute()) return target.url;
    return "file:" + (std::filesystem::path(target.base_directory) / file).lexically_normal().string() +
           (parameters == std::string::npos ? "" : path.substr(parameters));
}

int query(const Arguments& arguments) {
    auto loaded = load_schema(arguments.schema);
    if (!loaded) return 1;
    const auto target = find_target(*loaded, arguments.url);
    if (!target) return fail(target.error().message);
    const schema::OwnedMeta meta(loaded->analysis.schema);
    StatementPrinter printer;
    const EventSink events = arguments.sql ? listen(printer) : EventSink{};
    const json::Options options{.plain = arguments.plain};
    if (target->provider->name() == "sqlite") {
        sqlite::Database database(sqlite_path(*target), {.events = events});
        return converse(database, meta.schema(), options);
    }
    postgresql::Pool pool(target->url, {.events = events});
    return converse(pool, meta.schema(), options);
}

}  // namespace

void add_query(CLI::App& app, int& exit_code) {
    CLI::App* command = app.add_subcommand(
        "query", "Answer requests of Prisma's JSON protocol: one a line on standard input, one line each on output");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--schema", arguments->schema, "The schema: a .prisma file, or a folder of them")
        ->type_name("PATH");
    command->add_option("--url", arguments->url, "The database: postgresql://user@host/name or file:path.db")
        ->type_name("URL");
    command->add_flag("--plain", arguments->plain, "Write values that JSON lacks as plain texts, without their types");
    command->add_flag("--sql", arguments->sql, "Print the statements to standard error");
    command->callback([arguments, &exit_code] { exit_code = query(*arguments); });
}

}  // namespace lamina::cli
