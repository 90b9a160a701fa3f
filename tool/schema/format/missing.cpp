#include "schema/format/missing.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "schema/analyze/context.hpp"
#include "schema/analyze/rules/rules.hpp"
#include "schema/format/names.hpp"
#include "schema/syntax/parser.hpp"

namespace lamina::schema::format {
namespace {

std::string_view ending(Arity arity) noexcept {
    switch (arity) {
        case Arity::Required: return "";
        case Arity::Optional: return "?";
        case Arity::List: return "[]";
    }
    return "";
}

std::string list(std::string_view argument, const std::vector<std::string>& names) {
    std::string out{argument};
    out += ": [";
    for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : ", ") + names[i];
    return out + "]";
}

// One relation with a foreign key, and what it lacks.
class Completion {
public:
    Completion(const Context& context, const RelationData& relation, std::vector<std::vector<Insertion>>& out)
        : context_{context}, relation_{relation}, out_{out} {
        const bool owned = relation.owning != kNone<FieldId>;
        referencing_ = owned ? field(relation.owning).model : field(relation.opposite).target;
        referenced_ = owned ? field(relation.owning).target : field(relation.opposite).model;
    }

    void add_fields() {
        if (relation_.opposite == kNone<FieldId>) add_opposite();
        if (relation_.owning == kNone<FieldId>) add_owning();
        if (!source() || !source()->fields) add_scalars();
    }

    void add_attribute() {
        if (!source() || source()->attribute) return;
        const support::Span type = field(relation_.owning).type_span;
        insert(type.file, type.end, " @relation(" + fields_argument() + ", " + references_argument() + ")");
    }

    void add_arguments() {
        if (!source() || !source()->attribute) return;
        std::string extra;
        if (!source()->fields) extra = fields_argument();
        if (!source()->references) extra += (extra.empty() ? "" : ", ") + references_argument();
        if (extra.empty()) return;
        const ast::Attribute& attribute = *source()->attribute;
        const support::Span span = attribute.span();
        if (!attribute.child(ast::NodeKind::Arguments)) return insert(span.file, span.end, "(" + extra + ")");
        insert(span.file, span.end - 1, (attribute.arguments().empty() ? "" : ", ") + extra);
    }

private:
    const FieldData& field(FieldId id) const { return context_.data.fields[static_cast<std::size_t>(id)]; }
    const ModelData& model(ModelId id) const { return context_.data.models[static_cast<std::size_t>(id)]; }
    const IndexData& index(IndexId id) const { return context_.data.indexes[static_cast<std::size_t>(id)]; }

    // The @relation of the side with the foreign key; null when that side is missing.
    const RelationSource* source() const {
        if (relation_.owning == kNone<FieldId>) return nullptr;
        return &context_.relation_sources.at(relation_.owning);
    }

    void insert(support::FileId file, std::uint32_t at, std::string text) {
        out_[static_cast<std::size_t>(file)].push_back({at, std::move(text)});
    }

    // A new line before the brace that closes a model.
    void add_line(ModelId id, std::string text) {
        insert(model(id).span.file, model(id).span.end - 1, std::move(text) + "\n");
    }

    // ---- keys ----

    // Primary key first, then unique keys.
    std::vector<const IndexData*> keys_of_referenced() const {
        std::vector<const IndexData*> out;
        const ModelData& data = model(referenced_);
        if (data.primary_key != kNone<IndexId>) out.push_back(&index(data.primary_key));
        for (const IndexId id : data.indexes) {
            if (index(id).kind == IndexKind::Unique) out.push_back(&index(id));
        }
        return out;
    }

    bool can_be_referenced(const IndexData& key) const {
        return std::all_of(key.fields.begin(), key.fields.end(), [this](const IndexField& part) {
            return field(part.field).arity == Arity::Required && field(part.field).kind != FieldKind::Unsupported;
        });
    }

    // ---- scalar fields of the foreign key ----

    struct Scalar {
        std::string name;
        Arity arity = Arity::Optional;
        FieldId like = kNone<FieldId>;  // the field of the key that it refers to
        bool exists = false;
    };

