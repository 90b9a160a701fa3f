#include <array>

#include "schema/analyze/rules/attribute_rules.hpp"
#include "schema/analyze/values.hpp"

namespace lamina::schema::rules {
namespace {

constexpr std::array<std::string_view, 2> kRelationFieldAttributes{"relation", "ignore"};

class RelationFieldReader {
public:
    RelationFieldReader(Context& context, FieldId id) : context_{context}, attributes_{context.node(id), *context.out} {
        source_.field = id;
    }

    void run() {
        if (auto relation = attributes_.single("relation")) read_relation(*relation);
        if (auto id = attributes_.single("id")) {
            id->error(
                "The field `" + field().name +
                "` is a relation field and cannot be marked with `@id`. Only scalar fields can be declared as id.");
            id->discard();
        }
        if (auto ignore = attributes_.single("ignore")) {
            field().is_ignored = true;
            ignore->finish();
        }
        if (auto value = attributes_.single("default")) {
            value->error("Cannot set a default value on a relation field.");
            value->discard();
        }
        if (auto map = attributes_.single("map")) {
            map->error("The attribute `@map` cannot be used on relation fields.");
            map->discard();
        }
        if (auto unique = attributes_.single("unique")) reject_unique(*unique);
        attributes_.finish(kRelationFieldAttributes);
        context_.relation_sources.emplace(source_.field, std::move(source_));
    }

private:
    FieldData& field() { return context_.field(source_.field); }

    void read_relation(ArgumentReader& relation) {
        source_.attribute = relation.attribute();
        if (const auto fields = relation.optional("fields")) read_fields(*fields);
        if (const auto references = relation.optional("references")) read_references(*references);
        if (const auto name = relation.optional_default("name")) {
            if (auto text = as_string(*name, *context_.out)) {
                if (text->empty())
                    relation.error("A relation cannot have an empty name.");
                else
                    source_.name = std::move(*text);
            }
        }
        read_action(relation, "onDelete", source_.on_delete, source_.on_delete_span);
        read_action(relation, "onUpdate", source_.on_update, source_.on_update_span);
        source_.mapped_name = relation.optional_name("map");
        relation.finish();
    }

    static std::vector<FieldId> ids(const KeyFields& fields) {
        std::vector<FieldId> out;
        for (const IndexField& part : fields.parts) out.push_back(part.field);
        return out;
    }

    void read_fields(const ast::Expression& list) {
        const KeyFields fields = read_plain_fields(context_, field().model, list, source_.attribute->span());
        if (!fields.unknown.empty()) {
            context_.push(
                messages::validation("The argument fields must refer only to existing fields. The following fields do "
                                     "not exist in this model: " +
                                         plain_list(fields.unknown),
                                     list.span()));
        }
        if (!fields.relations.empty()) {
            context_.push(
                messages::validation("The argument fields must refer only to scalar fields. But it is referencing the "
                                     "following relation fields: " +
                                         plain_list(fields.relations),
                                     list.span()));
        }
        source_.fields = ids(fields);
    }

    void read_references(const ast::Expression& list) {
        const KeyFields fields = read_plain_fields(context_, field().target, list, source_.attribute->span());
        const std::string related = "`" + context_.model(field().target).name + "`";
        if (!fields.unknown.empty()) {
            context_.push(messages::validation(
                "The argument `references` must refer only to existing fields in the related model " + related +
                    ". The following fields do not exist in the related model: " + plain_list(fields.unknown),
                context_.node(source_.field).span()));
        }
        if (!fields.relations.empty()) {
            context_.push(messages::validation(
                "The argument `references` must refer only to scalar fields in the related model " + related +
                    ". But it is referencing the following relation fields: " + plain_list(fields.relations),
                list.span()));
        }
        source_.references = ids(fields);
    }

    void read_action(ArgumentReader& relation, std::string_view name, std::optional<ReferentialAction>& out,
                     support::Span& span) {
        const auto value = relation.optional(name);
        if (!value) return;
        span = value->span();
        const auto text = as_constant(*value, *context_.out);
        if (!text) return;
        out = referential_action(*text);
        if (!out) {
            static constexpr std::array<std::string_view, 5> kActions{"Cascade", "Restrict", "NoAction", "SetNull",
                                                                      "SetDefault"};
            Diagnostic diagnostic =
                messages::attribute("Invalid referential action: `" + *text + "`", "@relation", value->span());
            diagnostic.hint = messages::did_you_mean(*text, kActions);
            context_.push(std::move(diagnostic));
        }
    }

    void reject_unique(ArgumentReader& unique) {
        std::string hint;
        const auto& fields = source_.fields;
        if (fields && fields->size() == 1) {
            hint = " Did you mean to put it on `" + context_.field(fields->front()).name + "`?";
        } else if (fields && fields->size() > 1) {
            std::vector<std::string> names;
            for (const FieldId id : *fields) names.push_back(context_.field(id).name);
            hint = " Did you mean to provide `@@unique([" + plain_list(names) + "])`?";
        }
        unique.error(
            "The field `" + field().name +
            "` is a relation field and cannot be marked with `unique`. Only scalar fields can be made unique." + hint);
        unique.discard();
    }

    Context& context_;
    AttributeReader attributes_;
    RelationSource source_;
};

}  // namespace

void read_relation_field(Context& context, FieldId id) { RelationFieldReader{context, id}.run(); }

}  // namespace lamina::schema::rules
