#include <array>
#include <charconv>
#include <cstdint>

#include "schema/analyze/rules/attribute_rules.hpp"
#include "schema/analyze/values.hpp"

namespace lamina::schema::rules {
namespace {

class DefaultReader {
public:
    DefaultReader(Context& context, FieldId id, ArgumentReader& arguments)
        : context_{context}, id_{id}, arguments_{arguments} {}

    void run() {
        const auto value = arguments_.required_default("value");
        if (!value) return;
        auto map = arguments_.optional_name("map");
        if (map && value->is_call() && value->function_name() == "autoincrement") {
            return arguments_.error("Naming an autoincrement default value is not allowed.");
        }
        if (arguments_.broken()) return;
        std::optional<DefaultValue> result;
        if (field().kind == FieldKind::Unsupported)
            result = unsupported(*value);
        else if (field().arity == Arity::List)
            result = list(*value);
        else
            result = single(*value);
        if (!result) return;
        result->map = std::move(map);
        context_.default_attributes.emplace(id_, arguments_.attribute());
        context_.default_values.emplace(id_, *value);
        field().default_value = std::move(result);
    }

private:
    using Result = std::optional<DefaultValue>;

    FieldData& field() { return context_.field(id_); }
    Result error(std::string_view text) {
        arguments_.error(text);
        return std::nullopt;
    }

    static bool is_call(const ast::Expression& value, std::string_view name) {
        return value.is_call() && value.function_name() == name;
    }

    Result unsupported(const ast::Expression& value) {
        if (is_call(value, "dbgenerated")) return function(value, DefaultFunction::DbGenerated);
        return error("Only @default(dbgenerated(\"...\")) can be used for Unsupported types.");
    }

    Result list(const ast::Expression& value) {
        if (is_call(value, "dbgenerated")) return function(value, DefaultFunction::DbGenerated);
        if (!value.is_array() && field().kind == FieldKind::Enum) {
            return error("Expected an enum value, but found `" + value.display() + "`.");
        }
        if (value.is_call()) return call(value);
        if (!value.is_array()) return error("The default value of a list field must be a list.");
        DefaultValue out;
        out.kind = DefaultValue::Kind::List;
        for (const ast::Expression& element : value.elements()) {
            Result item = literal(element);
            if (!item) return std::nullopt;
            out.items.push_back(std::move(*item));
        }
        return out;
    }

    Result single(const ast::Expression& value) {
        if (value.is_array() && field().kind != FieldKind::Enum)
            return error("The default value of a non-list field cannot be a list.");
        if (field().kind == FieldKind::Enum) {
            if (is_call(value, "dbgenerated")) return function(value, DefaultFunction::DbGenerated);
            return literal(value);
        }
        if (value.is_call()) return call(value);
        return literal(value);
    }

    // ---- functions ----

    Result call(const ast::Expression& value) {
        const std::string_view name = value.function_name();
        const auto called = default_function(name);
        if (!called || *called == DefaultFunction::Sequence) return of_the_database(value);
        switch (*called) {
            case DefaultFunction::DbGenerated: return function(value, *called);
            case DefaultFunction::Autoincrement:
                return typed_function(value, *called,
                                      field().scalar == ScalarType::Int || field().scalar == ScalarType::BigInt);
            case DefaultFunction::Now: return typed_function(value, *called, field().scalar == ScalarType::DateTime);
            case DefaultFunction::Uuid:
            case DefaultFunction::Cuid:
            case DefaultFunction::Ulid:
            case DefaultFunction::Nanoid: return typed_function(value, *called, field().scalar == ScalarType::String);
            case DefaultFunction::Auto: return function(value, *called);
            case DefaultFunction::Sequence: break;
        }
        return of_the_database(value);
    }

    // A function that only some database has, or none: default_functions.cpp looks at it when everything else is right.
    Result of_the_database(const ast::Expression& value) {
        context_.database_functions.push_back({id_, value});
        return function(value, DefaultFunction::Sequence);
    }

    Result typed_function(const ast::Expression& value, DefaultFunction called, bool fits) {
        if (!fits) {
            return error("The function `" + std::string{value.function_name()} +
                         "()` cannot be used on fields of type `" + std::string{to_string(field().scalar)} + "`.");
        }
        return function(value, called);
    }

    Result function(const ast::Expression& value, DefaultFunction called) {
        DefaultValue out;
        out.kind = DefaultValue::Kind::Function;
        out.function = called;
        out.text = value.function_name();
        const auto given = ast::arguments_of(value);
        if (!check_function_arguments(called, given)) return std::nullopt;
        for (const ast::Argument& argument : given) {
            const auto inner = argument.value();
            if (!inner) continue;
            DefaultValue item;
            item.kind = inner->is_number() ? DefaultValue::Kind::Number : DefaultValue::Kind::String;
            item.text = inner->is_string() ? inner->string_value() : std::string{inner->text()};
            out.items.push_back(std::move(item));
            out.item_names.emplace_back(argument.name());
        }
        return out;
    }

