#include "drivers/postgresql/settings.hpp"

#include <doctest/doctest.h>

using namespace lamina;
using postgresql::read_settings;

TEST_CASE("a Prisma URL becomes parameters and options") {
    const auto settings = read_settings(
        "postgresql://ann:p%40ss@db:5433/"
        "app?schema=my%20one&connection_limit=3&pool_timeout=2&connect_timeout=7&pgbouncer=true&sslmode=require",
        {});
    REQUIRE(settings);
    CHECK(settings->value("host") == "db");
    CHECK(settings->value("port") == "5433");
    CHECK(settings->value("user") == "ann");
    CHECK(settings->value("password") == "p@ss");
    CHECK(settings->value("dbname") == "app");
    CHECK(settings->value("sslmode") == "require");
    CHECK(settings->value("client_encoding") == "UTF8");
    CHECK(settings->value("options") == "-c search_path=\"my\\ one\"");  // no TimeZone through a pooler
    CHECK(settings->options.max_size == 3);
    CHECK(settings->options.max_wait == Duration::seconds(2));
    CHECK(settings->options.connect_timeout == Duration::seconds(7));
    CHECK(settings->options.statement_cache_size == 0);
    CHECK(settings->address() == "db:5433");
}

TEST_CASE("what the program says counts more than the URL") {
    postgresql::Options options;
    options.max_size = 77;
    CHECK(read_settings("postgresql://localhost/app?connection_limit=3", options)->options.max_size == 77);
}

TEST_CASE("several hosts, connection strings, own options") {
    const auto hosts = read_settings("postgres://a:1,b,c:3/app", {});
    REQUIRE(hosts);
    CHECK(hosts->value("host") == "a,b,c");
    CHECK(hosts->value("port") == "1,,3");
    const auto text = read_settings("host=/tmp dbname='my db' options='-c geqo=off'", {});
    REQUIRE(text);
    CHECK(text->value("host") == "/tmp");
    CHECK(text->value("dbname") == "my db");
    CHECK(text->value("options") == "-c TimeZone=UTC -c geqo=off");
    CHECK(read_settings("postgresql://h/db?connection_limit=many", {}).error().code() == ErrorCode::UrlInvalid);
    CHECK(read_settings("file:./dev.db", {}).error().code() == ErrorCode::UrlInvalid);
}
