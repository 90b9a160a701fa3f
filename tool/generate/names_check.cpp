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
        if (auto added = files.add(model.file + ".hpp", "model " + called); !added) return added;
    }
    for (const schema::Enum& enumeration : tables.enums) {
        const std::string called = "enum `" + std::string(enumeration.name()) + "`";
        if (auto added = names.add(namer::enumeration(enumeration.name()), called); !added) return added;
    }
    return {};
}

}  // namespace lamina::generate
