#include <unordered_set>

#include "schema/analyze/rules/validation.hpp"

// Emulated referential actions are followed by the client, so a cycle of them would never end. (A database that follows
// foreign keys looks after itself.)
namespace lamina::schema::rules {
namespace {

bool modifies(ReferentialAction action) {
    return action == ReferentialAction::Cascade || action == ReferentialAction::SetNull ||
           action == ReferentialAction::SetDefault;
}

bool modifies(const Relation& relation) { return modifies(relation.on_delete()) || modifies(relation.on_update()); }

void report(const Validation& v, const Relation& relation, const std::string& text) {
    const RelationData& data = relation.data();
    const auto implicit = [&](std::string_view name, const std::optional<ReferentialAction>& written,
                              ReferentialAction action) {
        return written || !modifies(action) ? std::string{}
                                            : "`" + std::string{name} + "`: `" + std::string{to_string(action)} + "`";
    };
    const std::string on_delete = implicit("onDelete", data.on_delete, relation.on_delete());
    const std::string on_update = implicit("onUpdate", data.on_update, relation.on_update());
    std::string defaults = on_delete;
    if (!on_update.empty()) defaults += (defaults.empty() ? "" : ", and ") + on_update;
    const std::string note = defaults.empty() ? "" : " (Implicit default " + defaults + ")";
    v.push(messages::validation(text + note + " Read more at https://pris.ly/d/cyclic-referential-actions",
                                relation.owning_side().field().data().span));
}

struct Step {
    Relation relation;
    std::string path;
};

std::string path_of(const Relation& relation) {
    const Field field = relation.owning_side().field();
    return std::string{field.model().name()} + "." + std::string{field.name()};
}

// The relations whose foreign keys are in that model and whose actions change rows.
std::vector<Relation> relations_from(const Model& model) {
    std::vector<Relation> out;
    for (const RelationField field : model.relation_fields()) {
        const RelationData& data = field.relation().data();
        if (data.owning != field.id() || data.opposite == kNone<FieldId> || data.kind == RelationKind::ManyToMany)
            continue;
        if (modifies(field.relation())) out.push_back(field.relation());
    }
    return out;
}

}  // namespace

void check_cycles(const Validation& v, const Relation& relation) {
    if (v.uses_foreign_keys() || !modifies(relation)) return;
    const Model start = relation.owning_side().model();
    if (relation.opposite_side().model() == start) {
        return report(
            v, relation,
            "A self-relation must have `onDelete` and `onUpdate` referential actions set to `NoAction` in one of the "
            "@relation attributes.");
    }
    std::unordered_set<std::uint32_t> visited{static_cast<std::uint32_t>(relation.id())};
    std::vector<Step> todo{{relation, path_of(relation)}};
    while (!todo.empty()) {
        const Step step = std::move(todo.back());
        todo.pop_back();
        const Model reached = step.relation.opposite_side().model();
        if (reached == start) {
            return report(
                v, relation,
                "Reference causes a cycle. One of the @relation attributes in this cycle must have `onDelete` and "
                "`onUpdate` referential actions set to `NoAction`. Cycle path: " +
                    step.path + ".");
        }
        for (const Relation next : relations_from(reached)) {
            if (next.opposite_side().model() == reached) continue;
            if (visited.insert(static_cast<std::uint32_t>(next.id())).second)
                todo.push_back({next, step.path + " → " + path_of(next)});
        }
    }
}

}  // namespace lamina::schema::rules
