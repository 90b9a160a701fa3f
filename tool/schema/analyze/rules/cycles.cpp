#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "schema/analyze/rules/validation.hpp"

// Emulated referential actions are followed by the client, so a cycle of them would never end. A database that follows
// foreign keys looks after itself, or refuses tables whose actions lead round, or to one table along two paths.
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
    // In the order of the models that they lead to: it decides which of several cycles is named.
    std::stable_sort(out.begin(), out.end(), [](const Relation& a, const Relation& b) {
        return a.opposite_side().model().id() < b.opposite_side().model().id();
    });
    return out;
}

}  // namespace

void check_cycles(const Validation& v, const Relation& relation) {
    if (v.uses_foreign_keys() && !v.connector().can(Capability::RefusesActionCycles)) return;
    if (!modifies(relation)) return;
    const Model start = relation.owning_side().model();
    std::unordered_set<std::uint32_t> visited{static_cast<std::uint32_t>(relation.id())};
    std::vector<Step> todo{{relation, path_of(relation)}};
    while (!todo.empty()) {
        const Step step = std::move(todo.back());
        todo.pop_back();
        const Model reached = step.relation.opposite_side().model();
        if (reached == step.relation.owning_side().model()) {
            return report(
                v, relation,
                "A self-relation must have `onDelete` and `onUpdate` referential actions set to `NoAction` in one of "
                "the @relation attributes.");
        }
        if (reached == start) {
            return report(
                v, relation,
                "Reference causes a cycle. One of the @relation attributes in this cycle must have `onDelete` and "
                "`onUpdate` referential actions set to `NoAction`. Cycle path: " +
                    step.path + ".");
        }
        for (const Relation next : relations_from(reached)) {
            if (visited.insert(static_cast<std::uint32_t>(next.id())).second)
                todo.push_back({next, step.path + " → " + path_of(next)});
        }
    }
}

namespace {

// All models whose changes reach the model of `first` through it. Only ways that end count, at a model without such
// relations of its own: those that lead round are reported as cycles.
std::vector<ModelId> models_behind(const Relation& first) {
    const Model start = first.owning_side().model();
    std::vector<Model> reached;
    std::unordered_map<std::uint32_t, std::vector<Model>> before;  // the models that lead to one
    std::unordered_set<std::uint32_t> seen{static_cast<std::uint32_t>(start.id())};
    std::vector<Model> ends;
    const auto visit = [&](const Model& model) {
        if (seen.insert(static_cast<std::uint32_t>(model.id())).second) reached.push_back(model);
    };
    visit(first.opposite_side().model());
    for (std::size_t i = 0; i < reached.size(); ++i) {
        const Model model = reached[i];
        const std::vector<Relation> next = relations_from(model);
        if (next.empty()) ends.push_back(model);
        for (const Relation relation : next) {
            before[static_cast<std::uint32_t>(relation.opposite_side().model().id())].push_back(model);
            visit(relation.opposite_side().model());
        }
    }
    std::vector<ModelId> out;
    std::unordered_set<std::uint32_t> ending;
    while (!ends.empty()) {
        const Model model = ends.back();
        ends.pop_back();
        if (!ending.insert(static_cast<std::uint32_t>(model.id())).second) continue;
        out.push_back(model.id());
        const std::vector<Model>& sources = before[static_cast<std::uint32_t>(model.id())];
        ends.insert(ends.end(), sources.begin(), sources.end());
    }
    return out;
}

}  // namespace

void check_paths(const Validation& v, const Relation& relation) {
    if (!v.uses_foreign_keys() || !v.connector().can(Capability::RefusesActionCycles) || !modifies(relation)) return;
    const Model start = relation.owning_side().model();
    std::unordered_set<std::uint32_t> elsewhere;
    for (const Relation other : relations_from(start)) {
        if (other.id() == relation.id()) continue;
        for (const ModelId id : models_behind(other)) elsewhere.insert(static_cast<std::uint32_t>(id));
    }
    std::vector<std::string> names;
    for (const ModelId id : models_behind(relation)) {
        if (elsewhere.contains(static_cast<std::uint32_t>(id)))
            names.push_back("`" + std::string{Model{&v.schema, id}.name()} + "`");
    }
    if (names.empty()) return;
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    const bool one = names.size() == 1;
    report(v, relation,
           "When any of the records in model" + std::string{one ? " " : "s "} + list + (one ? " is" : " are") +
               " updated or deleted, the referential actions on the relations cascade to model `" +
               std::string{start.name()} +
               "` through multiple paths. Please break one of these paths by setting the `onUpdate` and `onDelete` to "
               "`NoAction`.");
}

}  // namespace lamina::schema::rules
