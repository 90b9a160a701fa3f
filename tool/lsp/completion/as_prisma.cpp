#include <algorithm>
#include <array>
#include <span>

#include "lsp/completion/completion.hpp"
#include "lsp/docs.hpp"
#include "lsp/nodes.hpp"
#include "schema/model/types.hpp"

namespace lamina::lsp {
namespace {

using schema::Capability;
using schema::IndexAlgorithm;
using schema::ReferentialAction;
using Format = CompletionItem::Format;

constexpr std::array kActions{ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                              ReferentialAction::SetNull, ReferentialAction::SetDefault};
constexpr std::array kAlgorithms{IndexAlgorithm::BTree, IndexAlgorithm::Hash,   IndexAlgorithm::Gist,
                                 IndexAlgorithm::Gin,   IndexAlgorithm::SpGist, IndexAlgorithm::Brin};

class Completer {
public:
    Completer(const Snapshot& snapshot, const Place& place, const CompletionOptions& options,
              std::vector<CompletionItem>& out)
        : snapshot_{snapshot}, place_{place}, options_{options}, out_{out}, tree_{nullptr} {
        tree_ = &snapshot.tree(place.typed_span.file);
    }

    void run() {
        if (place_.block == NodeKind::Datasource) return datasource();
        const OpenBracket* inner = place_.inner();
        if (inner == nullptr || place_.block == NodeKind::File) return;
        if (inner->kind != TokenKind::OpenParen) return;
        if (place_.in_string) return schema_in_string(*inner);
        if (!inner->fresh) return;
        if (inner->callee_sign == TokenKind::At && inner->callee == "relation") return referential_action(*inner);
        if (inner->callee_sign == TokenKind::AtAt && inner->callee == "schema") return schemas(*inner, true);
        if (inner->callee_sign == TokenKind::AtAt && inner->callee == "index") return index_type(*inner);
        if (inner->callee_sign == TokenKind::At && inner->callee == "default") return default_name(*inner);
        if (place_.open.size() == 3 && place_.outer()->callee == "index" && inner->argument == "ops")
            operator_class(inner->callee);
    }

private:
    [[nodiscard]] std::string_view text(const Token& token) const { return tree_->text(token); }
    [[nodiscard]] bool full() const { return options_.answers == Answers::Full; }

    // ---- the datasource ----

    void datasource() {
        const auto& before = place_.before;
        if (before.empty() && !place_.in_string) {
            if (place_.line.empty() || place_.line.front().begin >= place_.typed_span.begin) settings();
            return;
        }
        if (before.size() < 2 || before[1].kind != TokenKind::Equals) return;
        const std::string_view setting = text(before[0]);
        if (setting != "url" && setting != "directUrl" && setting != "shadowDatabaseUrl") return;
        if (before.size() == 2 && !place_.in_string) return url();
        const OpenBracket* call = place_.inner();
        if (call != nullptr && call->callee == "env" && place_.in_string) variable(setting);
    }

    [[nodiscard]] bool is_written(std::string_view setting) const {
        if (!snapshot_.datasource()) return false;
        for (const ast::KeyValue& one : snapshot_.datasource()->settings()) {
            if (one.name() == setting) return true;
        }
        return false;
    }

    void settings() {
        if (place_.line.size() > 1) return;  // `provider| = …`
        const bool knows_database = &snapshot_.connector() != &schema::default_connector();
        for (const Doc& doc : docs(Topic::DatasourceSetting)) {
            if (is_written(doc.name)) continue;
            if (doc.name == "schemas" && (!knows_database || !snapshot_.connector().can(Capability::MultiSchema)))
                continue;
            std::string documentation = explain(doc);
            if (doc.name == "provider") documentation += providers();
            out_.push_back({std::string{doc.name}, ItemKind::Field, "", documentation + "\n\n",
                            std::string{doc.snippet}, Format::Snippet, std::nullopt});
        }
    }

    [[nodiscard]] std::string providers() const {
        std::string out = " Can be one of the following datasource providers: ";
        for (std::size_t i = 0; i < options_.providers.size(); ++i) {
            if (i != 0) out += i + 1 == options_.providers.size() ? ", or " : ", ";
            out += "`" + std::string{options_.providers[i]} + "`";
        }
        return out + ".";
    }

    void url() {
        out_.push_back(
            {"env()", ItemKind::Property, "",
             "```prisma\nenv(_ environmentVariable: string)\n```\n___\nSpecifies a datasource via an environment "
             "variable. When running a Prisma CLI command that needs the database connection URL (e.g. `prisma db "
             "pull`), you need to make sure that the `DATABASE_URL` environment variable is set. One way to do so is "
             "by creating a `.env` file. Note that the file must be in the same directory as your schema.prisma file "
             "to automatically be picked up by the Prisma CLI.\"\n\n_@param_ environmentVariable The environment "
             "variable in which the database connection URL is stored.",
             "env($0)", Format::Snippet, std::nullopt});
        out_.push_back({"\"\"", ItemKind::Property, "",
                        "```prisma\n\"connectionString\"\n```\n___\nConnection URL including authentication info. "
                        "Each datasource provider documents the URL syntax. Most providers use the syntax provided by "
                        "the database. [Learn more](https://pris.ly/d/prisma-schema).\n\n",
                        "\"$0\"", Format::Snippet, std::nullopt});
    }

