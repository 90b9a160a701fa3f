#include "generate/generate.hpp"
#include "generate/parts.hpp"
#include "generate/text.hpp"

namespace lamina::generate {

std::string client_of_header(const Tables& tables) {
    Text text;
    text.line(std::string(kHeader) + "#pragma once").line();
    text.line("#include <lamina/gen/bundle_hpp.hpp>").line();
    text.line("namespace ", tables.name_space, " {").line();
    text.line("/// The schema as data.").line("extern const lamina::meta::Schema schema;").line();
    text.line("template <class... Models>");
    text.line("struct DelegatesOf : lamina::typed::Model<Models>::delegate... {").indent();
    text.line(
        "explicit DelegatesOf(lamina::Session& on) noexcept : lamina::typed::Model<Models>::delegate(on)... "
        "{}");
    text.outdent().line("};").line();
    text.line(
        "/// A client for some of the models, whose headers the program includes: quicker to compile than all of "
        "them.");
    text.line("template <class... Models>");
    text.line("struct ClientOf : lamina::BasicClient<DelegatesOf<Models...>> {").indent();
    text.line(
        "explicit ClientOf(lamina::Adapter& adapter) : lamina::BasicClient<DelegatesOf<Models...>>(schema, adapter) "
        "{}");
    text.outdent().line("};").line();
    text.line("}  // namespace ", tables.name_space);
    return text.take();
}

std::string client_header(const Tables& tables) {
    Text text;
    text.line(std::string(kHeader) + "#pragma once").line();
    text.line("#include \"client_of.hpp\"");
    for (const ClientModel& model : tables.models) text.line("#include \"", model.file, ".hpp\"");
    text.line().line("namespace ", tables.name_space, " {").line();
    text.line("/// One member per model: the operations on its rows.");
    text.line("struct Delegates {").indent();
    std::string members;
    for (const ClientModel& model : tables.models) {
        text.line("lamina::", model.model.is_view() ? "ViewDelegate" : "Delegate", "<", model.row, "> ", model.table,
                  ";");
        members += (members.empty() ? " : " : ", ") + model.table + "(on)";
    }
    const char* session = tables.models.empty() ? "lamina::Session&" : "lamina::Session& on";
    text.line("explicit Delegates(", session, ") noexcept", members, " {}").outdent().line("};").line();
    text.line("/// A client for the whole schema.");
    text.line("struct Client : lamina::BasicClient<Delegates> {").indent();
    text.line("explicit Client(lamina::Adapter& adapter) : BasicClient(schema, adapter) {}")
        .outdent()
        .line("};")
        .line();
    text.line("/// What the body of a transaction gets.");
    text.line("using Transaction = lamina::TransactionOf<Delegates>;").line();
    text.line("}  // namespace ", tables.name_space);
    return text.take();
}

}  // namespace lamina::generate
