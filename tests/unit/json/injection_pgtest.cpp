#include <cstdlib>

#include <lamina/client/executor.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>

#include "json/injection.hpp"
#include "json/world.hpp"

TEST_CASE("hostile texts are values and nothing else on PostgreSQL") {
    using namespace lamina;
    const char* url = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
    if (url == nullptr) {
        MESSAGE("LAMINA_TEST_POSTGRESQL_URL is not set");
        return;
    }
    const test::World world("postgresql");
    postgresql::Pool admin(url);
    client::Executor maker(admin, world.schema);
    json::Exchange making(maker);
    making.answer(R"({"sql":"DROP DATABASE IF EXISTS lamina_test_json"})");
    REQUIRE(making.answer(R"({"sql":"CREATE DATABASE lamina_test_json"})") == R"({"ok":true})");
    {
        std::string own(url);
        own.replace(own.rfind('/') + 1, std::string::npos, "lamina_test_json");
        postgresql::Pool pool(own);
        client::Executor executor(pool, world.schema);
        json::Exchange exchange(executor, {.plain = true});
        REQUIRE(exchange.answer(R"({"sql":)" + test::quoted(test::kPostgresqlTables) + "}") == R"({"ok":true})");
        // PostgreSQL has no texts with NUL: an error, and nothing is written.
        CHECK(
            exchange
                .answer(
                    R"({"modelName":"User","action":"createOne","query":{"arguments":{"data":{"email":"a\u0000b"}},"selection":{"id":true}}})")
                .starts_with(R"({"errors":[)"));
        test::round_trip(exchange, false);
    }
    making.answer(R"({"sql":"DROP DATABASE IF EXISTS lamina_test_json"})");
}
