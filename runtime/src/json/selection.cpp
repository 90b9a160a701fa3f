#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>

#include "json/request.hpp"

namespace lamina::json {
namespace {

using Member = Output::Member;

/// Lowers the selection of one model.
class Selector {
public:
    Selector(const Context& context, ModelId model, query::Selection& selection, Output& output)
        : context_(context), id_(model), model_(context.model(model)), selection_(selection), output_(output) {}

    Result<void> lower(JsonView json, const Place& place) {
        if (place.depth() > kMaxNesting) return problems::too_deep(place);
        selection_.all_scalars = false;
        output_.model = std::string(model_.name);
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            if (name == "$composites") continue;
            if (name == "$scalars") {
                if ((*member).as_boolean()) add_all_scalars(json);
                continue;
            }
            if ((*member).kind() == JsonView::Kind::False) continue;
            const auto field = Context::find_field(model_, name);
            if (field) {
                LAMINA_TRY(lower_member(*field, *member, place));
            } else {
                LAMINA_TRY(lower_counts(*member, place.selected(name)));  // _count
            }
        }
        // Numbers of related rows come behind the fields: only now their columns are known.
        for (Output& part : output_.parts) {
            if (!part.model.empty()) continue;
            for (Member& member : part.members) member.index += selection_.fields.size();
        }
        return {};
    }

private:
    bool is_selected(std::string_view name) const {
        return std::any_of(output_.members.begin(), output_.members.end(),
                           [name](const Member& member) { return member.name == name; });
    }

    void add_all_scalars(JsonView json) {
        for (std::size_t i = 0; i < model_.fields.size(); ++i) {
            const meta::Field& field = model_.fields[i];
            if (field.is_relation || is_selected(field.name)) continue;
            const auto given = json.find(field.name);
            if (given && given->kind() == JsonView::Kind::False) continue;
            add_scalar(static_cast<FieldId>(i));
        }
    }

    void add_scalar(FieldId id) {
        const meta::Field& field = model_.fields[id];
        Member member;
        member.name = std::string(field.name);
        member.index = selection_.fields.size();
        member.list = field.list;
        member.number = field.type == Type::Int;
        selection_.fields.push_back(id);
        output_.members.push_back(std::move(member));
    }

    Result<void> lower_member(FieldId id, JsonView json, const Place& place) {
        const meta::Field& field = model_.fields[id];
        if (!field.is_relation) {
            if (!is_selected(field.name)) add_scalar(id);
            return {};
        }
        if (is_selected(field.name)) return {};
        const Place at = place.selected(field.name);
        query::RelationSelection relation;
        relation.field = id;
        Member member;
        member.name = std::string(field.name);
        member.kind = Member::Kind::Relation;
        member.index = selection_.relations.size();
        member.part = output_.parts.size();
        member.list = field.list;
        Output part;
        const ModelId related = context_.related(id_, id);
        Selector inner(context_, related, relation.selection, part);
        if (json.is_object()) {
            if (const auto arguments = json.find("arguments")) {
                LAMINA_TRY(check_arguments(field, *arguments, at));
                LAMINA_TRY(lower_arguments(context_, related, *arguments, at, relation.arguments));
            }
            LAMINA_TRY(inner.lower(*json.find("selection"), at));
        } else {
            inner.add_scalars();
        }
        output_.parts.push_back(std::move(part));
        output_.members.push_back(std::move(member));
        selection_.relations.push_back(std::move(relation));
        return {};
    }

    void add_scalars() {
        selection_.all_scalars = false;
        output_.model = std::string(model_.name);
        for (std::size_t i = 0; i < model_.fields.size(); ++i) {
            if (!model_.fields[i].is_relation) add_scalar(static_cast<FieldId>(i));
        }
    }

    /// To one row leads nothing but a filter, and that only where the row may be missing.
    static Result<void> check_arguments(const meta::Field& field, JsonView json, const Place& place) {
        if (field.list || !json.is_object()) return {};
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            if (name != "where" || field.required) return problems::refused(place.argument(name));
        }
        return {};
    }

    Result<void> lower_counts(JsonView json, const Place& place) {
        Output part;
        const bool all = json.is_boolean();
        const JsonView selection = all ? json : *json.find("selection");
        const auto scalars_given = all ? std::nullopt : selection.find("$scalars");
        const bool scalars = scalars_given && scalars_given->as_boolean();
        for (std::size_t i = 0; i < model_.fields.size(); ++i) {
            const meta::Field& field = model_.fields[i];
            if (!field.is_relation || !field.list) continue;
            const auto given = all ? std::nullopt : selection.find(field.name);
            if (given ? given->kind() == JsonView::Kind::False : !all && !scalars) continue;
            query::CountSelection count;
            count.field = static_cast<FieldId>(i);
            if (given && given->is_object()) {
                LAMINA_TRY(lower_count_filter(count, *given, place.selected(field.name)));
            }
            Member member;
            member.name = std::string(field.name);
            member.index = selection_.counts.size();
            selection_.counts.push_back(std::move(count));
            part.members.push_back(std::move(member));
        }
        Member member;
        member.name = "_count";
        member.kind = Member::Kind::Object;
        member.part = output_.parts.size();
        output_.parts.push_back(std::move(part));
        output_.members.push_back(std::move(member));
        return {};
    }

