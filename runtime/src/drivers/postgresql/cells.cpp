#include "drivers/postgresql/cells.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include <lamina/base/small_vector.hpp>
#include <lamina/base/utf8.hpp>

#include "drivers/postgresql/oids.hpp"
#include "drivers/postgresql/time.hpp"
#include "drivers/postgresql/wire.hpp"

namespace lamina::postgresql {
namespace {

constexpr Problem kBroken = "its bytes are not understood";
constexpr Problem kNotInteger = "not an integer";

/// A 32-bit float means the shortest decimal that reads back as it: 0.1, not 0.10000000149011612.
double widen(float narrow) noexcept {
    if (!std::isfinite(narrow)) return static_cast<double>(narrow);
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, narrow);
    double wide = static_cast<double>(narrow);
    std::from_chars(text, end.ptr, wide);
    return wide;
}

double load_float4(const char* data) noexcept { return widen(std::bit_cast<float>(wire::load<std::uint32_t>(data))); }
double load_float8(const char* data) noexcept { return std::bit_cast<double>(wire::load<std::uint64_t>(data)); }

Problem integer_of_double(double number, std::int64_t& out) noexcept {
    if (!(number >= -9.2e18 && number <= 9.2e18) || std::trunc(number) != number) return kNotInteger;
    out = static_cast<std::int64_t>(number);
    return nullptr;
}

Problem decode_numeric(const Cell& cell, Decimal& out) {
    constexpr std::uint16_t kNegative = 0x4000, kNan = 0xC000, kInfinity = 0xD000, kNegativeInfinity = 0xF000;
    if (cell.size < 8) return kBroken;
    const std::size_t count = wire::load<std::uint16_t>(cell.data);
    const std::int32_t weight = wire::load16(cell.data + 2);
    const std::uint16_t sign = wire::load<std::uint16_t>(cell.data + 4);
    const std::int32_t scale = wire::load<std::uint16_t>(cell.data + 6) & 0x3FFF;
    if (cell.size != 8 + count * 2) return kBroken;
    switch (sign) {
        case kNan: out = Decimal::nan(); return nullptr;
        case kInfinity: out = Decimal::infinity(); return nullptr;
        case kNegativeInfinity: out = Decimal::negative_infinity(); return nullptr;
        default: break;
    }
    base::SmallVector<std::uint16_t, 24> digits;
    for (std::size_t i = 0; i < count; ++i) digits.push_back(wire::load<std::uint16_t>(cell.data + 8 + i * 2));
    auto decimal = Decimal::from_base10000({digits.data(), digits.size()}, weight, sign == kNegative, scale);
    if (!decimal) return kBroken;
    out = *std::move(decimal);
    return nullptr;
}

void append_hex_byte(std::string& out, unsigned char byte) {
    constexpr char kHex[] = "0123456789abcdef";
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
}

Problem decode_uuid(const Cell& cell, std::string& out) {
    if (cell.size != 16) return kBroken;
    out.clear();
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        append_hex_byte(out, static_cast<unsigned char>(cell.data[i]));
    }
    return nullptr;
}

Problem decode_mac(const Cell& cell, std::string& out) {
    out.clear();
    for (std::size_t i = 0; i < cell.size; ++i) {
        if (i > 0) out += ':';
        append_hex_byte(out, static_cast<unsigned char>(cell.data[i]));
    }
    return nullptr;
}

void append_decimal(std::string& out, unsigned number) {
    char digits[12];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end.ptr);
}

/// The longest run of at least two zero groups is written as "::".
void append_ipv6(std::string& out, const unsigned char* bytes) {
    unsigned groups[8];
    for (int i = 0; i < 8; ++i) groups[i] = static_cast<unsigned>(bytes[2 * i] * 256 + bytes[2 * i + 1]);
    int best = -1, best_size = 1;
    for (int i = 0; i < 8; ++i) {
        int end = i;
        while (end < 8 && groups[end] == 0) ++end;
        if (end - i > best_size) {
            best = i;
            best_size = end - i;
        }
        if (end > i) i = end - 1;
    }
    for (int i = 0; i < 8; ++i) {
        if (i == best) {
            out += "::";
            i += best_size - 1;
            continue;
        }
        if (i > 0 && out.back() != ':') out += ':';
        char digits[8];
        const auto end = std::to_chars(digits, digits + sizeof digits, groups[i], 16);
        out.append(digits, end.ptr);
    }
}

