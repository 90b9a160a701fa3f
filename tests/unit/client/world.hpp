#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <lamina/client/executor.hpp>
#include <lamina/client/raw.hpp>
#include <lamina/meta/meta.hpp>
#include <lamina/query/operation.hpp>
#include <lamina/value/row.hpp>

/// A schema of one model, written by hand, and the requests that the tests make.
namespace lamina::test {

struct Member {
    std::int32_t id = 0;
    std::string email;
    std::optional<std::string> name;
};

inline constexpr meta::FieldId kId = 0, kEmail = 1, kName = 2;

inline const meta::Schema& schema() {
    static const std::vector<meta::Field> fields = [] {
        std::vector<meta::Field> list(3);
        list[0].name = "id";
        list[0].column = "id";
        list[0].id = true;
        list[0].unique = true;
        list[0].default_value.kind = meta::DefaultKind::Autoincrement;
        list[1].name = "email";
        list[1].column = "e_mail";
        list[1].type = Type::String;
        list[1].unique = true;
        list[2].name = "name";
        list[2].column = "name";
        list[2].type = Type::String;
        list[2].required = false;
        return list;
    }();
    static const meta::FieldId id_fields[] = {kId}, email_fields[] = {kEmail};
    static const meta::Key keys[] = {{"id", id_fields, true}, {"email", email_fields, false}};
    static const std::vector<meta::Model> models = [] {
        std::vector<meta::Model> list(1);
        list[0].name = "Member";
        list[0].table = "members";
        list[0].fields = fields;
        list[0].keys = keys;
        return list;
    }();
    static const meta::Schema made = [] {
        meta::Schema schema;
        schema.models = models;
        return schema;
    }();
    return made;
}

inline const RowLayout& layout() {
    static const Slot slots[] = {{offsetof(Member, id), Type::Int, false, false, false, nullptr},
                                 {offsetof(Member, email), Type::String, false, false, false, nullptr},
                                 {offsetof(Member, name), Type::String, true, false, false, nullptr}};
    static const RowLayout made = [] {
        RowLayout layout;
        layout.slots = slots;
        layout.size = sizeof(Member);
        layout.append = [](void* vector) -> void* {
            return &static_cast<std::vector<Member>*>(vector)->emplace_back();
        };
        layout.data = [](void* vector) -> void* { return static_cast<std::vector<Member>*>(vector)->data(); };
        return layout;
    }();
    return made;
}

inline query::Operation create(std::string_view email, std::optional<std::string> name = std::nullopt) {
    query::Operation operation;
    operation.action = query::Action::Create;
    operation.data.fields.push_back({kEmail, query::FieldWrite::Kind::Set, Value(email)});
    if (name) operation.data.fields.push_back({kName, query::FieldWrite::Kind::Set, Value(*name)});
    return operation;
}

inline query::Operation find_many(std::string_view email = {}) {
    query::Operation operation;
    if (!email.empty()) {
        operation.arguments.where.kind = query::Filter::Kind::Compare;
        operation.arguments.where.field = kEmail;
        operation.arguments.where.value = Value(email);
    }
    return operation;
}

inline std::vector<Member> rows(Session& session, const query::Operation& operation) {
    std::vector<Member> found;
    session.run(operation, &layout(), &found).value();
    return found;
}

}  // namespace lamina::test
