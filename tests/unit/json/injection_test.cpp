#include "json/injection.hpp"

#include <lamina/client/executor.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>

#include "json/world.hpp"

TEST_CASE("hostile texts are values and nothing else on SQLite") {
    using namespace lamina;
    const test::World world("sqlite");
    sqlite::Database database(":memory:");
    client::Executor executor(database, world.schema);
    json::Exchange exchange(executor, {.plain = true});
    REQUIRE(exchange.answer(R"({"sql":)" + test::quoted(test::kSqliteTables) + "}") == R"({"ok":true})");
    test::round_trip(exchange, true);
}
