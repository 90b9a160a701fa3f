// rooms: json sql/postgresql sql/sqlite
// Any text as a request of the JSON protocol, and requests made by chance of the protocol's own words: refused with an
// error, or lowered, planned for every dialect and described; never a crash.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lamina/plan/planner.hpp>
#include <lamina/plan/shape.hpp>
#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>
#include <lamina/value/json_document.hpp>

#include "json/request.hpp"
#include "json/world.hpp"

namespace {

using namespace lamina;

void try_on(const meta::Schema& schema, const dialect::Dialect& dialect, JsonView json) {
    const json::Context context(schema);
    const auto request = json::lower_request(context, json);
    if (!request) return;
    if (request->answer == json::Request::Answer::Raw || request->answer == json::Request::Answer::Number) return;
    json::DynamicLayout layout;
    json::lay_out(context, request->operation, layout);
    const plan::Shape shape(request->operation);
    static_cast<void>(plan::plan(request->operation, schema, dialect));
}

void try_text(const std::string& text) {
    static const test::World postgresql("postgresql"), sqlite("sqlite");
    const auto document = JsonDocument::parse(text);
    if (!document) return;
    try_on(postgresql.schema, dialect::postgresql::dialect(), document->root());
    try_on(sqlite.schema, dialect::sqlite::dialect(), document->root());
}

/// Makes JSON of words that mean something, as the input's bytes say.
class Maker {
public:
    Maker(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

    std::string request() {
        const std::string_view model = pick(kModels), action = pick(kActions);
        std::string text = R"({"modelName":")" + std::string(model) + R"(","action":")" + std::string(action) +
                           R"(","query":{"arguments":)";
        value(text, 0);
        text += R"(,"selection":)";
        if (byte() % 4 == 0) {
            value(text, 0);
        } else {
            text += R"({"$scalars":true})";
        }
        return text + "}}";
    }

private:
    static constexpr std::array<std::string_view, 4> kModels = {"User", "Post", "Tag", "Nope"};
    static constexpr std::array<std::string_view, 19> kActions = {"findUnique",
                                                                  "findUniqueOrThrow",
                                                                  "findFirst",
                                                                  "findFirstOrThrow",
                                                                  "findMany",
                                                                  "createOne",
                                                                  "createMany",
                                                                  "createManyAndReturn",
                                                                  "updateOne",
                                                                  "updateMany",
                                                                  "updateManyAndReturn",
                                                                  "upsertOne",
                                                                  "deleteOne",
                                                                  "deleteMany",
                                                                  "aggregate",
                                                                  "groupBy",
                                                                  "queryRaw",
                                                                  "executeRaw",
                                                                  "nope"};
    static constexpr std::array<std::string_view, 92> kWords = {"where",
                                                                "data",
                                                                "create",
                                                                "update",
                                                                "orderBy",
                                                                "cursor",
                                                                "take",
                                                                "skip",
                                                                "distinct",
                                                                "by",
                                                                "having",
                                                                "limit",
                                                                "skipDuplicates",
                                                                "relationLoadStrategy",
                                                                "AND",
                                                                "OR",
                                                                "NOT",
                                                                "some",
                                                                "every",
                                                                "none",
                                                                "is",
                                                                "isNot",
                                                                "equals",
                                                                "not",
                                                                "in",
                                                                "notIn",
                                                                "lt",
                                                                "lte",
                                                                "gt",
                                                                "gte",
                                                                "contains",
                                                                "startsWith",
                                                                "endsWith",
                                                                "mode",
                                                                "search",
                                                                "path",
                                                                "string_contains",
                                                                "string_starts_with",
                                                                "string_ends_with",
                                                                "array_contains",
                                                                "array_starts_with",
                                                                "array_ends_with",
                                                                "has",
                                                                "hasEvery",
                                                                "hasSome",
                                                                "isEmpty",
                                                                "set",
                                                                "increment",
                                                                "decrement",
                                                                "multiply",
                                                                "divide",
                                                                "push",
                                                                "createMany",
                                                                "connect",
                                                                "connectOrCreate",
                                                                "disconnect",
                                                                "delete",
                                                                "updateMany",
                                                                "upsert",
                                                                "deleteMany",
                                                                "id",
                                                                "email",
                                                                "code",
                                                                "name",
                                                                "role",
                                                                "big",
                                                                "rate",
                                                                "score",
                                                                "at",
                                                                "raw",
                                                                "active",
                                                                "posts",
                                                                "title",
                                                                "authorId",
                                                                "author",
                                                                "tags",
                                                                "label",
                                                                "email_code",
                                                                "_count",
                                                                "_sum",
                                                                "_avg",
                                                                "_min",
                                                                "_max",
                                                                "_all",
                                                                "_relevance",
                                                                "fields",
                                                                "sort",
                                                                "nulls",
                                                                "selection",
                                                                "arguments",
                                                                "$type",
                                                                "value"};
    static constexpr std::array<std::string_view, 26> kValues = {
        "1",
        "-1",
        "0",
        "1.5",
        "1e400",
        "99999999999999999999",
        "null",
        "true",
        "false",
        "\"\"",
        "\"x\"",
        "\"asc\"",
        "\"desc\"",
        "\"MENTOR\"",
        "\"DbNull\"",
        "\"insensitive\"",
        "\"2024-01-01T00:00:00Z\"",
        "\"AQID\"",
        "\"{}\"",
        R"({"$type":"FieldRef","value":{"_ref":"id","_container":"User"}})",
        R"({"$type":"Enum","value":"JsonNull"})",
        R"({"$type":"Json","value":"[1]"})",
        R"({"$type":"BigInt","value":"1"})",
        "[]",
        "{}",
        "\"email\""};

    std::uint8_t byte() { return at_ < size_ ? data_[at_++] : 0; }
    template <class Words>
    std::string_view pick(const Words& words) {
        return words[byte() % words.size()];
    }

    void value(std::string& text, int depth) {
        const std::uint8_t kind = byte();
        if (depth > 24 || at_ >= size_ || (depth > 0 && kind % 8 > 4)) {
            text += pick(kValues);
        } else if (kind % 8 == 4) {
            text += '[';
            for (int count = byte() % 4; count > 0; --count) {
                value(text, depth + 1);
                if (count > 1) text += ',';
            }
            text += ']';
        } else {
            text += '{';
            for (int count = 1 + byte() % 3; count > 0; --count) {
                text += '"';
                text += pick(kWords);
                text += "\":";
                value(text, depth + 1);
                if (count > 1) text += ',';
            }
            text += '}';
        }
    }

    const std::uint8_t* data_;
    std::size_t size_;
    std::size_t at_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try_text(std::string(reinterpret_cast<const char*>(data), size));
    try_text(Maker(data, size).request());
    return 0;
}
