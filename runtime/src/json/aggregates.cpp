#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>

#include "json/checker.hpp"
#include "json/request.hpp"

namespace lamina::json {
namespace {

using query::Aggregate;

/// Of a selection that the checker has seen.
class Aggregates {
public:
    Aggregates(const Context& context, ModelId model, query::Operation& operation, Output& output)
        : context_(context), model_(context.model(model)), operation_(operation), output_(output) {}

    Result<void> lower(JsonView json, bool groups) {
        output_.model = std::string(model_.name);
        std::string missing;
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            if ((*member).kind() == JsonView::Kind::False || name == "$composites") continue;
            if (name == "$scalars") {
                if (groups) add_all_fields(json, missing);
                continue;
            }
            const Aggregate aggregate = aggregate_of(name);
            if (aggregate != Aggregate::None) {
                add_aggregate(name, aggregate, *member);
            } else {
                add_field(name, missing);
            }
        }
        if (!missing.empty()) {
            return problems::input(
                "Every selected scalar field that is not part of an aggregation must be included in the by-arguments "
                "of the query. Missing fields: " +
                missing);
        }
        return {};
    }

private:
    void add_all_fields(JsonView json, std::string& missing) {
        for (const meta::Field& field : model_.fields) {
            const auto given = json.find(field.name);
            if (field.is_relation || (given && given->kind() == JsonView::Kind::False)) continue;
            add_field(std::string(field.name), missing);
        }
    }

    void add_field(const std::string& name, std::string& missing) {
        const auto field = Context::find_field(model_, name);
        if (!field || is_selected(name)) return;
        const auto at = std::find(operation_.by.begin(), operation_.by.end(), *field);
        if (at == operation_.by.end()) {
            missing += (missing.empty() ? "" : ", ") + name;
        } else {
            add_group_column(static_cast<std::size_t>(at - operation_.by.begin()));
        }
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

    void add_aggregate(const std::string& called, Aggregate aggregate, JsonView json) {
        Output part;
        const auto selection = json.find("selection");
        if (!selection) {
            add_all(aggregate, part);  // `true`: all that there is
        } else {
            for (auto member = selection->begin(); member != selection->end(); ++member) {
                const std::string name = member.name();
                if ((*member).kind() == JsonView::Kind::False || name == "$composites") continue;
                if (name == "$scalars") {
                    add_all(aggregate, part);
                    continue;
                }
                add(aggregate, Context::find_field(model_, name).value_or(meta::kNone), name, part);  // or _all
            }
        }
        Output::Member member;
        member.name = called;
        member.kind = Output::Member::Kind::Object;
        member.part = output_.parts.size();
        output_.parts.push_back(std::move(part));
        output_.members.push_back(std::move(member));
    }

    void add_all(Aggregate aggregate, Output& part) {
        for (std::size_t i = 0; i < model_.fields.size(); ++i) {
            if (!can_aggregate(aggregate, model_.fields[i])) continue;
            add(aggregate, static_cast<FieldId>(i), std::string(model_.fields[i].name), part);
        }
        if (aggregate == Aggregate::Count) add(aggregate, meta::kNone, "_all", part);
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

Result<void> lower_aggregates(const Context& context, ModelId model, JsonView json, bool groups,
                              query::Operation& operation, Output& output) {
    return Aggregates(context, model, operation, output).lower(json, groups);
}

}  // namespace lamina::json
