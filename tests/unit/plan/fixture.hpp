#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lamina/meta/meta.hpp>
#include <lamina/query/operation.hpp>

// A schema for tests: users with a boss and a team, posts, tags (m-n), profiles (1-1), order lines with notes (compound
// key); documents with lists and Json, which have no table.

namespace fixture {

using lamina::Value;
using lamina::meta::FieldId;
using lamina::query::Action;
using lamina::query::Comparison;
using lamina::query::Filter;
using lamina::query::Operation;

enum Model : std::uint16_t { kUser, kPost, kTag, kProfile, kLine, kNote, kDocument };
namespace user {
enum Field : FieldId { id, email, name, rate, bossId, boss, team, posts, tags, profile };
}
namespace post {
enum Field : FieldId { id, title, n, kind, authorId, author };
}
namespace tag {
enum Field : FieldId { id, name, users };
}
namespace profile {
enum Field : FieldId { id, bio, userId, user };
}
namespace line {
enum Field : FieldId { orderNo, sku, count, price, at, notes };
}
namespace note {
enum Field : FieldId { id, lineNo, lineSku, text, line };
}

namespace document {
enum Field : FieldId {
    id,
    a,
    b,
    big,
    title,
    subtitle,
    code,
    data,
    raw,
    at,
    done,
    kind,
    numbers,
    more,
    texts,
    codes,
    kinds
};
}

const lamina::meta::Schema& schema();
/// The tables of the schema for SQLite.
std::string_view sqlite_ddl();

// Short ways to say what a typed client says.

Operation find_many(std::uint16_t model);
Operation find(Action action, std::uint16_t model);
Filter compare(FieldId field, Comparison comparison, Value value, bool insensitive = false);
Filter eq(FieldId field, Value value);
Filter all(std::vector<Filter> children);
Filter any(std::vector<Filter> children);
Filter none_of(std::vector<Filter> children);
Filter relation(Filter::Kind kind, FieldId field, std::vector<Filter> children = {});
lamina::query::OrderBy by(FieldId field, lamina::query::Direction direction = lamina::query::Direction::Ascending,
                          lamina::query::Nulls nulls = lamina::query::Nulls::Default);
lamina::query::OrderBy down(FieldId field);
lamina::query::Selection select(std::vector<FieldId> fields,
                                std::vector<lamina::query::RelationSelection> relations = {});
lamina::query::RelationSelection include(FieldId field, lamina::query::Selection selection = {},
                                         lamina::query::Arguments arguments = {});

}  // namespace fixture
