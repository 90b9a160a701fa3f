#include "lsp/actions/context.hpp"

namespace lamina::lsp {
namespace {

bool is_name(std::string_view text) {
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!letter) return false;
    }
    return !text.empty();
}

void create_type(FixContext& context) {
    if (!context.says("is neither a built-in type, nor refers to another model")) return;
    if (!context.block || !is_model(*context.block) || !context.field) return;
    const std::string name{type_name(*context.field)};
    if (!is_name(name)) return;
    Span behind = context.block->span();
    behind.begin = behind.end;
    behind = to_end_of_line(context.snapshot, behind);
    const std::string newline{line_break(context.snapshot, behind.file)};
    const std::string gap = context.full() ? newline + newline : newline;
    for (const std::string word : {"model", "enum"}) {
        context.add("Create new " + word + " '" + name + "'",
                    {{behind, gap + word + " " + name + " {" + newline + newline + "}" + newline}});
    }
}

// "did you mean `x`?": put x in place of the name that the problem is about.
void correct_spelling(FixContext& context) {
    const std::string& hint = context.problem.hint;
    if (!context.full() || !hint.starts_with("did you mean `")) return;
    const std::size_t begin = hint.find('`') + 1;
    const std::string wanted = hint.substr(begin, hint.find('`', begin) - begin);
    Span span = context.problem.span;
    std::string_view written = context.snapshot.text(span);
    while (!written.empty() && written.front() == '@') {
        written.remove_prefix(1);
        ++span.begin;
    }
    std::string_view name{wanted};
    while (!name.empty() && name.front() == '@') name.remove_prefix(1);
    std::size_t end = 0;
    while (end < written.size() && (is_name(written.substr(end, 1)) || written[end] == '.')) ++end;
    if (end == 0 || !is_name(name)) return;
    span.end = span.begin + static_cast<std::uint32_t>(end);
    context.add("Change to `" + wanted + "`", {{span, std::string{name}}});
}

}  // namespace

void fix_names(FixContext& context) {
    correct_spelling(context);
    create_type(context);
}

}  // namespace lamina::lsp
