#include "schema/format/missing.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_set>

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

// A key of more fields is none that a database has, and no foreign key is made of it.
constexpr std::size_t kLongestKey = 100;

// What relations ask about the keys of models, found once: many relations may ask about one model of many keys.
class Keys {
public:
    explicit Keys(const Context& context) : context_{context} {
        for (const ModelData& model : context.data.models) {
            OfModel keys;
            if (model.primary_key != kNone<IndexId>) add(keys, index(model.primary_key));
            for (const IndexId id : model.indexes) {
                if (index(id).kind != IndexKind::Unique) continue;
                add(keys, index(id));
                std::vector<FieldId> fields;
                for (const IndexField& part : index(id).fields) fields.push_back(part.field);
                unique_.insert(std::move(fields));
            }
            models_.push_back(keys);
        }
    }

    /// The primary key, else the first unique key; may be null.
    const IndexData* first(ModelId id) const { return models_[static_cast<std::size_t>(id)].first; }
    /// The first of them whose fields are all required and of a known type; may be null.
    const IndexData* referable(ModelId id) const { return models_[static_cast<std::size_t>(id)].referable; }
    /// Is there a unique key of these fields in this order? A primary key does not count.
    bool is_unique(const std::vector<FieldId>& fields) const { return unique_.contains(fields); }

private:
    struct OfModel {
        const IndexData* first = nullptr;
        const IndexData* referable = nullptr;
    };

    const IndexData& index(IndexId id) const { return context_.data.indexes[static_cast<std::size_t>(id)]; }

    void add(OfModel& keys, const IndexData& key) const {
        if (key.fields.size() > kLongestKey) return;
        if (keys.first == nullptr) keys.first = &key;
        const bool good = std::all_of(key.fields.begin(), key.fields.end(), [this](const IndexField& part) {
            const FieldData& field = context_.data.fields[static_cast<std::size_t>(part.field)];
            return field.arity == Arity::Required && field.kind != FieldKind::Unsupported;
        });
        if (good && keys.referable == nullptr) keys.referable = &key;
    }

    const Context& context_;
    std::vector<OfModel> models_;
    std::set<std::vector<FieldId>> unique_;
};

// One relation with a foreign key, and what it lacks.
class Completion {
public:
    Completion(const Context& context, const Keys& keys, const RelationData& relation,
               std::vector<std::vector<Insertion>>& out)
        : context_{context}, keys_{keys}, relation_{relation}, out_{out} {
        const bool owned = relation.owning != kNone<FieldId>;
        referencing_ = owned ? field(relation.owning).model : field(relation.opposite).target;
        referenced_ = owned ? field(relation.owning).target : field(relation.opposite).model;
    }

    // The field that this relation was given when it was formatted before: Prisma leaves out the relation's name, so
    // the two do not belong together, and formatting again would add more and more.
    FieldId stand_in() const {
        if (!relation_.is_named || (relation_.opposite != kNone<FieldId> && relation_.owning != kNone<FieldId>))
            return kNone<FieldId>;
        const bool owned = relation_.owning != kNone<FieldId>;
        const auto present = owned ? context_.find_field(referenced_, opposite_name())
                                   : context_.find_field(referencing_, camel_case(model(referenced_).name));
        if (!present || field(*present).kind != FieldKind::Relation) return kNone<FieldId>;
        const RelationSource& other = context_.relation_sources.at(*present);
        const RelationSource& complete = owned ? *source() : other;
        const bool fits = field(*present).target == (owned ? referencing_ : referenced_) && !other.name &&
                          complete.fields && complete.references;
        return fits ? *present : kNone<FieldId>;
    }

    const RelationData& relation() const { return relation_; }

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
        const IndexData* key = keys_.first(referenced_);
        if (key == nullptr) return out;
        for (const IndexField& part : key->fields) {
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
        if (const IndexData* key = keys_.referable(referenced_)) {
            for (const IndexField& part : key->fields) names.push_back(field(part.field).name);
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

    bool is_one_to_one() const { return source()->fields && keys_.is_unique(*source()->fields); }

    std::string opposite_name() const {
        const std::string name = camel_case(model(referencing_).name);
        return is_one_to_one() ? name : plural(name);
    }

    void add_opposite() {
        const ModelData& from = model(referencing_);
        add_line(referenced_, opposite_name() + " " + from.name + (is_one_to_one() ? "?" : "[]") +
                                  (from.is_ignored ? " @ignore" : ""));
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
    const Keys& keys_;
    const RelationData& relation_;
    std::vector<std::vector<Insertion>>& out_;
    ModelId referencing_ = kNone<ModelId>;  // has the foreign key
    ModelId referenced_ = kNone<ModelId>;
};

// Found quickly: a long file of nothing but broken lines need not have each of them described.
bool has_broken_line(const syntax::Tree& tree) {
    return std::any_of(tree.nodes().begin(), tree.nodes().end(),
                       [](const syntax::Node& node) { return node.kind == syntax::NodeKind::InvalidLine; });
}

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

// The relations that may lack something; those that were completed before, under another name, are left out.
std::vector<Completion> incomplete(const Context& context, const Keys& keys, std::vector<std::vector<Insertion>>& out) {
    std::vector<Completion> all;
    std::vector<FieldId> stand_ins;  // by relation
    std::unordered_set<FieldId> stands_in;
    for (const RelationData& relation : context.data.relations) {
        if (relation.kind == RelationKind::ManyToMany) continue;
        all.emplace_back(context, keys, relation, out);
        stand_ins.push_back(all.back().stand_in());
        if (stand_ins.back() != kNone<FieldId>) stands_in.insert(stand_ins.back());
    }
    const auto only_stands_in = [&](const RelationData& relation) {
        const auto stands = [&](FieldId id) { return id == kNone<FieldId> || stands_in.contains(id); };
        return stands(relation.owning) && stands(relation.opposite);
    };
    const auto completed_before = [&](FieldId stand_in) {
        if (stand_in == kNone<FieldId>) return false;
        const RelationId id = context.data.fields[static_cast<std::size_t>(stand_in)].relation;
        return id != kNone<RelationId> && only_stands_in(context.data.relations[static_cast<std::size_t>(id)]);
    };
    std::vector<Completion> kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!completed_before(stand_ins[i]) && !only_stands_in(all[i].relation())) kept.push_back(all[i]);
    }
    return kept;
}

}  // namespace

std::vector<std::vector<Insertion>> missing_parts(const support::SourceMap& sources, Connectors connectors) {
    std::vector<std::vector<Insertion>> out(sources.size());
    Diagnostics diagnostics;
    Context context{sources, connectors, diagnostics};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const support::FileId file = support::SourceMap::at(i);
        context.trees.push_back(syntax::parse(file, sources.text(file)));
        if (has_broken_line(context.trees.back())) return out;
    }
    if (!resolve(context)) return out;
    rules::infer_relations(context);

    const Keys keys{context};
    // All fields, then all attributes, then all arguments: what goes to the same place keeps this order.
    std::vector<Completion> completions = incomplete(context, keys, out);
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