    // `userId` for `User.id`, for each field of the first key of the referenced model.
    std::vector<Scalar> scalars() const {
        std::vector<Scalar> out;
        const auto keys = keys_of_referenced();
        if (keys.empty()) return out;
        for (const IndexField& part : keys.front()->fields) {
            Scalar scalar;
            scalar.name = lower_first(model(referenced_).name) + upper_first(field(part.field).name);
            scalar.like = part.field;
            const auto present = context_.find_field(referencing_, scalar.name);
            scalar.exists = present && field(*present).kind != FieldKind::Relation;
            if (scalar.exists)
                scalar.arity = field(*present).arity;
            else if (relation_.owning != kNone<FieldId>)
                scalar.arity = field(relation_.owning).arity;
            out.push_back(std::move(scalar));
        }
        return out;
    }

    std::string fields_argument() const {
        std::vector<std::string> names;
        for (const Scalar& scalar : scalars()) names.push_back(scalar.name);
        return list("fields", names);
    }

    std::string references_argument() const {
        std::vector<std::string> names;
        if (source() && source()->references) {
            for (const FieldId id : *source()->references) names.push_back(field(id).name);
            return list("references", names);
        }
        for (const IndexData* key : keys_of_referenced()) {
            if (!can_be_referenced(*key)) continue;
            for (const IndexField& part : key->fields) names.push_back(field(part.field).name);
            break;
        }
        return list("references", names);
    }

    void add_scalars() {
        for (const Scalar& scalar : scalars()) {
            if (scalar.exists) continue;
            const FieldData& like = field(scalar.like);
            if (like.kind != FieldKind::Scalar) return;
            add_line(referencing_, scalar.name + " " + std::string{to_string(like.scalar)} +
                                       std::string{ending(scalar.arity)} + native_type(scalar.like));
        }
    }

    // The native type as it was written, with a blank before it.
    std::string native_type(FieldId id) const {
        for (const ast::Attribute& attribute : context_.node(id).attributes()) {
            if (attribute.name().find('.') != std::string_view::npos) return " " + std::string{attribute.text()};
        }
        return {};
    }

    // ---- relation fields ----

    void add_opposite() {
        const ModelData& from = model(referencing_);
        const bool one = relation_.kind == RelationKind::OneToOne;
        const std::string name = one ? camel_case(from.name) : plural(camel_case(from.name));
        add_line(referenced_, name + " " + from.name + (one ? "?" : "[]") + (from.is_ignored ? " @ignore" : ""));
    }

    void add_owning() {
        const std::vector<Scalar> key = scalars();
        const bool optional =
            std::any_of(key.begin(), key.end(), [](const Scalar& scalar) { return scalar.arity == Arity::Optional; });
        const std::string& name = model(referenced_).name;
        add_line(referencing_, camel_case(name) + " " + name + (optional ? "?" : "") + " @relation(" +
                                   fields_argument() + ", " + references_argument() + ")");
    }

    const Context& context_;
    const RelationData& relation_;
    std::vector<std::vector<Insertion>>& out_;
    ModelId referencing_ = kNone<ModelId>;  // has the foreign key
    ModelId referenced_ = kNone<ModelId>;
};

// Names, types and attributes. What the configuration and the databases' rules say does not matter here.
bool resolve(Context& context) {
    rules::choose_connector(context);
    for (const syntax::Tree& tree : context.trees) rules::check_syntax(context, tree);
    rules::declare(context);
    if (context.out->has_errors()) return false;
    rules::resolve_types(context);
    if (context.out->has_errors()) return false;
    rules::resolve_attributes(context);
    return !context.out->has_errors();
}

}  // namespace

std::vector<std::vector<Insertion>> missing_parts(const support::SourceMap& sources, Connectors connectors) {
    std::vector<std::vector<Insertion>> out(sources.size());
    Diagnostics diagnostics;
    Context context{sources, connectors, diagnostics};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const support::FileId file = support::SourceMap::at(i);
        context.trees.push_back(syntax::parse(file, sources.text(file)));
    }
    if (!resolve(context)) return out;
    rules::infer_relations(context);

    // All fields, then all attributes, then all arguments: what goes to the same place keeps this order.
    std::vector<Completion> completions;
    for (const RelationData& relation : context.data.relations) {
        if (relation.kind != RelationKind::ManyToMany) completions.emplace_back(context, relation, out);
    }
    for (Completion& completion : completions) completion.add_fields();
    for (Completion& completion : completions) completion.add_attribute();
    for (Completion& completion : completions) completion.add_arguments();
    for (auto& insertions : out) {
        std::stable_sort(insertions.begin(), insertions.end(),
                         [](const Insertion& a, const Insertion& b) { return a.at < b.at; });
    }
    return out;
}

}  // namespace lamina::schema::format
