#include "schema/analyze/analyze.hpp"

#include "schema/analyze/context.hpp"
#include "schema/analyze/rules/rules.hpp"
#include "schema/syntax/parser.hpp"

namespace lamina::schema {
namespace {

// Names, types and attributes: each pass only when the one before left nothing undefined.
void resolve(Context& context) {
    for (const syntax::Tree& tree : context.trees) rules::check_syntax(context, tree);
    rules::declare(context);
    if (context.out->has_errors()) return;
    rules::resolve_types(context);
    if (context.out->has_errors()) return;
    rules::resolve_attributes(context);
}

}  // namespace

Analysis analyze(const support::SourceMap& sources, Connectors connectors) {
    Analysis analysis;
    Context context{sources, connectors, analysis.diagnostics};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const support::FileId file = support::SourceMap::at(i);
        context.trees.push_back(syntax::parse(file, sources.text(file)));
    }
    // The configuration is read first because it chooses the rules, and reported last because mistakes in the models
    // that stand before it in Prisma's output do so here too.
    Diagnostics configuration;
    context.out = &configuration;
    rules::choose_connector(context);
    rules::read_generators(context);
    rules::read_datasource(context);
    context.out = &analysis.diagnostics;
    resolve(context);
    for (const Diagnostic& diagnostic : configuration.all()) context.push(diagnostic);

    if (analysis.ok()) {
        rules::infer_relations(context);
        rules::name_constraints(context);
        analysis.schema = Schema{std::move(context.data)};
        context.data = {};
        rules::validate(context, analysis.schema);
    }
    return analysis;
}

}  // namespace lamina::schema
