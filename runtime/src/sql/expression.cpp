#include <array>
#include <utility>

#include <lamina/base/assert.hpp>
#include <lamina/sql/expression.hpp>

namespace lamina::dialect {

ValueType value_type(const meta::Schema& schema, const meta::Field& field) {
    ValueType type{field.type, field.list, field.native, nullptr};
    if (field.type == Type::Enum && field.enumeration < schema.enums.size())
        type.enumeration = &schema.enums[field.enumeration];
    return type;
}

ValueType list_of(ValueType type) {
    type.list = true;
    return type;
}

std::string_view list_column(std::size_t index) {
    static constexpr std::array<std::string_view, 32> kNames = {
        "k0",  "k1",  "k2",  "k3",  "k4",  "k5",  "k6",  "k7",  "k8",  "k9",  "k10", "k11", "k12", "k13", "k14", "k15",
        "k16", "k17", "k18", "k19", "k20", "k21", "k22", "k23", "k24", "k25", "k26", "k27", "k28", "k29", "k30", "k31"};
    // A create_many may have as many lists as a table has columns: the names beyond the table are made once and kept.
    if (index < kNames.size()) return kNames[index];
    static const auto kMore = [] {
        std::array<std::array<char, 6>, 2048> names{};
        for (std::size_t i = 0; i < names.size(); ++i) {
            std::size_t at = 0;
            names[i][at++] = 'k';
            const std::size_t number = i;
            if (number >= 1000) names[i][at++] = static_cast<char>('0' + number / 1000);
            if (number >= 100) names[i][at++] = static_cast<char>('0' + number / 100 % 10);
            if (number >= 10) names[i][at++] = static_cast<char>('0' + number / 10 % 10);
            names[i][at] = static_cast<char>('0' + number % 10);
        }
        return names;
    }();
    LAMINA_ASSERT(index < kMore.size());
    return kMore[index].data();
}

Expression column(TableId table, std::string_view name, ValueType type) { return {Column{table, name, type}}; }

Expression parameter(std::uint32_t bind, ValueType type) { return {Parameter{bind, type}}; }

Expression integer(std::int64_t value) { return {Integer{value}}; }

Expression compare(Operator op, Expression left, Expression right) {
    return {Compare{op, std::move(left), std::move(right)}};
}

Expression equal(Expression left, Expression right) {
    return compare(Operator::Equal, std::move(left), std::move(right));
}

Expression is_null(Expression operand) { return {IsNull{std::move(operand), false}}; }

Expression is_not_null(Expression operand) { return {IsNull{std::move(operand), true}}; }

namespace {

Expression connect(Connective::Kind kind, std::vector<Expression> operands) {
    Connective connective{kind, {}};
    for (Expression& operand : operands) {
        auto* inner = std::get_if<Connective>(&operand.node);
        if (inner && inner->kind == kind) {
            for (Expression& item : inner->operands) connective.operands.push_back(std::move(item));
        } else {
            connective.operands.push_back(std::move(operand));
        }
    }
    if (connective.operands.size() == 1) return std::move(connective.operands.front());
    return {std::move(connective)};
}

}  // namespace

Expression all_of(std::vector<Expression> operands) { return connect(Connective::Kind::All, std::move(operands)); }

Expression any_of(std::vector<Expression> operands) { return connect(Connective::Kind::Any, std::move(operands)); }

Expression exists(Select select, bool negated) { return {Exists{std::move(select), negated}}; }

bool is_true(const Expression& expression) {
    if (const auto* connective = std::get_if<Connective>(&expression.node)) {
        return connective->kind == Connective::Kind::All && connective->operands.empty();
    }
    const auto* constant = std::get_if<Boolean>(&expression.node);
    return constant && constant->value;
}

}  // namespace lamina::dialect
