#include <algorithm>

#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

constexpr ReferentialAction kActionsInOrder[] = {ReferentialAction::Cascade, ReferentialAction::Restrict,
                                                 ReferentialAction::NoAction, ReferentialAction::SetNull,
                                                 ReferentialAction::SetDefault};

void check_action(const Validation& v, ReferentialAction action, support::Span span) {
    const bool foreign_keys = v.uses_foreign_keys();
    const EnumSet<ReferentialAction> allowed =
        foreign_keys ? v.connector().foreign_key_actions : v.connector().emulated_actions;
    if (foreign_keys && action == ReferentialAction::SetDefault && !v.connector().set_default_warning.empty())
        v.push(messages::warning(v.connector().set_default_warning, span));
    if (allowed.has(action)) return;
    std::string list;
    for (const ReferentialAction one : kActionsInOrder) {
        if (allowed.has(one)) list.append(list.empty() ? "`" : ", `").append(to_string(one)).append("`");
    }
    std::string text =
        "Invalid referential action: `" + std::string{to_string(action)} + "`. Allowed values: (" + list + ")";
    if (action == ReferentialAction::NoAction && !foreign_keys) {
        text += ". `NoAction` is not implemented for " + std::string{v.connector().display_name} +
                " when using `relationMode = \"prisma\"`, you could try using `Restrict` instead. Learn more at "
                "https://pris.ly/d/relation-mode";
    }
    v.push(messages::validation(text, span));
}

// With emulated relations nobody makes an index on the foreign key by itself.
void check_missing_index(const Validation& v, const Field& field) {
    const RelationSource& source = v.source(field);
    if (v.uses_foreign_keys() || !source.fields || source.fields->empty()) return;
    const auto covers = [&](const Index& index) {
        const auto& parts = index.index_fields();
        if (parts.size() < source.fields->size()) return false;
        for (std::size_t i = 0; i < source.fields->size(); ++i) {
            if (parts[i].field != (*source.fields)[i]) return false;
        }
        return true;
    };
    for (const Index index : field.model().unique_criteria()) {
        if (covers(index)) return;
    }
    for (const Index index : field.model().indexes()) {
        if (covers(index)) return;
    }
    v.push(
        messages::warning("With `relationMode = \"prisma\"`, no foreign keys are used, so relation fields will not "
                          "benefit from the index "
                          "usually created by the relational database under the hood. This can lead to poor "
                          "performance when querying these "
                          "fields. We recommend adding an index manually. Learn more at "
                          "https://pris.ly/d/relation-mode-prisma-indexes\" ",
                          v.relation_span(field)));
}

}  // namespace

std::string RelationNames::key(const Field& field, const RelationSource& source) {
    return std::to_string(static_cast<std::uint32_t>(field.model().id())) + "/" +
           std::to_string(static_cast<std::uint32_t>(field.data().target)) + (source.name ? "=" + *source.name : "");
}

RelationNames::RelationNames(const Schema& schema, const Context& context) {
    for (const auto& [id, source] : context.relation_sources) by_name_[key(Field{&schema, id}, source)].push_back(id);
    for (auto& [name, fields] : by_name_) std::sort(fields.begin(), fields.end());
}

bool RelationNames::check(const Validation& v, const Field& field) const {
    const RelationSource& source = v.source(field);
    const auto& fields = by_name_.at(key(field, source));
    const bool self = field.data().target == field.model().id();
    if (fields.size() < 2 || (self && fields.size() == 2 && source.name)) return true;

    std::string names;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) names += i + 1 == fields.size() ? " and " : ", ";
        names.append("`").append(Field{&v.schema, fields[i]}.name()).append("`");
    }
    const std::string model = "`" + std::string{field.model().name()} + "`";
    const std::string related = "`" + std::string{Model{&v.schema, field.data().target}.name()} + "`";
    std::string text;
    if (self && fields.size() == 2) {
        text = "Ambiguous self relation detected. The fields " + names + " in model " + model + " both refer to " +
               related +
               ". If they are part of the same relation add the same relation name for them with `@relation(<name>)`.";
    } else if (self && source.name) {
        text = "Wrongly named self relation detected. The fields " + names + " in model " + model +
               " have the same relation name. At most two relation fields can belong to the same relation and "
               "therefore have "
               "the same name. Please assign a different relation name to one of them.";
    } else if (self) {
        text = "Unnamed self relation detected. The fields " + names + " in model " + model +
               " have no relation name. Please provide a relation name for one of them by adding `@relation(<name>).";
    } else if (source.name) {
        text = "Wrongly named relation detected. The fields " + names + " in model " + model +
               " both use the same relation name. Please provide different relation names for them through "
               "`@relation(<name>).";
    } else {
        text = "Ambiguous relation detected. The fields " + names + " in model " + model + " both refer to " + related +
               ". Please provide different relation names for them by adding `@relation(<name>).";
    }
    v.model_error(field.model(), text, field.data().span);
    return false;
}

void check_relation_field(const Validation& v, const Field& field) {
    const RelationSource& source = v.source(field);
    const Model related{&v.schema, field.data().target};
    if (related.is_ignored() && !field.is_ignored() && !field.model().is_ignored()) {
        v.push(messages::attribute("The relation field `" + std::string{field.name()} + "` on Model `" +
                                       std::string{field.model().name()} +
                                       "` must specify the `@ignore` attribute, because the model " +
                                       std::string{related.name()} + " it is pointing to is marked ignored.",
                                   "@ignore", field.data().span));
    }
    if (source.on_delete) check_action(v, *source.on_delete, source.on_delete_span);
    if (source.on_update) check_action(v, *source.on_update, source.on_update_span);
    if (source.mapped_name && !v.connector().can(Capability::NamedForeignKeys)) {
        v.relation_error(field, "Your provider does not support named foreign keys.");
    }
    check_missing_index(v, field);
}

}  // namespace lamina::schema::rules