/// Family (2: IPv4, 3: IPv6), bits, whether it is a cidr, the number of address bytes, the address.
Problem decode_inet(const Cell& cell, std::string& out) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(cell.data);
    if (cell.size < 4 || cell.size != 4U + bytes[3] || (bytes[3] != 4 && bytes[3] != 16)) return kBroken;
    out.clear();
    if (bytes[3] == 4) {
        for (int i = 0; i < 4; ++i) {
            if (i > 0) out += '.';
            append_decimal(out, bytes[4 + i]);
        }
    } else {
        append_ipv6(out, bytes + 4);
    }
    if (cell.type == oid::kCidr || bytes[1] != bytes[3] * 8) {
        out += '/';
        append_decimal(out, bytes[1]);
    }
    return nullptr;
}

Problem decode_bits(const Cell& cell, std::string& out) {
    if (cell.size < 4) return kBroken;
    const std::int32_t count = wire::load32(cell.data);
    if (count < 0 || (static_cast<std::size_t>(count) + 7) / 8 != cell.size - 4) return kBroken;
    out.clear();
    for (std::int32_t i = 0; i < count; ++i) {
        const auto byte = static_cast<unsigned char>(cell.data[4 + i / 8]);
        out += (byte >> (7 - i % 8) & 1) != 0 ? '1' : '0';
    }
    return nullptr;
}

Problem assign_text(const char* data, std::size_t size, std::string& out) {
    out.assign(data, size);
    return nullptr;
}

}  // namespace

Problem decode(const Cell& cell, std::int64_t& out) {
    switch (cell.type) {
        case oid::kInt4:
            if (cell.size != 4) return kBroken;
            out = wire::load32(cell.data);
            return nullptr;
        case oid::kInt8:
            if (cell.size != 8) return kBroken;
            out = wire::load64(cell.data);
            return nullptr;
        case oid::kInt2:
            if (cell.size != 2) return kBroken;
            out = wire::load16(cell.data);
            return nullptr;
        case oid::kOid:
        case oid::kXid:
        case oid::kCid:
        case oid::kRegproc:
        case oid::kRegclass:
        case oid::kRegtype:
            if (cell.size != 4) return kBroken;
            out = wire::load<std::uint32_t>(cell.data);
            return nullptr;
        case oid::kFloat8: return cell.size == 8 ? integer_of_double(load_float8(cell.data), out) : kBroken;
        case oid::kFloat4: return cell.size == 4 ? integer_of_double(load_float4(cell.data), out) : kBroken;
        case oid::kNumeric: {
            Decimal decimal;
            if (const Problem problem = decode_numeric(cell, decimal); problem != nullptr) return problem;
            const auto number = decimal.to_int64();
            if (!number) return kNotInteger;
            out = *number;
            return nullptr;
        }
        default: return kNotInteger;
    }
}

Problem decode(const Cell& cell, std::int32_t& out) {
    if (cell.type == oid::kInt4 && cell.size == 4) [[likely]] {
        out = wire::load32(cell.data);
        return nullptr;
    }
    std::int64_t wide = 0;
    if (const Problem problem = decode(cell, wide); problem != nullptr) return problem;
    if (wide < std::numeric_limits<std::int32_t>::min() || wide > std::numeric_limits<std::int32_t>::max()) {
        return "the number does not fit into 32 bits; make the field a BigInt";
    }
    out = static_cast<std::int32_t>(wide);
    return nullptr;
}

Problem decode(const Cell& cell, double& out) {
    switch (cell.type) {
        case oid::kFloat8:
            if (cell.size != 8) return kBroken;
            out = load_float8(cell.data);
            return nullptr;
        case oid::kFloat4:
            if (cell.size != 4) return kBroken;
            out = load_float4(cell.data);
            return nullptr;
        case oid::kNumeric: {
            Decimal decimal;
            if (const Problem problem = decode_numeric(cell, decimal); problem != nullptr) return problem;
            out = decimal.to_double();
            return nullptr;
        }
        default: {
            std::int64_t number = 0;
            if (decode(cell, number) != nullptr) return "not a number";
            out = static_cast<double>(number);
            return nullptr;
        }
    }
}

