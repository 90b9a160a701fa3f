#include "migrate/diff.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "migrate/compare.hpp"

namespace lamina::migrate {
namespace {

using catalog::Catalog;
using catalog::id_at;
using catalog::kNone;
using catalog::TableId;

std::string quoted(std::string_view name) { return "`" + std::string{name} + "`"; }

class Differ {
public:
    Differ(const Catalog& from, const Catalog& to, const Provider& provider)
        : from_{from}, to_{to}, provider_{provider}, compare_{from, to, provider} {}

    Difference run() && {
        namespaces_and_extensions();
        enums();
        tables();
        std::vector<Step>& steps = result_.steps;
        steps.insert(steps.end(), indexes_.begin(), indexes_.end());
        steps.insert(steps.end(), foreign_keys_.begin(), foreign_keys_.end());
        return std::move(result_);
    }

private:
    void unsupported(std::string sentence) { result_.unsupported.push_back(std::move(sentence)); }

    void namespaces_and_extensions() {
        for (std::size_t at = 0; at < to_.namespaces().size(); ++at) {
            if (!from_.find_namespace(to_.namespaces()[at].name) && is_used(to_.namespaces()[at].name)) {
                result_.steps.emplace_back(CreateNamespace{id_at<catalog::NamespaceId>(at)});
            }
        }
        for (std::size_t at = 0; at < to_.extensions().size(); ++at) {
            const catalog::Extension& wanted = to_.extensions()[at];
            const auto present = from_.find_extension(wanted.name);
            if (!present) {
                result_.steps.emplace_back(CreateExtension{id_at<catalog::ExtensionId>(at)});
            } else if ((wanted.version && wanted.version != from_[*present].version) ||
                       (wanted.schema && wanted.schema != from_[*present].schema)) {
                unsupported("the extension " + quoted(wanted.name) + " is there with another version or schema");
            }
        }
    }

    /// Does a wanted table or enum lie in that namespace?
    [[nodiscard]] bool is_used(std::string_view name) const {
        const auto lies_there = [&](const auto& element) { return to_.namespace_name(element.name_space) == name; };
        return std::any_of(to_.tables().begin(), to_.tables().end(), lies_there) ||
               std::any_of(to_.enums().begin(), to_.enums().end(), lies_there);
    }

    void enums() {
        for (std::size_t at = 0; at < to_.enums().size(); ++at) {
            const catalog::Enum& wanted = to_.enums()[at];
            const auto present = from_.find_enum(to_.namespace_name(wanted.name_space), wanted.name);
            if (!present) {
                result_.steps.emplace_back(CreateEnum{id_at<catalog::EnumId>(at)});
            } else if (from_[*present].values != wanted.values) {
                unsupported("the enum " + quoted(wanted.name) + " has other values in the database");
            }
        }
        for (const catalog::Enum& present : from_.enums()) {
            if (!to_.find_enum(from_.namespace_name(present.name_space), present.name)) {
                unsupported("the enum " + quoted(present.name) + " is in the database but not in the schema");
            }
        }
    }

    void tables() {
        for (std::size_t at = 0; at < to_.tables().size(); ++at) {
            const auto id = id_at<TableId>(at);
            const auto present = from_.find_table(to_.namespace_name(to_[id].name_space), to_[id].name);
            if (!present) {
                new_table(id);
            } else {
                table(*present, id);
            }
        }
        for (const catalog::Table& present : from_.tables()) {
            if (!to_.find_table(from_.namespace_name(present.name_space), present.name)) {
                unsupported("the table " + quoted(present.name) + " is in the database but not in the schema");
            }
        }
    }

    void new_table(TableId id) {
        result_.steps.emplace_back(CreateTable{id});
        for (const catalog::IndexId added : to_[id].indexes) indexes_.emplace_back(CreateIndex{added});
        if (provider_.traits().inline_foreign_keys) return;
        for (const catalog::ForeignKeyId added : to_[id].foreign_keys) new_foreign_key(added);
    }

    /// Keys are added in the order of their ids, which is not that of the tables.
    void new_foreign_key(catalog::ForeignKeyId added) {
        const auto at = std::find_if(foreign_keys_.begin(), foreign_keys_.end(),
                                     [added](const Step& step) { return std::get<AddForeignKey>(step).to > added; });
        foreign_keys_.insert(at, AddForeignKey{added});
    }

    void table(TableId from, TableId to) {
        columns(from, to);
        primary_key(from, to);
        indexes(from, to);
        foreign_keys(from, to);
    }

