#include "check.hpp"

#include <array>

#include <doctest/doctest.h>

#include "providers/cockroachdb/rules.hpp"
#include "providers/mongodb/rules.hpp"
#include "providers/mysql/rules.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/rules.hpp"
#include "providers/sqlserver/rules.hpp"
#include "schema/diagnostics/printer.hpp"

namespace lamina::schema::test {

Connectors connectors() {
    static const std::array<const Connector*, 6> all{
        &providers::postgresql::connector(),  &providers::mysql::connector(),     &providers::sqlite::connector(),
        &providers::cockroachdb::connector(), &providers::sqlserver::connector(), &providers::mongodb::connector()};
    return all;
}

std::unique_ptr<Checked> check(std::string text) {
    auto checked = std::make_unique<Checked>();
    checked->sources.add("schema.prisma", std::move(text));
    checked->analysis = analyze(checked->sources, connectors());
    return checked;
}

std::unique_ptr<Checked> check_valid(std::string_view provider, std::string_view text) {
    auto checked = check("datasource db {\n  provider = \"" + std::string{provider} + "\"\n}\n" + std::string{text});
    INFO(print(checked->analysis.diagnostics, checked->sources));
    REQUIRE(checked->analysis.ok());
    return checked;
}

}  // namespace lamina::schema::test
