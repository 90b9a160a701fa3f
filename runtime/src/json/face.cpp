#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/client/raw.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/json/face.hpp>
#include <lamina/value/json_document.hpp>

#include "json/run.hpp"

namespace lamina::json {
namespace {

Result<Request> read(const Context& context, std::string_view text) {
    auto document = JsonDocument::parse(std::string(text));
    if (!document) return problems::not_a_request(document.error().message());
    return lower_request(context, document->root());
}

Error unsupported_column(std::string_view type) {
    return error::raw_query_failed(
        "N/A", "Failed to deserialize column of type '" + std::string(type) +
                   "'. If you're using $queryRaw and this column is explicitly marked as `Unsupported` in your Prisma "
                   "schema, try casting this column to any supported Prisma type such as `String`.");
}

/// Whatever a database says to a raw statement is P2010.
Error raw_failure(Error error) {
    if (const std::string_view type = error.detail("column_type"); !type.empty()) return unsupported_column(type);
    if (error.sqlstate().empty() || error.code() == ErrorCode::RawQueryFailed || error.poisons_connection()) {
        return error;
    }
    const std::string_view said = error.detail("database_message");
    return error::raw_query_failed(error.sqlstate(), said.empty() ? std::string_view(error.message()) : said)
        .with_sqlstate(error.sqlstate())
        .with_poisoned_transaction(error.poisons_transaction());
}

Result<void> run_raw(Session& session, const Request& request, ResponseWriter& writer, JsonWriter& out) {
    const Sql statement = Sql::verbatim(request.sql, request.parameters);
    if (request.answer == Request::Answer::Number) {
        const Result<std::uint64_t> affected = execute_raw(session, statement);
        if (!affected) return raw_failure(affected.error());
        out.integer(static_cast<std::int64_t>(*affected));
        return {};
    }
    const Result<DynamicRows> rows = query_raw(session, statement);
    if (!rows) return raw_failure(rows.error());
    for (const ColumnType& type : rows->types()) {
        if (type.kind == ColumnType::Kind::Unsupported) return unsupported_column(type.name);
    }
    writer.raw(*rows);
    return {};
}

}  // namespace

Result<void> run_request(Session& session, const Context& context, Options options, const Request& request,
                         JsonWriter& out) {
    ResponseWriter writer(context, out, options);
    if (request.answer == Request::Answer::Raw || request.answer == Request::Answer::Number) {
        return run_raw(session, request, writer, out);
    }
    if (request.answer == Request::Answer::Count) {
        LAMINA_TRY_ASSIGN(const std::uint64_t count, session.run(request.operation, nullptr, nullptr));
        out.begin_object().name("count").integer(static_cast<std::int64_t>(count)).end_object();
        return {};
    }
    DynamicLayout layout;
    lay_out(context, request.operation, layout);
    Rows rows(layout);
    LAMINA_TRY(session.run(request.operation, &layout.layout(), &rows));
    return writer.answer(request, rows);
}

void write_answer(JsonWriter& out, std::string_view name, std::string_view value) {
    out.begin_object().name("data").begin_object().name(name).raw(value).end_object().end_object();
}

void write_failure(JsonWriter& out, const Error& error, std::optional<std::size_t> batch_index) {
    out.begin_object().name("errors").begin_array();
    write_error(out, error, batch_index);
    out.end_array().end_object();
}

void answer_request(Session& session, const Context& context, Options options, JsonView json, JsonWriter& out) {
    const Result<Request> request = lower_request(context, json);
    if (!request) return write_failure(out, request.error());
    JsonWriter value;
    const Result<void> ran = run_request(session, context, options, *request, value);
    if (!ran) return write_failure(out, ran.error());
    write_answer(out, request->name, value.text());
}

std::string Face::answer(Session& session, std::string_view request) const {
    JsonWriter out;
    auto document = JsonDocument::parse(std::string(request));
    if (document) {
        answer_request(session, Context(schema_), options_, document->root(), out);
    } else {
        write_failure(out, problems::not_a_request(document.error().message()));
    }
    return out.take_text();
}

Result<std::string> Face::run(Session& session, std::string_view request, std::string& name) const {
    auto document = JsonDocument::parse(std::string(request));
    if (!document) return problems::not_a_request(document.error().message());
    const Context context(schema_);
    LAMINA_TRY_ASSIGN(const Request lowered, lower_request(context, document->root()));
    name = lowered.name;
    JsonWriter out;
    LAMINA_TRY(run_request(session, context, options_, lowered, out));
    return out.take_text();
}

Result<std::vector<std::string>> Face::sql(Session& session, std::string_view request) const {
    LAMINA_TRY_ASSIGN(const Request lowered, read(Context(schema_), request));
    const bool raw = lowered.answer == Request::Answer::Raw || lowered.answer == Request::Answer::Number;
    if (raw) return std::vector<std::string>{lowered.sql};
    return session.sql(lowered.operation);
}

std::string error_text(const Error& error) {
    JsonWriter out;
    write_error(out, error);
    return out.take_text();
}

}  // namespace lamina::json
