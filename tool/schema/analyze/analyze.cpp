#include "schema/analyze/analyze.hpp"

#include "schema/analyze/context.hpp"
#include "schema/analyze/rules/rules.hpp"
#include "schema/syntax/parser.hpp"

namespace lamina::schema {
namespace {

// Names, types and attributes. What could not be resolved is left out of the passes behind.
void resolve(Context& context) {
    for (const syntax::Tree& tree : context.trees) rules::check_syntax(context, tree);
    rules::declare(context);
    rules::resolve_types(context);
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
    if (const auto provider = rules::choose_connector(context); provider && !context.connector->refusal.empty()) {
        context.push(messages::plain(context.connector->refusal, provider->span()));
        return analysis;
    }
    // The configuration is read first because it chooses the rules, and reported last because mistakes in the models
    // that stand before it in Prisma's output do so here too.
    Diagnostics configuration, generators;
    context.out = &generators;
    rules::read_generators(context);
    context.out = &configuration;
    rules::read_datasource(context);
    context.out = &analysis.diagnostics;
    resolve(context);
    for (const Diagnostics* found : {&configuration, &generators}) {
        for (const Diagnostic& diagnostic : found->all()) context.push(diagnostic);
    }

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
