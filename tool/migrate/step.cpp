#include "migrate/step.hpp"

#include <string_view>

namespace lamina::migrate {
namespace {

using catalog::Catalog;

std::string quoted(std::string_view name) { return "`" + std::string{name} + "`"; }

struct Summary {
    const Catalog& to;

    std::string operator()(CreateNamespace step) const { return "create schema " + quoted(to[step.to].name); }
    std::string operator()(CreateExtension step) const { return "create extension " + quoted(to[step.to].name); }
    std::string operator()(CreateEnum step) const { return "create enum " + quoted(to[step.to].name); }
    std::string operator()(CreateTable step) const { return "create table " + quoted(to[step.to].name); }
    std::string operator()(CreateIndex step) const {
        const catalog::Index& added = to[step.to];
        const char* kind = added.kind == catalog::IndexKind::Unique ? "create unique index " : "create index ";
        return kind + quoted(added.name) + " on table " + quoted(to[added.table].name);
    }
    std::string operator()(AddForeignKey step) const {
        const catalog::ForeignKey& added = to[step.to];
        return "add foreign key " + quoted(added.name) + " to table " + quoted(to[added.table].name);
    }
};

}  // namespace

std::string summary(const Step& step, const Migration& migration) { return std::visit(Summary{migration.to}, step); }

}  // namespace lamina::migrate