Problem decode(const Cell& cell, bool& out) {
    if (cell.type != oid::kBool) return "not a boolean";
    if (cell.size != 1) return kBroken;
    out = cell.data[0] != 0;
    return nullptr;
}

Problem decode(const Cell& cell, Decimal& out) {
    switch (cell.type) {
        case oid::kNumeric: return decode_numeric(cell, out);
        case oid::kMoney:
            if (cell.size != 8) return kBroken;
            out = Decimal::from_scaled(wire::load64(cell.data), 2);
            return nullptr;
        case oid::kFloat4:
        case oid::kFloat8: {
            double number = 0;
            if (const Problem problem = decode(cell, number); problem != nullptr) return problem;
            out = Decimal::from_double(number);
            return nullptr;
        }
        default: {
            std::int64_t number = 0;
            if (decode(cell, number) != nullptr) return "not a decimal number";
            out = Decimal(number);
            return nullptr;
        }
    }
}

Problem decode(const Cell& cell, std::string& out) {
    switch (cell.type) {
        case oid::kText:
        case oid::kVarchar:
        case oid::kBpchar:
        case oid::kName:
        case oid::kChar:
        case oid::kJson:
        case oid::kXml:
        case oid::kUnknown: return assign_text(cell.data, cell.size, out);  // the server sends well-formed UTF-8
        case oid::kJsonb: return cell.size >= 1 ? assign_text(cell.data + 1, cell.size - 1, out) : kBroken;
        case oid::kUuid: return decode_uuid(cell, out);
        case oid::kInet:
        case oid::kCidr: return decode_inet(cell, out);
        case oid::kMacaddr:
        case oid::kMacaddr8: return decode_mac(cell, out);
        case oid::kBit:
        case oid::kVarbit: return decode_bits(cell, out);
        default: break;
    }
    if (cell.type < oid::kFirstUserDefined) return "not a text";
    // An enum, citext, or a type of an extension whose bytes may be anything.
    if (!base::is_utf8({cell.data, cell.size}))
        return "the bytes of a type that the driver does not know; cast it to text";
    return assign_text(cell.data, cell.size, out);
}

Problem decode(const Cell& cell, DateTime& out) {
    constexpr Problem kOutside = "a date outside of the range that a DateTime has";
    switch (cell.type) {
        case oid::kTimestamp:
        case oid::kTimestamptz:
            if (cell.size != 8) return kBroken;
            return from_timestamp(wire::load64(cell.data), out) ? nullptr : kOutside;
        case oid::kDate:
            if (cell.size != 4) return kBroken;
            return from_date(wire::load32(cell.data), out) ? nullptr : kOutside;
        case oid::kTime:
        case oid::kTimetz:  // the time as the wall clock of its zone shows it; the zone is left out, as Prisma does
            if (cell.size != (cell.type == oid::kTime ? 8 : 12)) return kBroken;
            out = DateTime::from_unix_microseconds(wire::load64(cell.data));
            return nullptr;
        default: return "not a date or time";
    }
}

Problem decode(const Cell& cell, Json& out) {
    switch (cell.type) {
        case oid::kJsonb:
            if (cell.size < 1 || cell.data[0] != 1) return kBroken;
            out = Json::unchecked(std::string(cell.data + 1, cell.size - 1));
            return nullptr;
        case oid::kJson:
        case oid::kText:
        case oid::kVarchar: out = Json::unchecked(std::string(cell.data, cell.size)); return nullptr;
        default: return "not a JSON value";
    }
}

Problem decode(const Cell& cell, Bytes& out) {
    if (cell.type != oid::kBytea) return "not a binary value";
    const auto* bytes = reinterpret_cast<const std::byte*>(cell.data);
    out.assign(bytes, bytes + cell.size);
    return nullptr;
}

}  // namespace lamina::postgresql
