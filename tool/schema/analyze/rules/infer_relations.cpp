#include <algorithm>

#include "schema/analyze/rules/rules.hpp"

namespace lamina::schema::rules {
namespace {

class Inference {
public:
    explicit Inference(Context& context) : context_{context} {}

    void run() {
        group();
        for (std::uint32_t i = 0; i < context_.data.fields.size(); ++i) {
            if (context_.data.fields[i].kind == FieldKind::Relation) field(FieldId{i});
        }
    }

private:
    const RelationSource& source(FieldId id) const { return context_.relation_sources.at(id); }
    FieldData& data(FieldId id) { return context_.field(id); }

    static std::string key(ModelId from, ModelId to, const std::optional<std::string>& name) {
        return std::to_string(static_cast<std::uint32_t>(from)) + "/" + std::to_string(static_cast<std::uint32_t>(to)) +
               (name ? "=" + *name : "");
    }

    void group() {
        for (std::uint32_t i = 0; i < context_.data.fields.size(); ++i) {
            const FieldData& field = context_.data.fields[i];
            if (field.kind == FieldKind::Relation) {
                by_key_[key(field.model, field.target, source(FieldId{i}).name)].push_back(FieldId{i});
            }
        }
    }

    FieldId opposite_of(FieldId id) {
        const FieldData& field = data(id);
        const auto found = by_key_.find(key(field.target, field.model, source(id).name));
        if (found == by_key_.end()) return kNone<FieldId>;
        for (const FieldId other : found->second) {
            if (other != id) return other;
        }
        return kNone<FieldId>;
    }

    // Enters the relation if `id` is the side that speaks for it.
    void field(FieldId id) {
        const FieldId opposite = opposite_of(id);
        const bool list = data(id).arity == Arity::List;
        if (opposite == kNone<FieldId>) {
            return list ? add(RelationKind::OneToMany, kNone<FieldId>, id) : add(lone_kind(id), id, kNone<FieldId>);
        }
        const bool opposite_list = data(opposite).arity == Arity::List;
        if (list && opposite_list) {
            if (comes_first(id, opposite)) add(RelationKind::ManyToMany, id, opposite);
        } else if (!list && opposite_list) {
            add(RelationKind::OneToMany, id, opposite);
        } else if (!list && speaks_for_one_to_one(id, opposite)) {
            add(RelationKind::OneToOne, id, opposite);
        }
    }

    // A lone field: one-to-one if its foreign key is unique.
    RelationKind lone_kind(FieldId id) {
        const auto& fields = source(id).fields;
        const bool unique =
            fields && fields->size() == 1 &&
            (data(fields->front()).unique_index != kNone<IndexId> || data(fields->front()).id_index != kNone<IndexId>);
        return unique ? RelationKind::OneToOne : RelationKind::OneToMany;
    }

    // Column A belongs to the model, or in a self-relation the field, that comes first in the alphabet.
    bool comes_first(FieldId id, FieldId opposite) {
        const FieldData& a = data(id);
        const FieldData& b = data(opposite);
        if (a.model == b.model) return a.name <= b.name;
        return context_.model(a.model).name < context_.model(b.model).name;
    }

    bool speaks_for_one_to_one(FieldId id, FieldId opposite) {
        const Arity mine = data(id).arity;
        const Arity theirs = data(opposite).arity;
        if (mine != theirs) return mine == Arity::Required;
        if (mine == Arity::Required) return comes_first(id, opposite);  // which is wrong; somebody has to say it
        const bool i_have_fields = source(id).fields.has_value();
        const bool they_have_fields = source(opposite).fields.has_value();
        if (i_have_fields != they_have_fields) return i_have_fields;
        return comes_first(id, opposite);
    }

    void add(RelationKind kind, FieldId owning, FieldId opposite) {
        const FieldId speaker = owning == kNone<FieldId> ? opposite : owning;
        const RelationSource& from = source(speaker);
        RelationData relation;
        relation.kind = kind;
        relation.owning = owning;
        relation.opposite = opposite;
        relation.is_named = from.name.has_value();
        relation.name = from.name ? *from.name : derived_name(speaker);
        relation.span = from.attribute ? from.attribute->span() : data(speaker).span;
        if (kind == RelationKind::ManyToMany) {
            relation.join_table = "_" + relation.name;
        } else if (owning != kNone<FieldId>) {
            foreign_key(relation, from);
        }
        const RelationId id{static_cast<std::uint32_t>(context_.data.relations.size())};
        if (owning != kNone<FieldId>) data(owning).relation = id;
        if (opposite != kNone<FieldId>) data(opposite).relation = id;
        context_.data.relations.push_back(std::move(relation));
    }

    void foreign_key(RelationData& relation, const RelationSource& from) {
        relation.fields = from.fields.value_or(std::vector<FieldId>{});
        relation.references = from.references.value_or(std::vector<FieldId>{});
        relation.on_delete = from.on_delete;
        relation.on_update = from.on_update;
        relation.mapped_name = from.mapped_name;
        for (const FieldId id : relation.fields) data(id).is_foreign_key = true;
        const bool any_required = std::any_of(relation.fields.begin(), relation.fields.end(),
                                              [&](FieldId id) { return data(id).arity == Arity::Required; });
        const bool emulated =
            context_.data.datasource && context_.data.datasource->relation_mode == RelationMode::Prisma;
        const EnumSet<ReferentialAction> possible =
            emulated ? context_.connector->emulated_actions : context_.connector->foreign_key_actions;
        const ReferentialAction refuse =
            possible.has(ReferentialAction::Restrict) ? ReferentialAction::Restrict : ReferentialAction::NoAction;
        const ReferentialAction by_default = any_required ? refuse : ReferentialAction::SetNull;
        relation.effective_on_delete = relation.on_delete.value_or(by_default);
        relation.effective_on_update = relation.on_update.value_or(ReferentialAction::Cascade);
    }

    std::string derived_name(FieldId id) {
        const std::string& a = context_.model(data(id).model).name;
        const std::string& b = context_.model(data(id).target).name;
        return a < b ? a + "To" + b : b + "To" + a;
    }

    Context& context_;
    std::unordered_map<std::string, std::vector<FieldId>> by_key_;
};

}  // namespace

void infer_relations(Context& context) { Inference{context}.run(); }

}  // namespace lamina::schema::rules
