// clang-format off
// rooms: schema/analyze providers/postgresql providers/sqlite providers/mysql providers/cockroachdb providers/sqlserver providers/mongodb
// clang-format on
// Any text: a tree that covers every byte, and diagnostics that can be printed.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "providers/cockroachdb/rules.hpp"
#include "providers/mongodb/rules.hpp"
#include "providers/mysql/rules.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/rules.hpp"
#include "providers/sqlserver/rules.hpp"
#include "schema/analyze/analyze.hpp"
#include "schema/diagnostics/printer.hpp"
#include "schema/syntax/parser.hpp"

namespace {

using namespace lamina;

void require(bool fact) {
    if (!fact) std::abort();
}

void check_tree(std::string_view text) {
    const schema::syntax::Tree tree = schema::syntax::parse({}, text);
    std::uint32_t at = 0;
    for (const schema::syntax::Token& token : tree.tokens()) {
        require(token.begin == at && token.end > token.begin);
        at = token.end;
    }
    require(at == text.size());
    require(tree.nodes().front().last_token == tree.tokens().size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    check_tree(text);
    static const std::array<const schema::Connector*, 6> all{
        &providers::postgresql::connector(),  &providers::mysql::connector(),     &providers::sqlite::connector(),
        &providers::cockroachdb::connector(), &providers::sqlserver::connector(), &providers::mongodb::connector()};
    support::SourceMap sources;
    sources.add("schema.prisma", text);
    const schema::Analysis analysis = schema::analyze(sources, all);
    for (const schema::Diagnostic& diagnostic : analysis.diagnostics.all()) {
        require(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= size);
    }
    static_cast<void>(schema::print(analysis.diagnostics, sources));
    return 0;
}
