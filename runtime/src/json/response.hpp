#pragma once

#include <string>

#include <lamina/client/raw.hpp>
#include <lamina/json/options.hpp>
#include <lamina/value/json_writer.hpp>

#include "json/request.hpp"

namespace lamina::json {

/// Writes values and rows as the protocol has them: tagged, or plain.
class ResponseWriter {
public:
    ResponseWriter(const Context& context, JsonWriter& out, Options options) noexcept
        : context_(context), out_(out), options_(options) {}

    void value(const Value& value);
    /// The rows as objects: a list, one or null.
    Result<void> answer(const Request& request, const Rows& rows);
    /// One of the rows as an object, or null.
    Result<void> one(const Request& request, const Rows& rows, std::optional<std::size_t> number);
    /// {"columns": [...], "types": [...], "rows": [[...]]}
    void raw(const DynamicRows& rows);

private:
    Result<void> row(const Output& output, const Rows& rows, std::size_t number);
    Result<void> columns(const Output& output, const Rows& rows, std::size_t number);
    Result<void> column(const Output::Member& member, const Rows& rows, std::size_t number);
    /// An enum's label as the schema writes it; rows hold the database's.
    Result<void> label(const Value& value, const EnumLabels& labels);
    /// An Int or a list of them.
    void number_of(const Value& value);
    void tagged(std::string_view type, std::string_view text);
    void raw_cell(const Value& value, ColumnType::Kind type);

    const Context& context_;
    JsonWriter& out_;
    Options options_;
};

/// Writes {"code": …, "message": …, "meta": {…}}; `batch_index` names the request of a batch, when there is one.
void write_error(JsonWriter& out, const Error& error, std::optional<std::size_t> batch_index = std::nullopt);

}  // namespace lamina::json
