#include <doctest/doctest.h>

#include <lamina/driver/url.hpp>

using lamina::driver::parse_url;

TEST_CASE("a URL is taken apart and decoded") {
    const auto url = parse_url("postgresql://ann:p%40ss%2Fw@db.example.org:5433/my%20db?schema=a%26b&x=");
    REQUIRE(url);
    CHECK(url->scheme == "postgresql");
    CHECK(url->user == "ann");
    CHECK(url->password == "p@ss/w");
    CHECK(url->host == "db.example.org");
    CHECK(url->port == "5433");
    CHECK(url->path == "my db");
    REQUIRE(url->parameter("schema") != nullptr);
    CHECK(*url->parameter("schema") == "a&b");
    REQUIRE(url->parameter("x") != nullptr);
    CHECK(url->parameter("x")->empty());
    CHECK(url->parameter("y") == nullptr);
}

TEST_CASE("IPv6 hosts, several hosts, no host") {
    CHECK(parse_url("postgres://[::1]:5432/db")->host == "::1");
    CHECK(parse_url("postgres://[::1]:5432/db")->port == "5432");
    CHECK(parse_url("postgres://a:1,b:2/db")->host == "a:1,b:2");
    CHECK(parse_url("postgres:///db?host=/tmp")->host.empty());
    CHECK(parse_url("postgres:///db?host=/tmp")->path == "db");
}

TEST_CASE("a broken URL is refused without being repeated") {
    for (const char* text : {"", "nonsense", "://x", "postgresql://u:se%zcret@h/db", "postgresql://u:secret@h:54x/db",
                             "postgresql://u:secret@h/db#frag", "postgresql://u:secret@[::1/db"}) {
        const auto url = parse_url(text);
        REQUIRE_FALSE(url);
        CHECK(url.error().code() == lamina::ErrorCode::UrlInvalid);
        CHECK(url.error().message().find("cret") == std::string::npos);
    }
}
