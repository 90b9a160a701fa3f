#include "drivers/postgresql/column_types.hpp"

#include "drivers/postgresql/oids.hpp"

namespace lamina::postgresql {
namespace {

ColumnType::Kind column_kind(std::uint32_t type) noexcept {
    using Kind = ColumnType::Kind;
    switch (type) {
        case oid::kInt2:
        case oid::kInt4: return Kind::Int;
        case oid::kInt8:
        case oid::kOid:
        case oid::kXid:
        case oid::kCid:
        case oid::kRegproc:
        case oid::kRegclass:
        case oid::kRegtype: return Kind::BigInt;
        case oid::kFloat4: return Kind::Float;
        case oid::kFloat8: return Kind::Double;
        case oid::kNumeric:
        case oid::kMoney: return Kind::Decimal;
        case oid::kBool: return Kind::Boolean;
        case oid::kBytea: return Kind::Binary;
        case oid::kJson:
        case oid::kJsonb: return Kind::Json;
        case oid::kDate: return Kind::Date;
        case oid::kTime:
        case oid::kTimetz: return Kind::Time;
        case oid::kTimestamp:
        case oid::kTimestamptz: return Kind::DateTime;
        case oid::kUuid: return Kind::Uuid;
        case oid::kChar: return Kind::Char;
        case oid::kName:
        case oid::kText:
        case oid::kXml:
        case oid::kCidr:
        case oid::kInet:
        case oid::kMacaddr:
        case oid::kMacaddr8:
        case oid::kUnknown:
        case oid::kBpchar:
        case oid::kVarchar:
        case oid::kBit:
        case oid::kVarbit: return Kind::String;
        case oid::kVoid: return Kind::Unknown;
        default: return type >= oid::kFirstUserDefined ? Kind::Unknown : Kind::Unsupported;
    }
}

// The numbers and names are those of pg_type.
std::string_view unsupported_type_name(std::uint32_t type) noexcept {
    switch (type) {
        case 600: return "point";
        case 601: return "lseg";
        case 602: return "path";
        case 603: return "box";
        case 604: return "polygon";
        case 628: return "line";
        case 718: return "circle";
        case 1017: return "_point";
        case 1033: return "aclitem";
        case 1034: return "_aclitem";
        case 1186: return "interval";
        case 1187: return "_interval";
        case 1790: return "refcursor";
        case 2202: return "regprocedure";
        case 2249: return "record";
        case 2287: return "_record";
        case 2970: return "txid_snapshot";
        case 3220: return "pg_lsn";
        case 3614: return "tsvector";
        case 3615: return "tsquery";
        case 3643: return "_tsvector";
        case 3645: return "_tsquery";
        case 3904: return "int4range";
        case 3906: return "numrange";
        case 3908: return "tsrange";
        case 3910: return "tstzrange";
        case 3912: return "daterange";
        case 3926: return "int8range";
        case 4072: return "jsonpath";
        case 4451: return "int4multirange";
        case 4532: return "nummultirange";
        case 4533: return "tsmultirange";
        case 4534: return "tstzmultirange";
        case 4535: return "datemultirange";
        case 4536: return "int8multirange";
        default: return "unknown";
    }
}

}  // namespace

ColumnType column_type(std::uint32_t type) noexcept {
    if (const std::uint32_t element = oid::element_of(type); element != 0) return {column_kind(element), true, {}};
    const ColumnType::Kind kind = column_kind(type);
    return {kind, false, kind == ColumnType::Kind::Unsupported ? unsupported_type_name(type) : std::string_view()};
}

}  // namespace lamina::postgresql
