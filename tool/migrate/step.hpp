#pragma once

#include <string>
#include <variant>
#include <vector>

#include "catalog/catalog.hpp"

/// What a migration does, as plain data. A step names its subject by id: `to` is an id of the catalog that is wanted,
/// `from` one of the catalog that is there.
namespace lamina::migrate {

struct CreateNamespace {
    catalog::NamespaceId to{};
};
struct CreateExtension {
    catalog::ExtensionId to{};
};
struct CreateEnum {
    catalog::EnumId to{};
};
/// Table, columns, primary key; foreign keys too where they cannot be added later.
struct CreateTable {
    catalog::TableId to{};
};
struct CreateIndex {
    catalog::IndexId to{};
};
struct AddForeignKey {
    catalog::ForeignKeyId to{};
};

using Step = std::variant<CreateNamespace, CreateExtension, CreateEnum, CreateTable, CreateIndex, AddForeignKey>;

/// From one catalog to another. The ids in `steps` belong to these two.
struct Migration {
    catalog::Catalog from, to;
    std::vector<Step> steps;
};

/// One line about a step, for people: "create table `Post`".
[[nodiscard]] std::string summary(const Step& step, const Migration& migration);

}  // namespace lamina::migrate
