// rooms: drivers/postgresql
// Any bytes as a cell of any type, read into any member, or as rows to any depth: refused, or read without touching a
// byte outside. Numbers and times that were read give the same value after a way back through the encoder.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <lamina/value/value.hpp>

#include "drivers/postgresql/cells.hpp"
#include "drivers/postgresql/decode.hpp"
#include "drivers/postgresql/encode.hpp"
#include "drivers/postgresql/oids.hpp"
#include "drivers/postgresql/records.hpp"

namespace {

using namespace lamina;
using postgresql::Cell;
namespace oid = postgresql::oid;

constexpr std::uint32_t kTypes[] = {oid::kBool,    oid::kBytea,
                                    oid::kChar,    oid::kInt8,
                                    oid::kInt2,    oid::kInt4,
                                    oid::kText,    oid::kOid,
                                    oid::kJson,    oid::kInet,
                                    oid::kCidr,    oid::kXml,
                                    oid::kMoney,   oid::kMacaddr,
                                    oid::kFloat4,  oid::kFloat8,
                                    oid::kDate,    oid::kTime,
                                    oid::kBit,     oid::kVarbit,
                                    oid::kUuid,    oid::kJsonb,
                                    oid::kNumeric, oid::kTimetz,
                                    oid::kVoid,    oid::kTimestamp,
                                    1005,          1007,
                                    1009,          1231,
                                    1115,          2951,
                                    1001,          1563,
                                    16385,         99999};

void require(bool fact) {
    if (!fact) std::abort();
}

/// What has been read can be sent, and is then read as the same.
void check_way_back(const Cell& cell, const Value& value) {
    // A time of day that no server sends, of more than a day, is cut by the encoder.
    if (cell.type == oid::kTime || cell.type == oid::kTimetz) return;
    std::string bytes;
    const auto encoded = postgresql::append_binary(bytes, value, cell.type);
    if (!encoded || !*encoded) return;
    Value again;
    require(postgresql::decode_natural({bytes.data(), bytes.size(), cell.type}, again) == nullptr);
    require(again == value);
}

template <class T>
void read_member(const Cell& cell, Slot slot) {
    T required{};
    (void)postgresql::decode_slot(cell, slot, &required);
    slot.optional = true;
    std::optional<T> optional;
    (void)postgresql::decode_slot(cell, slot, &optional);
    slot.optional = false;
    slot.list = true;
    std::vector<T> list;
    (void)postgresql::decode_slot(cell, slot, &list);
}

void read_members(const Cell& cell) {
    Slot slot;
    const auto with = [&slot](Type type) {
        slot.type = type;
        return slot;
    };
    read_member<std::int32_t>(cell, with(Type::Int));
    read_member<std::int64_t>(cell, with(Type::BigInt));
    read_member<double>(cell, with(Type::Float));
    read_member<Decimal>(cell, with(Type::Decimal));
    read_member<bool>(cell, with(Type::Boolean));
    read_member<std::string>(cell, with(Type::String));
    read_member<DateTime>(cell, with(Type::DateTime));
    read_member<Json>(cell, with(Type::Json));
    read_member<Bytes>(cell, with(Type::Bytes));
}

/// Reads all columns of all rows, from the last to the first and back, and the rows in them.
struct AllRows final : RowSink {
    explicit AllRows(int more) : depth(more) {}
    Result<void> row(RowReader& reader) override {
        const std::size_t columns = reader.columns() < 64 ? reader.columns() : 64;
        Value value;
        Slot slot;
        slot.dynamic = true;
        for (std::size_t i = columns; i-- > 0;) {
            slot.type = static_cast<Type>(i % 10);
            (void)reader.read({&slot, 1}, i, &value);
        }
        for (std::size_t i = 0; i < columns; ++i) {
            AllRows inside(depth - 1);
            if (depth > 0) (void)reader.rows(i, inside);
            (void)reader.column_type(i);
            (void)reader.read_value(i, value);
        }
        require(!reader.read({&slot, 1}, reader.columns(), &value));
        return {};
    }
    int depth;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    // A copy of its own on the heap: reading past it is seen.
    const std::vector<char> bytes(reinterpret_cast<const char*>(data) + 1, reinterpret_cast<const char*>(data) + size);
    Cell cell;
    cell.data = bytes.empty() ? "" : bytes.data();
    cell.size = bytes.size();
    Value value;
    if (data[0] == 0xff) {
        cell.type = oid::kRecordArray;
        AllRows sink(4);
        (void)postgresql::decode_rows(cell, "rows", sink);
        read_members(cell);
        return 0;
    }
    cell.type = kTypes[data[0] % std::size(kTypes)];
    if (postgresql::decode_natural(cell, value) == nullptr) check_way_back(cell, value);
    read_members(cell);
    return 0;
}
