#include "drivers/postgresql/records.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/base/try.hpp>
#include <lamina/value/value.hpp>

#include "drivers/postgresql/oids.hpp"
#include "drivers/postgresql/wire.hpp"

// Rows in a column, of bytes made here: what a server sends, and what none does.

using namespace lamina;
using lamina::postgresql::Cell;
namespace oid = lamina::postgresql::oid;
namespace wire = lamina::postgresql::wire;

namespace {

std::string number(std::int64_t value) {
    std::string bytes;
    wire::append32(bytes, value);
    return bytes;
}

std::string field(std::uint32_t type, const std::string& bytes) {
    return number(type) + number(static_cast<std::int64_t>(bytes.size())) + bytes;
}

std::string record(const std::vector<std::string>& fields) {
    std::string bytes = number(static_cast<std::int64_t>(fields.size()));
    for (const std::string& item : fields) bytes += item;
    return bytes;
}

std::string array(const std::vector<std::string>& records, std::uint32_t type = oid::kRecord) {
    if (records.empty()) return number(0) + number(0) + number(type);
    std::string bytes =
        number(1) + number(0) + number(type) + number(static_cast<std::int64_t>(records.size())) + number(1);
    for (const std::string& item : records) bytes += number(static_cast<std::int64_t>(item.size())) + item;
    return bytes;
}

Slot value_slot(Type type) {
    Slot slot;
    slot.type = type;
    slot.dynamic = true;
    return slot;
}

/// The Int in the first column of each row, and behind it those of the rows in the second, if there is one.
struct Numbers final : RowSink {
    Result<void> row(RowReader& reader) override {
        const Slot slot = value_slot(Type::Int);
        Value value;
        LAMINA_TRY(reader.read({&slot, 1}, 0, &value));
        text += value.is_null() ? "null " : std::to_string(value.as_int()) + " ";
        if (reader.columns() < 2) return {};
        text += "( ";
        LAMINA_TRY(reader.rows(1, *this));
        text += ") ";
        return {};
    }
    std::string text;
};

std::string read(const std::string& bytes, std::uint32_t type = oid::kRecordArray) {
    // A copy of its own on the heap: reading past it is seen.
    const std::vector<char> copy(bytes.begin(), bytes.end());
    Numbers numbers;
    const auto result = postgresql::decode_rows({copy.empty() ? "" : copy.data(), copy.size(), type}, "posts", numbers);
    if (!result) CHECK(result.error().code() == ErrorCode::InconsistentColumnData);
    return result ? numbers.text : std::string("error");
}

}  // namespace

TEST_CASE("rows in rows are read to any depth") {
    const std::string one = record({field(oid::kInt4, number(1))}), null = record({number(oid::kInt4) + number(-1)});
    CHECK(read(array({})) == "");
    CHECK(read(array({one, null})) == "1 null ");
    const std::string inner = record({field(oid::kInt4, number(2)), field(oid::kRecordArray, array({one, one}))});
    const std::string empty = record({field(oid::kInt4, number(3)), field(oid::kRecordArray, array({}))});
    const std::string none = record({field(oid::kInt4, number(4)), number(oid::kRecordArray) + number(-1)});
    const std::string outer =
        record({field(oid::kInt4, number(5)), field(oid::kRecordArray, array({inner, empty, none}))});
    CHECK(read(array({outer, one})) == "5 ( 2 ( 1 1 ) 3 ( ) 4 ( ) ) 1 ");
    Numbers numbers;
    CHECK(postgresql::decode_rows(Cell{nullptr, 0, oid::kRecordArray}, "posts", numbers));
    CHECK(numbers.text.empty());
}

TEST_CASE("columns of a record are found in any order") {
    struct Backwards final : RowSink {
        Result<void> row(RowReader& reader) override {
            const Slot slot = value_slot(Type::String);
            for (const std::size_t column : {2U, 0U, 1U, 1U})
                LAMINA_TRY(reader.read({&slot, 1}, column, &values.emplace_back()));
            CHECK(reader.columns() == 3);
            CHECK(reader.column_type(1).kind == ColumnType::Kind::String);
            CHECK(reader.column_type(3).kind == ColumnType::Kind::Unknown);
            Value natural;
            LAMINA_TRY(reader.read_value(2, natural));
            CHECK(natural == Value("c"));
            return reader.read({&slot, 1}, 3, &natural);
        }
        std::vector<Value> values;
    } sink;
    const std::string bytes = array({record({field(oid::kText, "a"), field(oid::kText, "b"), field(oid::kText, "c")})});
    const auto result = postgresql::decode_rows({bytes.data(), bytes.size(), oid::kRecordArray}, "posts", sink);
    CHECK(sink.values == std::vector<Value>{"c", "a", "b", "b"});
    REQUIRE_FALSE(result.has_value());
    CHECK(std::string(result.error().what()).find("posts") != std::string::npos);
}

TEST_CASE("bytes that are no rows are refused") {
    const std::string one = record({field(oid::kInt4, number(1))});
    const std::string good =
        array({record({field(oid::kInt4, number(5)), field(oid::kRecordArray, array({one, one}))})});
    REQUIRE(read(good) == "5 ( 1 1 ) ");
    for (std::size_t size = 0; size < good.size(); ++size) CHECK(read(good.substr(0, size)) == "error");
    CHECK(read(good, oid::kText) == "error");
    CHECK(read(array({number(1)}, oid::kInt4)) == "error");
    CHECK(read(number(2) + good.substr(4)) == "error");
    CHECK(read(array({number(-1)})) == "error");
    CHECK(read(array({number(0x7fffffff) + field(oid::kInt4, number(1))})) == "error");
    CHECK(read(array({number(1) + number(oid::kInt4) + number(0x7fffffff)})) == "error");
    CHECK(read(number(1) + number(1) + number(oid::kRecord) + number(1) + number(1) + number(-1)) == "error");
    CHECK(read(array({record({field(oid::kText, "x")})})) == "error");
}
