#include "providers/postgresql/index_rules.hpp"

#include <array>
#include <initializer_list>
#include <optional>
#include <string>

#include "schema/analyze/context.hpp"

namespace lamina::providers::postgresql {
namespace {

using schema::EnumSet;
using schema::Field;
using schema::IndexAlgorithm;
using schema::IndexKind;
using schema::ScalarType;

// An operator class: which indexes have it, and which fields it fits. Without a native type the scalar type decides;
// where none is given here, a native type must be written.
struct OperatorClass {
    std::string_view name;
    EnumSet<IndexAlgorithm> algorithms;
    std::optional<ScalarType> scalar;
    std::array<std::string_view, 3> native_types;
};

constexpr EnumSet<IndexAlgorithm> kBrin{IndexAlgorithm::Brin};

constexpr OperatorClass kClasses[] = {
    {"InetOps", {IndexAlgorithm::Gist, IndexAlgorithm::SpGist}, std::nullopt, {"Inet"}},
    {"JsonbOps", {IndexAlgorithm::Gin}, ScalarType::Json, {"JsonB"}},
    {"JsonbPathOps", {IndexAlgorithm::Gin}, ScalarType::Json, {"JsonB"}},
    {"TextOps", {IndexAlgorithm::SpGist}, ScalarType::String, {"Text", "VarChar"}},
    {"BitMinMaxOps", kBrin, std::nullopt, {"Bit"}},
    {"VarBitMinMaxOps", kBrin, std::nullopt, {"VarBit"}},
    {"BpcharBloomOps", kBrin, std::nullopt, {"Char"}},
    {"BpcharMinMaxOps", kBrin, std::nullopt, {"Char"}},
    {"ByteaBloomOps", kBrin, ScalarType::Bytes, {"ByteA"}},
    {"ByteaMinMaxOps", kBrin, ScalarType::Bytes, {"ByteA"}},
    {"DateBloomOps", kBrin, std::nullopt, {"Date"}},
    {"DateMinMaxOps", kBrin, std::nullopt, {"Date"}},
    {"DateMinMaxMultiOps", kBrin, std::nullopt, {"Date"}},
    {"Float4BloomOps", kBrin, std::nullopt, {"Real"}},
    {"Float4MinMaxOps", kBrin, std::nullopt, {"Real"}},
    {"Float4MinMaxMultiOps", kBrin, std::nullopt, {"Real"}},
    {"Float8BloomOps", kBrin, ScalarType::Float, {"DoublePrecision"}},
    {"Float8MinMaxOps", kBrin, ScalarType::Float, {"DoublePrecision"}},
    {"Float8MinMaxMultiOps", kBrin, ScalarType::Float, {"DoublePrecision"}},
    {"InetInclusionOps", kBrin, std::nullopt, {"Inet"}},
    {"InetBloomOps", kBrin, std::nullopt, {"Inet"}},
    {"InetMinMaxOps", kBrin, std::nullopt, {"Inet"}},
    {"InetMinMaxMultiOps", kBrin, std::nullopt, {"Inet"}},
    {"Int2BloomOps", kBrin, std::nullopt, {"SmallInt"}},
    {"Int2MinMaxOps", kBrin, std::nullopt, {"SmallInt"}},
    {"Int2MinMaxMultiOps", kBrin, std::nullopt, {"SmallInt"}},
    {"Int4BloomOps", kBrin, ScalarType::Int, {"Integer"}},
    {"Int4MinMaxOps", kBrin, ScalarType::Int, {"Integer"}},
    {"Int4MinMaxMultiOps", kBrin, ScalarType::Int, {"Integer"}},
    {"Int8BloomOps", kBrin, ScalarType::BigInt, {"BigInt"}},
    {"Int8MinMaxOps", kBrin, ScalarType::BigInt, {"BigInt"}},
    {"Int8MinMaxMultiOps", kBrin, ScalarType::BigInt, {"BigInt"}},
    {"NumericBloomOps", kBrin, ScalarType::Decimal, {"Decimal"}},
    {"NumericMinMaxOps", kBrin, ScalarType::Decimal, {"Decimal"}},
    {"NumericMinMaxMultiOps", kBrin, ScalarType::Decimal, {"Decimal"}},
    {"OidBloomOps", kBrin, std::nullopt, {"Oid"}},
    {"OidMinMaxOps", kBrin, std::nullopt, {"Oid"}},
    {"OidMinMaxMultiOps", kBrin, std::nullopt, {"Oid"}},
    {"TextBloomOps", kBrin, ScalarType::String, {"Text", "VarChar"}},
    {"TextMinMaxOps", kBrin, ScalarType::String, {"Text", "VarChar"}},
    {"TimestampBloomOps", kBrin, ScalarType::DateTime, {"Timestamp"}},
    {"TimestampMinMaxOps", kBrin, ScalarType::DateTime, {"Timestamp"}},
    {"TimestampMinMaxMultiOps", kBrin, ScalarType::DateTime, {"Timestamp"}},
    {"TimestampTzBloomOps", kBrin, std::nullopt, {"Timestamptz"}},
    {"TimestampTzMinMaxOps", kBrin, std::nullopt, {"Timestamptz"}},
    {"TimestampTzMinMaxMultiOps", kBrin, std::nullopt, {"Timestamptz"}},
    {"TimeBloomOps", kBrin, std::nullopt, {"Time"}},
    {"TimeMinMaxOps", kBrin, std::nullopt, {"Time"}},
    {"TimeMinMaxMultiOps", kBrin, std::nullopt, {"Time"}},
    {"TimeTzBloomOps", kBrin, std::nullopt, {"Timetz"}},
    {"TimeTzMinMaxOps", kBrin, std::nullopt, {"Timetz"}},
    {"TimeTzMinMaxMultiOps", kBrin, std::nullopt, {"Timetz"}},
    {"UuidBloomOps", kBrin, std::nullopt, {"Uuid"}},
    {"UuidMinMaxOps", kBrin, std::nullopt, {"Uuid"}},
    {"UuidMinMaxMultiOps", kBrin, std::nullopt, {"Uuid"}},
};

bool contains(std::span<const std::string_view> names, std::string_view name) {
    for (const std::string_view one : names) {
        if (one == name && !one.empty()) return true;
    }
    return false;
}

class IndexCheck {
public:
    IndexCheck(const schema::Connector& connector, const schema::Index& index, support::Span span,
               schema::Diagnostics& out)
        : connector_{connector},
          index_{index},
          span_{span},
          out_{out},
          algorithm_{index.algorithm().value_or(IndexAlgorithm::BTree)} {}

