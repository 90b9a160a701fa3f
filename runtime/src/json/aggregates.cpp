#include <algorithm>
#include <array>
#include <utility>

#include <lamina/base/try.hpp>

#include "json/checker.hpp"
#include "json/request.hpp"

namespace lamina::json {
namespace {

using query::Aggregate;

struct AggregateWord {
    std::string_view name;
    Aggregate aggregate;
    std::string_view type;
};

constexpr std::array kAggregateWords = {
    AggregateWord{"_count", Aggregate::Count, "Count"}, AggregateWord{"_avg", Aggregate::Average, "Avg"},
    AggregateWord{"_sum", Aggregate::Sum, "Sum"}, AggregateWord{"_min", Aggregate::Minimum, "Min"},
    AggregateWord{"_max", Aggregate::Maximum, "Max"}};

class Aggregates {
public:
    Aggregates(const Context& context, ModelId model, query::Operation& operation, Output& output)
        : context_(context), model_(context.model(model)), operation_(operation), output_(output) {}

    Result<void> lower(JsonView json, const Place& place, bool groups) {
        output_.model = std::string(model_.name);
        if (!json.is_object()) return problems::empty_selection(place);
        std::string missing;
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            if ((*member).kind() == JsonView::Kind::False || name == "$composites") continue;
            if (name == "$scalars") {
                if (groups) LAMINA_TRY(lower_all_fields(json, place, missing));
                continue;
            }
            const auto word = std::find_if(kAggregateWords.begin(), kAggregateWords.end(),
                                           [&](const AggregateWord& w) { return w.name == name; });
            if (word != kAggregateWords.end()) {
                LAMINA_TRY(lower_word(*word, *member, place.selected(name)));
            } else if (groups) {
                LAMINA_TRY(lower_group_field(name, place, missing));
            } else {
                return problems::unknown_selection(place, name, "Aggregate" + std::string(model_.name));
            }
        }
        if (!missing.empty()) {
            return problems::input(
                "Every selected scalar field that is not part of an aggregation must be included in the by-arguments "
                "of the query. Missing fields: " +
                missing);
        }
        if (output_.members.empty()) return problems::empty_selection(place);
        return {};
    }

private:
    Result<void> lower_all_fields(JsonView json, const Place& place, std::string& missing) {
        for (const meta::Field& field : model_.fields) {
            const auto given = json.find(field.name);
            if (field.is_relation || (given && given->kind() == JsonView::Kind::False)) continue;
            LAMINA_TRY(lower_group_field(std::string(field.name), place, missing));
        }
        return {};
    }

    Result<void> lower_group_field(const std::string& name, const Place& place, std::string& missing) {
        const auto field = Context::find_field(model_, name);
        if (!field || model_.fields[*field].is_relation) {
            return problems::unknown_selection(place, name, std::string(model_.name) + "GroupByOutputType");
        }
        if (is_selected(name)) return {};
        const auto at = std::find(operation_.by.begin(), operation_.by.end(), *field);
        if (at == operation_.by.end()) {
            missing += (missing.empty() ? "" : ", ") + name;
        } else {
            add_group_column(static_cast<std::size_t>(at - operation_.by.begin()));
        }
        return {};
    }

    bool is_selected(std::string_view name) const {
        return std::any_of(output_.members.begin(), output_.members.end(),
                           [name](const Output::Member& member) { return member.name == name; });
    }

    void add_group_column(std::size_t column) {
        const meta::Field& field = model_.fields[operation_.by[column]];
        Output::Member member;
        member.name = std::string(field.name);
        member.index = column;
        member.list = field.list;
        member.number = field.type == Type::Int;
        output_.members.push_back(std::move(member));
    }

    Result<void> lower_word(const AggregateWord& word, JsonView json, const Place& place) {
        Output part;
        const auto selection = json.find("selection");
        if (json.is_object() && json.find("arguments") && json.find("arguments")->size() > 0) {
            return problems::unknown_argument(place.argument(json.find("arguments")->begin().name()));
        }
        const std::string type = std::string(model_.name) + std::string(word.type) + "AggregateOutputType";
        if (!selection) {
            // `true`: all that there is.
            if (!json.as_boolean()) return problems::empty_selection(place);
            add_all(word, part);
        } else {
            for (auto member = selection->begin(); member != selection->end(); ++member) {
                const std::string name = member.name();
                if ((*member).kind() == JsonView::Kind::False || name == "$composites") continue;
                if (name == "$scalars") {
                    add_all(word, part);
                    continue;
                }
                const bool all = name == "_all" && word.aggregate == Aggregate::Count;
                const auto field = Context::find_field(model_, name);
                if (!all && (!field || !can_aggregate(word.aggregate, model_.fields[*field]))) {
                    return problems::unknown_selection(place, name, type);
                }
                add(word.aggregate, all ? meta::kNone : *field, name, part);
            }
        }
        if (part.members.empty()) return problems::empty_selection(place);
        Output::Member member;
        member.name = std::string(word.name);
        member.kind = Output::Member::Kind::Object;
        member.part = output_.parts.size();
        output_.parts.push_back(std::move(part));
        output_.members.push_back(std::move(member));
        return {};
    }

    void add_all(const AggregateWord& word, Output& part) {
        for (std::size_t i = 0; i < model_.fields.size(); ++i) {
            if (!can_aggregate(word.aggregate, model_.fields[i])) continue;
            add(word.aggregate, static_cast<FieldId>(i), std::string(model_.fields[i].name), part);
        }
        if (word.aggregate == Aggregate::Count) add(word.aggregate, meta::kNone, "_all", part);
    }

    void add(Aggregate aggregate, FieldId field, const std::string& name, Output& part) {
        Output::Member member;
        member.name = name;
        member.index = operation_.by.size() + operation_.aggregates.size();
        member.number =
            field != meta::kNone && aggregate != Aggregate::Average && model_.fields[field].type == Type::Int;
        operation_.aggregates.push_back({aggregate, field});
        part.members.push_back(std::move(member));
    }

    const Context& context_;
    const meta::Model& model_;
    query::Operation& operation_;
    Output& output_;
};

}  // namespace

Result<void> lower_aggregates(const Context& context, ModelId model, JsonView json, const Place& place, bool groups,
                              query::Operation& operation, Output& output) {
    return Aggregates(context, model, operation, output).lower(json, place, groups);
}

}  // namespace lamina::json
