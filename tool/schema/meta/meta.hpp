#pragma once

#include <memory>

#include <lamina/meta/meta.hpp>

#include "schema/model/schema.hpp"

namespace lamina::schema {

/// Does a client know the field? Not the ignored and unsupported ones, and no field of a relation that it does not
/// know.
[[nodiscard]] bool known_to_clients(const Field& field);
/// Does a client know the relation? Not one with an ignored model or field, foreign key included, on either side.
[[nodiscard]] bool known_to_clients(const Relation& relation);

/// A schema as the run time sees it (`meta::Schema`), made at run time and owned: what `lamina generate` writes into
/// client.cpp as constant data, the generator prints from this.
///
/// Models, fields, enums and relations are numbered in the order of the schema, without what clients do not know.
class OwnedMeta {
public:
    /// The schema must be valid; it is not needed afterwards.
    explicit OwnedMeta(const Schema& schema);
    OwnedMeta(OwnedMeta&& other) noexcept;
    OwnedMeta& operator=(OwnedMeta&& other) noexcept;
    ~OwnedMeta();

    /// Views of it live as long as this object, moves included.
    [[nodiscard]] const meta::Schema& schema() const noexcept;

private:
    friend class MetaMaker;
    struct Storage;
    std::unique_ptr<Storage> storage_;
};

}  // namespace lamina::schema
