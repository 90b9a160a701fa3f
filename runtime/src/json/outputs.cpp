#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <lamina/base/try.hpp>

#include "json/checker.hpp"

// Selections, checked against what there is to select.

namespace lamina::json {
namespace {

using query::Aggregate;
using Form = OutputType::Form;

struct AggregateName {
    std::string_view member;
    std::string_view word;
    Aggregate aggregate;
};

constexpr std::array kAggregateNames = {
    AggregateName{"_count", "Count", Aggregate::Count}, AggregateName{"_avg", "Avg", Aggregate::Average},
    AggregateName{"_sum", "Sum", Aggregate::Sum}, AggregateName{"_min", "Min", Aggregate::Minimum},
    AggregateName{"_max", "Max", Aggregate::Maximum}};

std::string type_name(const Context& context, const OutputType& type) {
    const std::string model = type.model == meta::kNone ? "" : std::string(context.model(type.model).name);
    switch (type.form) {
        case Form::Scalar: break;
        case Form::Model: return model;
        case Form::Returned: return (type.updated ? "UpdateMany" : "CreateMany") + model + "AndReturnOutputType";
        case Form::AffectedRows: return "AffectedRowsOutput";
        case Form::Aggregate: return "Aggregate" + model;
        case Form::Group: return model + "GroupByOutputType";
        case Form::Aggregated:
            for (const AggregateName& name : kAggregateNames) {
                if (name.aggregate == type.aggregate) return model + std::string(name.word) + "AggregateOutputType";
            }
            break;
        case Form::RelationCounts: return model + "CountOutputType";
    }
    return "";
}

bool has_aggregate(const meta::Model& model, Aggregate aggregate) {
    return aggregate == Aggregate::Count ||
           std::any_of(model.fields.begin(), model.fields.end(),
                       [aggregate](const meta::Field& f) { return can_aggregate(aggregate, f); });
}

/// The type of a member; nothing when there is no such member.
std::optional<OutputType> find_member(const Context& context, const OutputType& type, std::string_view name) {
    const OutputType scalar;
    if (type.form == Form::Scalar) return std::nullopt;
    if (type.form == Form::AffectedRows) return name == "count" ? std::optional(scalar) : std::nullopt;
    const meta::Model& model = context.model(type.model);
    const auto id = Context::find_field(model, name);
    const meta::Field* field = id ? &model.fields[*id] : nullptr;
    switch (type.form) {
        case Form::Scalar:
        case Form::AffectedRows: break;
        case Form::Model:
        case Form::Returned:
            if (field == nullptr) {
                const bool counts = name == "_count" && type.form == Form::Model &&
                                    std::any_of(model.fields.begin(), model.fields.end(),
                                                [](const meta::Field& f) { return f.is_relation && f.list; });
                if (!counts) return std::nullopt;
                return OutputType{Form::RelationCounts, type.model, Aggregate::None, false};
            }
            if (!field->is_relation) return scalar;
            if (type.form == Form::Returned && !context.holds_key(type.model, *id)) return std::nullopt;
            return OutputType{Form::Model, context.related(type.model, *id), Aggregate::None, false};
        case Form::Aggregate:
        case Form::Group:
            for (const AggregateName& word : kAggregateNames) {
                if (word.member != name || !has_aggregate(model, word.aggregate)) continue;
                return OutputType{Form::Aggregated, type.model, word.aggregate, false};
            }
            return type.form == Form::Group && field != nullptr && !field->is_relation ? std::optional(scalar)
                                                                                       : std::nullopt;
        case Form::Aggregated:
            if (type.aggregate == Aggregate::Count && name == "_all") return scalar;
            return field != nullptr && can_aggregate(type.aggregate, *field) ? std::optional(scalar) : std::nullopt;
        case Form::RelationCounts:
            return field != nullptr && field->is_relation && field->list ? std::optional(scalar) : std::nullopt;
    }
    return std::nullopt;
}

bool names_all(const JsonView::Iterator& member) { return member.named("$scalars") || member.named("$composites"); }

/// Whether `$scalars` stands for anything that is not taken away again.
bool asks_for_scalars(const Context& context, const OutputType& type, JsonView json) {
    const auto asked = [&](std::string_view name) {
        const auto member = find_member(context, type, name);
        const auto given = json.find(name);
        return member && member->form == Form::Scalar && !(given && given->kind() == JsonView::Kind::False);
    };
    if (type.form == Form::Scalar) return false;
    if (type.form == Form::AffectedRows) return asked("count");
    const auto& fields = context.model(type.model).fields;
    return asked("_all") ||
           std::any_of(fields.begin(), fields.end(), [&](const meta::Field& field) { return asked(field.name); });
}

/// Whether anything is asked for: what is false is not.
bool asks(const Context& context, const OutputType& type, JsonView json) {
    for (auto member = json.begin(); member != json.end(); ++member) {
        const bool yes = (*member).as_boolean();
        if (!yes && !(*member).is_object()) continue;
        if (!yes || !names_all(member)) return true;
        if (member.named("$scalars") && asks_for_scalars(context, type, json)) return true;
    }
    return false;
}

}  // namespace

Aggregate aggregate_of(std::string_view name) {
    for (const AggregateName& known : kAggregateNames) {
        if (known.member == name) return known.aggregate;
    }
    return Aggregate::None;
}

bool can_aggregate(Aggregate aggregate, const meta::Field& field) {
    if (field.is_relation) return false;
    switch (aggregate) {
        case Aggregate::Count: return true;
        case Aggregate::Sum:
        case Aggregate::Average: return is_number(field.type) && !field.list;
        case Aggregate::Minimum:
        case Aggregate::Maximum: return field.type != Type::Json && !field.list;
        case Aggregate::None: break;
    }
    return false;
}

OutputType output_of(ModelId model, query::Action action) {
    using query::Action;
    OutputType type;
    type.model = model;
    type.form = Form::Model;
    type.updated = action == Action::UpdateManyAndReturn;
    if (action == Action::Aggregate) type.form = Form::Aggregate;
    if (action == Action::GroupBy) type.form = Form::Group;
    if (type.updated || action == Action::CreateManyAndReturn) type.form = Form::Returned;
    const bool counts = action == Action::CreateMany || action == Action::UpdateMany || action == Action::DeleteMany ||
                        action == Action::UpsertMany;
    if (counts) type.form = Form::AffectedRows;
    return type;
}

Result<void> Checker::selection(const OutputType& type, JsonView json, const Place& place, bool with_arguments) {
    if (place.depth() > kMaxNesting) return problems::too_deep(place);
    if (!asks(context_, type, json)) return problems::empty_selection(place);
    for (auto member = json.begin(); member != json.end(); ++member) {
        if ((*member).as_boolean() && names_all(member)) continue;
        LAMINA_TRY(selected(type, member.name(), *member, place, with_arguments));
    }
    return {};
}

Result<void> Checker::selected(const OutputType& type, std::string_view name, JsonView json, const Place& place,
                               bool with_arguments) {
    const auto member = find_member(context_, type, name);
    if (!member) return problems::unknown_selection(place, name, type_name(context_, type));
    if (!json.is_object()) return {};
    const Place at = place.selected(name);
    const auto id = type.model == meta::kNone ? std::nullopt : Context::find_field(context_.model(type.model), name);
    const auto given_arguments = json.find("arguments");
    if (given_arguments && !given_arguments->is_null()) {
        const bool related = id && context_.model(type.model).fields[*id].is_relation;
        std::vector<InputField> fields;
        if (related && member->form == Form::Scalar) {
            fields = {arguments_of_relation(context_, type.model, *id).front()};
        } else if (related) {
            fields = arguments_of_relation(context_, type.model, *id);
        }
        // A relation's are looked at by lowering, and by us only when it has failed.
        if (!related || with_arguments) LAMINA_TRY(arguments(fields, *given_arguments, at));
    }
    const JsonView inner = *json.find("selection");
    if (member->form != Form::Scalar) return selection(*member, inner, at, with_arguments);
    return asks(context_, *member, inner) ? problems::selection_in_scalar(place, name) : Result<void>();
}

}  // namespace lamina::json
