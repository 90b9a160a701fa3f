#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/context.hpp"
#include "json/rows.hpp"

namespace lamina::json {

/// How a row becomes an object: its members in the order in which they were asked for.
struct Output {
    struct Member {
        enum class Kind : std::uint8_t {
            Column,    ///< column `index` of the row
            Relation,  ///< relation `index` of the row, as parts[part] says
            Object     ///< an object of columns of the same row, as parts[part] says (_count, _sum)
        };
        std::string name;
        Kind kind = Kind::Column;
        std::size_t index = 0;
        std::size_t part = 0;
        bool list = false;    ///< Relation: to many; Column: null stands for an empty list
        bool number = false;  ///< Column: an Int, which is a number of JSON though it is read in 64 bits
    };
    std::string model;
    std::vector<Member> members;
    std::vector<Output> parts;
};

/// A request as an operation, and how its answer is written.
struct Request {
    enum class Answer : std::uint8_t {
        List,  ///< all rows
        OneOrNull,
        One,     ///< a row there must be
        Count,   ///< {"count": n}
        Number,  ///< executeRaw: n
        Raw      ///< queryRaw: columns, types, rows
    };
    std::string name;  ///< the member of `data`: "findManyUser"
    Answer answer = Answer::List;
    query::Operation operation;
    Output output;
    std::string sql;  ///< Raw, Number
    std::vector<Value> parameters;
};

/// Lowers {"modelName": …, "action": …, "query": {…}} and checks it against the schema.
/// Fails with P2009, P2012, P2019 … in Prisma's words, P2026 for what is not there yet.
Result<Request> lower_request(const Context& context, JsonView json);

/// Lowers a selection, which the checker has seen, into the operation's and the output's members.
Result<void> lower_selection(const Context& context, ModelId model, JsonView json, const Place& place,
                             query::Selection& selection, Output& output);
/// Lowers the arguments of a read (where, orderBy, cursor, take, skip, distinct), which `names` allows.
Result<void> lower_arguments(const Context& context, ModelId model, JsonView json, const Place& place,
                             query::Arguments& arguments);
/// Lowers the selection of aggregate and group_by (`groups`), which the checker has seen.
Result<void> lower_aggregates(const Context& context, ModelId model, JsonView json, bool groups,
                              query::Operation& operation, Output& output);
/// Lowers queryRaw and executeRaw.
Result<void> lower_raw(JsonView json, const Place& place, Request& request);

/// The layout of an operation's rows.
void lay_out(const Context& context, const query::Operation& operation, DynamicLayout& layout);

}  // namespace lamina::json