    [[nodiscard]] std::string of_table(TableId to) const { return " of the table " + quoted(to_[to].name); }

    void columns(TableId from, TableId to) {
        for (const catalog::ColumnId wanted : to_[to].columns) {
            const std::string subject = "the column " + quoted(to_[wanted].name) + of_table(to);
            const auto present = from_.find_column(from, to_[wanted].name);
            if (!present) {
                unsupported(subject + " is not in the database");
                continue;
            }
            for (const std::string& difference : compare_.column_differences(*present, wanted)) {
                unsupported(subject + " differs in the database: " + difference);
            }
        }
        for (const catalog::ColumnId present : from_[from].columns) {
            if (!to_.find_column(to, from_[present].name)) {
                unsupported("the column " + quoted(from_[present].name) + of_table(to) +
                            " is in the database but not in the schema");
            }
        }
    }

    void primary_key(TableId from, TableId to) {
        const catalog::IndexId present = from_[from].primary_key;
        const catalog::IndexId wanted = to_[to].primary_key;
        if (present == kNone<catalog::IndexId> && wanted == kNone<catalog::IndexId>) return;
        if (present == kNone<catalog::IndexId> || wanted == kNone<catalog::IndexId> ||
            !compare_.same_index(present, wanted)) {
            unsupported("the primary key" + of_table(to) + " is another in the database");
        } else if (provider_.traits().named_primary_keys && from_[present].name != to_[wanted].name) {
            unsupported("the primary key" + of_table(to) + " is called " + quoted(from_[present].name) + ", not " +
                        quoted(to_[wanted].name));
        }
    }

    void indexes(TableId from, TableId to) {
        for (const catalog::IndexId wanted : to_[to].indexes) {
            const auto present = find_index(from_, from, to_[wanted].name);
            if (!present) {
                indexes_.emplace_back(CreateIndex{wanted});
            } else if (!compare_.same_index(*present, wanted)) {
                unsupported("the index " + quoted(to_[wanted].name) + of_table(to) + " is another in the database");
            }
        }
        for (const catalog::IndexId present : from_[from].indexes) {
            if (!find_index(to_, to, from_[present].name)) {
                unsupported("the index " + quoted(from_[present].name) + of_table(to) +
                            " is in the database but not in the schema");
            }
        }
    }

    void foreign_keys(TableId from, TableId to) {
        const auto describe = [this, to](const Catalog& catalog, catalog::ForeignKeyId id) {
            std::string text = "the foreign key from ";
            const char* separator = "";
            for (const catalog::ColumnId column : catalog[id].columns) {
                text += separator + quoted(catalog[column].name);
                separator = ", ";
            }
            return text + of_table(to) + " to the table " + quoted(catalog[catalog[id].referenced_table].name);
        };
        std::vector<catalog::ForeignKeyId> left = from_[from].foreign_keys;
        for (const catalog::ForeignKeyId wanted : to_[to].foreign_keys) {
            const auto found = std::find_if(left.begin(), left.end(), [&](catalog::ForeignKeyId present) {
                return compare_.same_reference(present, wanted) &&
                       (from_[present].name.empty() || from_[present].name == to_[wanted].name);
            });
            if (found == left.end()) {
                missing_foreign_key(wanted, describe(to_, wanted));
                continue;
            }
            if (from_[*found].on_delete != to_[wanted].on_delete || from_[*found].on_update != to_[wanted].on_update) {
                unsupported(describe(to_, wanted) + " has other actions in the database");
            }
            left.erase(found);
        }
        for (const catalog::ForeignKeyId present : left) {
            unsupported(describe(from_, present) + " is in the database but not in the schema");
        }
    }

    void missing_foreign_key(catalog::ForeignKeyId wanted, const std::string& subject) {
        if (provider_.traits().inline_foreign_keys) {
            unsupported(subject + " is not in the database");
        } else {
            new_foreign_key(wanted);
        }
    }

    static std::optional<catalog::IndexId> find_index(const Catalog& catalog, TableId table, std::string_view name) {
        for (const catalog::IndexId id : catalog[table].indexes) {
            if (catalog[id].name == name) return id;
        }
        return std::nullopt;
    }

    const Catalog& from_;
    const Catalog& to_;
    const Provider& provider_;
    Comparison compare_;
    Difference result_;
    std::vector<Step> indexes_, foreign_keys_;
};

}  // namespace

Difference diff(const Catalog& from, const Catalog& to, const Provider& provider) {
    return Differ{from, to, provider}.run();
}

}  // namespace lamina::migrate
