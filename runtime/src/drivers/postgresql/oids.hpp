#pragma once

#include <cstdint>

/// The server's numbers for the types that the driver knows. They are fixed by PostgreSQL's catalog.
namespace lamina::postgresql::oid {

inline constexpr std::uint32_t kBool = 16, kBytea = 17, kChar = 18, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23,
                               kRegproc = 24, kText = 25, kOid = 26, kXid = 28, kCid = 29, kJson = 114, kXml = 142,
                               kCidr = 650, kFloat4 = 700, kFloat8 = 701, kUnknown = 705, kMacaddr8 = 774, kMoney = 790,
                               kMacaddr = 829, kInet = 869, kBpchar = 1042, kVarchar = 1043, kDate = 1082, kTime = 1083,
                               kTimestamp = 1114, kTimestamptz = 1184, kTimetz = 1266, kBit = 1560, kVarbit = 1562,
                               kNumeric = 1700, kRegclass = 2205, kRegtype = 2206, kRecord = 2249, kVoid = 2278,
                               kRecordArray = 2287, kUuid = 2950, kJsonb = 3802;
/// Types that users make (enums, extensions) have numbers from here on.
inline constexpr std::uint32_t kFirstUserDefined = 16384;

/// The element type of an array type; 0 if it is none that the driver knows.
constexpr std::uint32_t element_of(std::uint32_t array) noexcept {
    switch (array) {
        case 1000: return kBool;
        case 1001: return kBytea;
        case 1002: return kChar;
        case 1003: return kName;
        case 1016: return kInt8;
        case 1005: return kInt2;
        case 1007: return kInt4;
        case 1009: return kText;
        case 1028: return kOid;
        case 199: return kJson;
        case 143: return kXml;
        case 651: return kCidr;
        case 1021: return kFloat4;
        case 1022: return kFloat8;
        case 775: return kMacaddr8;
        case 791: return kMoney;
        case 1040: return kMacaddr;
        case 1041: return kInet;
        case 1014: return kBpchar;
        case 1015: return kVarchar;
        case 1182: return kDate;
        case 1183: return kTime;
        case 1115: return kTimestamp;
        case 1185: return kTimestamptz;
        case 1270: return kTimetz;
        case 1561: return kBit;
        case 1563: return kVarbit;
        case 1231: return kNumeric;
        case 2951: return kUuid;
        case 3807: return kJsonb;
        default: return 0;
    }
}

}  // namespace lamina::postgresql::oid
