// rooms: schema/format providers/postgresql providers/sqlite providers/mysql
// Any text: formatting it again changes nothing, and what was valid stays valid.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "providers/mysql/rules.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/rules.hpp"
#include "schema/analyze/analyze.hpp"
#include "schema/format/format.hpp"

namespace {

using namespace lamina;

void require(bool fact) {
    if (!fact) std::abort();
}

schema::Connectors connectors() {
    static const std::array<const schema::Connector*, 3> all{
        &providers::postgresql::connector(), &providers::mysql::connector(), &providers::sqlite::connector()};
    return all;
}

support::SourceMap one(const std::string& text) {
    support::SourceMap sources;
    sources.add("schema.prisma", text);
    return sources;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const support::SourceMap before = one(std::string{reinterpret_cast<const char*>(data), size});
    const std::string text = schema::format::format_files(before, connectors()).front();
    const support::SourceMap after = one(text);
    require(schema::format::format_files(after, connectors()).front() == text);
    if (schema::analyze(before, connectors()).ok()) {
        require(schema::analyze(after, connectors()).ok());
        require(schema::format::layout(text) == text);
    }
    return 0;
}