    void run() {
        const auto fields = index_.fields();
        if (algorithm_ == IndexAlgorithm::SpGist && fields.size() != 1)
            return error("SpGist does not support multi-column indices.");
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const schema::IndexField& part = index_.index_fields()[i];
            if (part.operator_class_is_raw) continue;
            if (part.operator_class)
                operator_class(fields[i], *part.operator_class);
            else if (!fields[i].is_unsupported())
                default_class(fields[i]);
        }
    }

private:
    void error(const std::string& text) {
        out_.push(schema::messages::attribute(text, schema::attribute_name(index_.data()), span_));
    }

    void operator_class(const Field& field, const std::string& name) {
        const std::string subject = "The given operator class `" + name + "` ";
        if (name == "ArrayOps") {
            if (algorithm_ != IndexAlgorithm::Gin) return wrong_algorithm(subject);
            if (!field.is_list())
                error(subject + "expects the type of field `" + std::string{field.name()} + "` to be an array.");
            return;
        }
        for (const OperatorClass& known : kClasses) {
            if (known.name == name) return check_class(field, known, subject);
        }
    }

    void wrong_algorithm(const std::string& subject) {
        error(subject + "is not supported with the `" + std::string{to_string(algorithm_)} + "` index type.");
    }

    void check_class(const Field& field, const OperatorClass& known, const std::string& subject) {
        if (!known.algorithms.has(algorithm_)) return wrong_algorithm(subject);
        const std::string name{field.name()};
        const schema::NativeForm form = connector_.native_form(field);
        if (form == schema::NativeForm::Known || (form == schema::NativeForm::Unknown && !known.scalar)) {
            const std::string& type = field.native_type()->name;
            if (contains(known.native_types, type)) return;
            return error(subject + "does not support native type `" + type + "` of field `" + name + "`.");
        }
        if (!known.scalar) return error(subject + "expects the field `" + name + "` to define a valid native type.");
        if (field.is_scalar() && field.scalar_type() == *known.scalar) return;
        error(subject + "points to the field `" + name + "` that is not of " + std::string{to_string(*known.scalar)} +
              " type.");
    }

