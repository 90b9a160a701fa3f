#include "lsp/actions/actions.hpp"

#include "lsp/actions/context.hpp"

namespace lamina::lsp {

std::vector<Fix> fixes(const Snapshot& snapshot, const Problem& problem, Answers answers) {
    std::vector<Fix> out;
    FixContext context{snapshot, problem, answers, std::nullopt, std::nullopt, out};
    context.block = block_at(snapshot, problem.span.file, problem.span.begin);
    if (context.block) {
        for (const ast::Field& field : context.block->fields()) {
            const Span span = field.span();
            if (span.begin <= problem.span.begin && problem.span.begin < span.end) context.field = field;
        }
    }
    fix_names(context);
    fix_configuration(context);
    fix_relations(context);
    return out;
}

}  // namespace lamina::lsp