    bool check_function_arguments(DefaultFunction called, const std::vector<ast::Argument>& given) {
        switch (called) {
            case DefaultFunction::Autoincrement:
            case DefaultFunction::Now:
            case DefaultFunction::Ulid: return no_arguments(called, given);
            case DefaultFunction::DbGenerated: return dbgenerated_arguments(given);
            case DefaultFunction::Uuid:
                return one_integer(
                    called, given, [](std::int64_t n) { return n == 4 || n == 7; },
                    "a single integer argument which is either 4 or 7.");
            case DefaultFunction::Cuid:
                return one_integer(
                    called, given, [](std::int64_t n) { return n == 1 || n == 2; },
                    "a single integer argument which is either 1 or 2.");
            case DefaultFunction::Nanoid:
                return one_integer(
                    called, given, [](std::int64_t n) { return n >= 2 && n <= 255; },
                    "a single integer argument between 2 and 255.");
            case DefaultFunction::Sequence:
            case DefaultFunction::Auto: return true;
        }
        return true;
    }

    bool no_arguments(DefaultFunction called, const std::vector<ast::Argument>& given) {
        if (given.empty()) return true;
        const std::string name{to_string(called)};
        arguments_.error("The `" + name + "` function does not take any argument. Consider changing this default to `" +
                         name + "()`.");
        return false;
    }

    bool dbgenerated_arguments(const std::vector<ast::Argument>& given) {
        if (given.empty()) return true;
        const auto value = given.front().value();
        if (given.size() > 1 || !value || !value->is_string()) {
            arguments_.error("`dbgenerated()` takes a single String argument");
            return false;
        }
        if (!value->string_value().empty()) return true;
        arguments_.error("dbgenerated() takes either no argument, or a single nonempty string argument.");
        return false;
    }

    bool one_integer(DefaultFunction called, const std::vector<ast::Argument>& given, bool (*allowed)(std::int64_t),
                     std::string_view what) {
        if (given.empty()) return true;
        const std::string name = "`" + std::string{to_string(called)} + "()`";
        const auto value = given.front().value();
        if (given.size() > 1 || !value || !value->is_number()) {
            arguments_.error(name + " takes a single Int argument.");
            return false;
        }
        const std::string_view text = value->text();
        std::int64_t number = -1;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (failure == std::errc{} && end == text.data() + text.size() && allowed(number)) return true;
        arguments_.error(name + " takes either no argument, or " + std::string{what});
        return false;
    }

    // ---- literals ----

    Result literal(const ast::Expression& value) {
        if (field().kind == FieldKind::Enum) return enum_literal(value);
        if (field().kind == FieldKind::Composite) {
            return error(
                "Defaults on fields of type composite are not supported. Please remove the `@default` attribute.");
        }
        const ScalarType type = field().scalar;
        DefaultValue out;
        if (type == ScalarType::Boolean && value.is_constant()) {
            if (value.text() != "true" && value.text() != "false")
                return error("A boolean literal must be `true` or `false`.");
            out.kind = DefaultValue::Kind::Boolean;
            out.text = value.text();
            return out;
        }
        const bool number_type = type == ScalarType::Int || type == ScalarType::BigInt || type == ScalarType::Float ||
                                 type == ScalarType::Decimal;
        const bool string_type = type == ScalarType::String || type == ScalarType::Json || type == ScalarType::Bytes ||
                                 type == ScalarType::DateTime || type == ScalarType::Decimal;
        if (value.is_number() && number_type) {
            out.kind = DefaultValue::Kind::Number;
            out.text = value.text();
        } else if (value.is_string() && string_type) {
            out.kind = DefaultValue::Kind::String;
            out.text = value.string_value();
        } else {
            return error("Expected a " + std::string{to_string(type)} + " value, but found `" + value.display() + "`.");
        }
        return out;
    }

    Result enum_literal(const ast::Expression& value) {
        if (!value.is_constant()) return error("Expected an enum value, but found `" + value.display() + "`.");
        const EnumData& data = context_.enumeration(field().enumeration);
        for (std::uint32_t i = data.first_value; i < data.first_value + data.value_count; ++i) {
            if (context_.data.enum_values[i].name != value.text()) continue;
            DefaultValue out;
            out.kind = DefaultValue::Kind::EnumValue;
            out.text = value.text();
            out.enum_value = EnumValueId{i};
            return out;
        }
        return error("The defined default value `" + std::string{value.text()} +
                     "` is not a valid value of the enum specified for the field.");
    }

    Context& context_;
    FieldId id_;
    ArgumentReader& arguments_;
};

}  // namespace

void read_default(Context& context, FieldId id, ArgumentReader& arguments) {
    DefaultReader{context, id, arguments}.run();
}

}  // namespace lamina::schema::rules