    Result<void> lower_count_filter(query::CountSelection& count, JsonView json, const Place& place) {
        const auto arguments = json.find("arguments");
        if (!arguments || !arguments->is_object()) return {};
        for (auto member = arguments->begin(); member != arguments->end(); ++member) {
            const std::string name = member.name();
            const Place at = place.argument(name);
            if (name != "where") return problems::refused(at);
            LAMINA_TRY_ASSIGN(count.where, lower_where(context_, context_.related(id_, count.field), *member, at));
        }
        return {};
    }

    const Context& context_;
    ModelId id_;
    const meta::Model& model_;
    query::Selection& selection_;
    Output& output_;
};

/// Ints are read in 64 bits: a sum, an oid or what somebody else has stored may need them, and JSON can say them.
Type wide(Type type) { return type == Type::Int ? Type::BigInt : type; }

void lay_out_selection(const Context& context, ModelId id, const query::Selection& selection, DynamicLayout& layout) {
    const meta::Model& model = context.model(id);
    for (const FieldId field_id : selection.fields) {
        const meta::Field& field = model.fields[field_id];
        const EnumLabels* labels =
            field.type == Type::Enum ? &context.schema().enums[field.enumeration].labels : nullptr;
        layout.add_column(wide(field.type), !field.required, field.list, labels);
    }
    for (std::size_t i = 0; i < selection.counts.size(); ++i) layout.add_column(Type::Int, false, false, nullptr);
    for (const query::RelationSelection& relation : selection.relations) {
        lay_out_selection(context, context.related(id, relation.field), relation.selection, layout.add_relation());
    }
}

}  // namespace

Result<void> lower_selection(const Context& context, ModelId model, JsonView json, const Place& place,
                             query::Selection& selection, Output& output) {
    return Selector(context, model, selection, output).lower(json, place);
}

Result<void> lower_arguments(const Context& context, ModelId model, JsonView json, const Place& place,
                             query::Arguments& arguments) {
    if (json.is_null()) return {};
    for (auto member = json.begin(); member != json.end(); ++member) {
        const std::string name = member.name();
        const Place at = place.argument(name);
        const JsonView value = *member;
        if (name == "where") {
            LAMINA_TRY_ASSIGN(arguments.where, lower_where(context, model, value, at));
        } else if (name == "orderBy") {
            LAMINA_TRY_ASSIGN(arguments.order_by, lower_order(context, model, value, at));
        } else if (name == "cursor") {
            LAMINA_TRY_ASSIGN(arguments.cursor, lower_cursor(context, model, value, at));
        } else if (name == "take") {
            LAMINA_TRY_ASSIGN(arguments.take, lower_integer(value, at));
        } else if (name == "skip") {
            LAMINA_TRY_ASSIGN(arguments.skip, lower_integer(value, at));
        } else if (name == "distinct") {
            LAMINA_TRY_ASSIGN(arguments.distinct, lower_field_names(context, model, value, at));
        } else {
            return problems::refused(at);
        }
    }
    return {};
}

void lay_out(const Context& context, const query::Operation& operation, DynamicLayout& layout) {
    const meta::Model& model = context.model(operation.model);
    if (operation.action != query::Action::Aggregate && operation.action != query::Action::GroupBy) {
        lay_out_selection(context, operation.model, operation.selection, layout);
        layout.finish();
        return;
    }
    const auto add = [&](const meta::Field& field, Type type, bool optional) {
        const EnumLabels* labels = type == Type::Enum ? &context.schema().enums[field.enumeration].labels : nullptr;
        layout.add_column(wide(type), optional, field.list && type == field.type, labels);
    };
    for (const FieldId field : operation.by)
        add(model.fields[field], model.fields[field].type, !model.fields[field].required);
    for (const query::AggregateValue& value : operation.aggregates) {
        if (value.aggregate == query::Aggregate::Count) {
            layout.add_column(Type::Int, false, false, nullptr);
            continue;
        }
        const meta::Field& field = model.fields[value.field];
        const bool average = value.aggregate == query::Aggregate::Average && field.type != Type::Decimal;
        add(field, average ? Type::Float : field.type, true);
    }
    layout.finish();
}

}  // namespace lamina::json
