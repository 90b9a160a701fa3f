#include "generate/names_check.hpp"

#include <map>

#include "generate/namer.hpp"

namespace lamina::generate {

namespace {

/// The names of one C++ scope, and what stands behind them.
class Scope {
public:
    /// Adds a name; tells who has it already.
    support::Outcome<> add(const std::string& name, const std::string& owner) {
        const auto [at, added] = owners_.emplace(name, owner);
        if (added) return {};
        return support::Problem{"the C++ name `" + name + "` would stand for " + at->second + " and for " + owner +
                                ". Rename one of them and keep its table with @@map."};
    }

private:
    std::map<std::string, std::string> owners_;
};

/// The names within one model: fields, and the functions of compound keys.
support::Outcome<> check_fields(const ClientModel& model) {
    Scope names;
    const std::string of = "` of model `" + std::string(model.model.name()) + "`";
    for (const schema::Field& field : model.fields) {
        auto added = names.add(namer::field(field.name()), "field `" + std::string(field.name()) + of);
        if (!added) return added;
    }
    for (const schema::Index& key : model.model.unique_criteria()) {
        if (key.is_single()) continue;
        auto added = names.add(namer::field(key.client_name()), "the key `" + key.client_name() + of);
        if (!added) return added;
    }
    return {};
}

}  // namespace

support::Outcome<> check_names(const Tables& tables) {
    Scope names;
    Scope files;
    for (const ClientModel& model : tables.models) {
        const std::string called = "`" + std::string(model.model.name()) + "`";
        const std::pair<std::string, std::string> wanted[] = {
            {model.row, "model " + called},
            {model.table, "the fields of model " + called},
            {model.row + "Create", "the create input of model " + called},
            {model.row + "Update", "the update input of model " + called}};
        for (const auto& [name, owner] : wanted) {
            if (auto added = names.add(name, owner); !added) return added;
        }
        if (auto added = check_fields(model); !added) return added;
        if (auto added = files.add(model.file + ".hpp", "model " + called); !added) return added;
    }
    for (const schema::Enum& enumeration : tables.enums) {
        const std::string called = "enum `" + std::string(enumeration.name()) + "`";
        if (auto added = names.add(namer::enumeration(enumeration.name()), called); !added) return added;
    }
    return {};
}

}  // namespace lamina::generate