    // ---- without an operator class the database takes the type's own, if it has one ----

    void default_class(const Field& field) {
        switch (algorithm_) {
            case IndexAlgorithm::BTree:
            case IndexAlgorithm::Hash: return;
            case IndexAlgorithm::Gin:
                if (field.is_list()) return;
                return allow(field, {ScalarType::Json}, {"JsonB"});
            case IndexAlgorithm::Gist: return allow(field, {ScalarType::String}, {});
            case IndexAlgorithm::SpGist: return allow(field, {ScalarType::String}, {"Inet", "Text", "VarChar", "Char"});
            case IndexAlgorithm::Brin:
                if (connector_.native_form(field) == schema::NativeForm::Known &&
                    !contains(kNotInBrin, field.native_type()->name))
                    return;
                return allow(field,
                             {ScalarType::String, ScalarType::Int, ScalarType::BigInt, ScalarType::Float,
                              ScalarType::Decimal, ScalarType::DateTime, ScalarType::Bytes},
                             {});
        }
    }

    static constexpr std::array<std::string_view, 5> kNotInBrin{"Boolean", "Json", "JsonB", "Xml", "Money"};

    void allow(const Field& field, EnumSet<ScalarType> scalars, std::initializer_list<std::string_view> native_types) {
        const std::string index = "The " + std::string{to_string(algorithm_)} + " index ";
        const schema::NativeForm form = connector_.native_form(field);
        const bool list = field.is_list() && algorithm_ != IndexAlgorithm::Brin;
        const bool fits = !list && field.is_scalar() && scalars.has(field.scalar_type());
        if (form != schema::NativeForm::Known && fits) return;
        if (form != schema::NativeForm::None) {
            const std::string& type = field.native_type()->name;
            if (form == schema::NativeForm::Known && contains({native_types.begin(), native_types.size()}, type))
                return;
            return error(index + "field type `" + type + "` has no default operator class.");
        }
        error(index + "type does not support the type of the field `" + std::string{field.name()} + "`.");
    }

    const schema::Connector& connector_;
    const schema::Index& index_;
    support::Span span_;
    schema::Diagnostics& out_;
    IndexAlgorithm algorithm_;
};

// Some types have no order, so they can be in no key and no ordinary index.
void check_types_without_order(const schema::Index& index, schema::Diagnostics& out) {
    for (const Field& field : index.fields()) {
        const auto& type = field.native_type();
        if (!type || type->name != "Xml") continue;
        const support::Span span = field.data().span;
        switch (index.kind()) {
            case IndexKind::PrimaryKey: return;
            case IndexKind::Unique:
                out.push(schema::messages::plain("Native type `Xml` cannot be unique in Postgres.", span));
                break;
            case IndexKind::Normal:
            case IndexKind::Fulltext:
                out.push(schema::messages::plain(
                    "You cannot define an index on fields with native type `Xml` of Postgres.", span));
                break;
        }
        return;
    }
}

}  // namespace

void check_index(const schema::Connector& connector, const schema::Index& index, support::Span span,
                 schema::Diagnostics& out) {
    check_types_without_order(index, out);
    if (index.kind() == IndexKind::Normal || index.kind() == IndexKind::Unique)
        IndexCheck{connector, index, span, out}.run();
}

std::vector<std::string_view> operator_classes(schema::IndexAlgorithm algorithm, const schema::IndexedType& type) {
    std::vector<std::string_view> out;
    if (type.is_list && algorithm == IndexAlgorithm::Gin) out.push_back("ArrayOps");
    for (const OperatorClass& known : kClasses) {
        const bool fits = type.native_type.empty() || type.scalar == ScalarType::Json
                              ? known.scalar && known.scalar == type.scalar
                              : contains(known.native_types, type.native_type);
        if (fits && known.algorithms.has(algorithm)) out.push_back(known.name);
    }
    return out;
}

}  // namespace lamina::providers::postgresql