    void variable(std::string_view setting) {
        const std::string name = setting == "url"         ? "DATABASE_URL"
                                 : setting == "directUrl" ? "DIRECT_URL"
                                                          : "SHADOW_DATABASE_URL";
        out_.push_back({name, ItemKind::Constant, "", "", name, Format::Plain, std::nullopt});
    }

    // ---- attributes ----

    void constant(std::string_view name) {
        const Doc* doc = find_doc(Topic::Constant, name);
        const std::string detail{doc == nullptr ? "" : doc->text};
        out_.push_back({std::string{name}, ItemKind::Enum, detail, "", "", Format::Unsaid, std::nullopt});
    }

    void referential_action(const OpenBracket& call) {
        if (call.argument != "onDelete" && call.argument != "onUpdate") return;
        const auto& connector = snapshot_.connector();
        const bool emulated = snapshot_.datasource_setting("relationMode") == "prisma";
        const auto& allowed = emulated ? connector.emulated_actions : connector.foreign_key_actions;
        for (const ReferentialAction action : kActions) {
            if (allowed.has(action) && to_string(action).starts_with(place_.typed)) constant(to_string(action));
        }
    }

    void schemas(const OpenBracket& call, bool quoted) {
        if (!call.argument.empty() && !(full() && call.argument == "map")) return;
        for (const std::string& name : snapshot_.schemas()) {
            const std::string inserted = quoted && full() ? "\"" + name + "\"" : name;
            out_.push_back({name, ItemKind::Property, "", "", inserted, Format::Unsaid, std::nullopt});
        }
    }

    void schema_in_string(const OpenBracket& call) {
        if (full() && call.callee_sign == TokenKind::AtAt && call.callee == "schema") schemas(call, false);
    }

    void index_type(const OpenBracket& call) {
        if (call.argument != "type") return;
        std::vector<IndexAlgorithm> known;
        for (const IndexAlgorithm algorithm : kAlgorithms) {
            if (snapshot_.connector().index_algorithms.has(algorithm)) known.push_back(algorithm);
        }
        if (known.size() < 2 || &snapshot_.connector() == &schema::default_connector()) return;  // nothing to choose
        for (const IndexAlgorithm algorithm : known) constant(to_string(algorithm));
    }

    void default_name(const OpenBracket& call) {
        const bool knows_database = &snapshot_.connector() != &schema::default_connector();
        if (!knows_database || !snapshot_.connector().can(Capability::NamedDefaults)) return;
        if (!call.argument.empty() || (!full() && !place_.typed.empty()) || (full() && call.first)) return;
        out_.push_back({"map: ", ItemKind::Property, "", "", "", Format::Unsaid, std::nullopt});
    }

    // `type: Gin` anywhere on the line.
    [[nodiscard]] IndexAlgorithm algorithm_on_line() const {
        for (std::size_t i = 0; i + 2 < place_.line.size(); ++i) {
            if (text(place_.line[i]) != "type" || place_.line[i + 1].kind != TokenKind::Colon) continue;
            return schema::index_algorithm(text(place_.line[i + 2])).value_or(IndexAlgorithm::BTree);
        }
        return IndexAlgorithm::BTree;
    }

    void operator_class(std::string_view field_name) {
        const auto& connector = snapshot_.connector();
        const auto model = snapshot_.type(place_.block_name);
        const auto field = model ? find_field(*model, field_name) : std::nullopt;
        if (connector.operator_classes == nullptr || !field) return;
        schema::IndexedType type{schema::scalar_type(type_name(*field)), "", is_list(*field)};
        for (const ast::Attribute& attribute : field->attributes()) {
            const std::size_t dot = attribute.name().find('.');
            if (dot != std::string_view::npos) type.native_type = attribute.name().substr(dot + 1);
        }
        for (const std::string_view name : connector.operator_classes(algorithm_on_line(), type))
            out_.push_back({std::string{name}, ItemKind::Enum, "", "", "", Format::Unsaid, std::nullopt});
        out_.push_back({"raw", ItemKind::Function, "", "", "raw(\"$0\")", Format::Snippet, std::nullopt});
    }

    const Snapshot& snapshot_;
    const Place& place_;
    const CompletionOptions& options_;
    std::vector<CompletionItem>& out_;
    const Tree* tree_;
};

}  // namespace

void complete_as_prisma(const Snapshot& snapshot, const Place& place, const CompletionOptions& options,
                        std::vector<CompletionItem>& out) {
    Completer{snapshot, place, options, out}.run();
}

}  // namespace lamina::lsp
