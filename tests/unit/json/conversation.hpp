#pragma once

#include <string>

#include <doctest/doctest.h>

#include <lamina/client/executor.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>
#include <lamina/events/sink.hpp>
#include <lamina/json/exchange.hpp>
#include <lamina/value/json_writer.hpp>

#include "json/world.hpp"

namespace lamina::test {

/// Counts statements.
struct Counter {
    std::size_t statements = 0;
    void on(const QueryEvent&) { ++statements; }
};

/// Requests to a database in memory.
struct Conversation {
    World world{"sqlite"};
    Counter counter;
    sqlite::Database database{":memory:", {.events = listen(counter)}};
    client::Executor executor{database, world.schema};
    json::Exchange exchange;

    explicit Conversation(bool plain = true) : exchange(executor, {.plain = plain}) {
        JsonWriter line;
        line.begin_object().name("sql").string(kSqliteTables).end_object();
        REQUIRE(exchange.answer(line.text()) == R"({"ok":true})");
    }
    std::string ask(const std::string& line) { return exchange.answer(line); }
    std::string run(const std::string& model, const std::string& action, const std::string& arguments,
                    const std::string& selection, const std::string& more = "") {
        return ask(R"({"modelName":")" + model + R"(","action":")" + action + R"(","query":{"arguments":)" + arguments +
                   R"(,"selection":)" + selection + "}" + more + "}");
    }
};

}  // namespace lamina::test
