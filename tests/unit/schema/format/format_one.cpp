#include "format_one.hpp"

#include <array>

#include "providers/mysql/rules.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/rules.hpp"
#include "schema/format/format.hpp"

namespace lamina::schema::format::test {

Connectors connectors() {
    static const std::array<const Connector*, 3> all{&providers::postgresql::connector(),
                                                     &providers::mysql::connector(), &providers::sqlite::connector()};
    return all;
}

std::string format_one(std::string text) {
    support::SourceMap sources;
    sources.add("schema.prisma", std::move(text));
    return format_files(sources, connectors()).front();
}

}  // namespace lamina::schema::format::test
