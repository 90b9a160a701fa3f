#include <algorithm>
#include <charconv>

#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

constexpr ScalarType kAllTypes[] = {ScalarType::String,   ScalarType::Boolean, ScalarType::Int,
                                    ScalarType::BigInt,   ScalarType::Float,   ScalarType::Decimal,
                                    ScalarType::DateTime, ScalarType::Json,    ScalarType::Bytes};

std::string names_of(EnumSet<ScalarType> types) {
    std::string out;
    for (const ScalarType type : kAllTypes) {
        if (types.has(type)) out.append(out.empty() ? "" : " or ").append(to_string(type));
    }
    return out;
}

class NativeTypeCheck {
public:
    NativeTypeCheck(const Validation& v, const NativeTypeSource& source)
        : v_{v}, source_{source}, field_{&v.schema, source.field} {}

    void run() {
        if (const auto& datasource = v_.schema.datasource(); datasource && datasource->name != source_.scope) {
            v_.push(messages::plain("The prefix " + std::string{source_.scope} +
                                        " is invalid. It must be equal to the name of an existing datasource e.g. " +
                                        datasource->name + ". Did you mean to use " + datasource->name + "." +
                                        std::string{source_.name} + "?",
                                    source_.span));
        }
        const NativeTypeRule* rule = v_.connector().native_type(source_.name);
        if (rule == nullptr) return unknown();
        if (!check_count(*rule) || !field_.is_scalar()) return;
        if (!rule->types.has(field_.scalar_type())) {
            return error("Native type " + std::string{rule->name} + " is not compatible with declared field type " +
                         std::string{to_string(field_.scalar_type())} + ", expected field type " +
                         names_of(rule->types) + ".");
        }
        check_arguments(*rule);
    }

private:
    void error(std::string text) { v_.push(messages::plain(text, source_.span)); }

    void unknown() {
        std::vector<std::string_view> known;
        for (const NativeTypeRule& rule : v_.connector().native_types) known.push_back(rule.name);
        const std::string_view provider = v_.schema.datasource() ? v_.connector().provider : "Default";
        Diagnostic diagnostic = messages::plain("Native type " + std::string{source_.name} + " is not supported for " +
                                                    std::string{provider} + " connector.",
                                                source_.span);
        diagnostic.hint = messages::did_you_mean(source_.name, known);
        v_.push(std::move(diagnostic));
    }

    bool check_count(const NativeTypeRule& rule) {
        const std::size_t given = source_.arguments.size();
        const std::size_t most = rule.required_arguments + rule.optional_arguments;
        if (given < rule.required_arguments || (rule.optional_arguments == 0 && given > most)) {
            error("Function \"" + std::string{rule.name} + "\" takes " + std::to_string(rule.required_arguments) +
                  " arguments, but received " + std::to_string(given) + ".");
            return false;
        }
        if (given > most) {
            error("Native type " + std::string{rule.name} + " takes " + std::to_string(rule.optional_arguments) +
                  " optional arguments, but received " + std::to_string(given) + ".");
            return false;
        }
        return true;
    }

    void check_arguments(const NativeTypeRule& rule) {
        const std::size_t most = rule.required_arguments + rule.optional_arguments;
        std::string shown, found;
        std::vector<std::uint32_t> numbers;
        for (const ast::Expression& argument : source_.arguments) {
            shown.append(shown.empty() ? "" : ",").append(argument.display());
            found.append(found.empty() ? "" : ", ").append(argument.display());
            const std::string_view text = argument.text();
            if (rule.takes_max && (text == "Max" || text == "max")) {
                numbers.push_back(kMaxLength);
                continue;
            }
            std::uint32_t number = 0;
            const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (failure == std::errc{} && end == text.data() + text.size()) numbers.push_back(number);
        }
        const bool all_or_nothing = most != 2 || source_.arguments.empty() || source_.arguments.size() == 2;
        if (numbers.size() != source_.arguments.size() || !all_or_nothing) {
            const std::string_view expected = most == 2        ? "two nonnegative integers"
                                              : rule.takes_max ? "an integer or `Max`"
                                                               : "a nonnegative integer";
            return error("Expected " + std::string{expected} + ", but found (" + found + ").");
        }
        if (v_.connector().check_native_type == nullptr) return;
        const std::string use = std::string{rule.name} + (shown.empty() ? "" : "(" + shown + ")");
        v_.connector().check_native_type({rule.name, use, numbers, field_.scalar_type(), source_.span},
                                         *v_.context.out);
    }

    const Validation& v_;
    const NativeTypeSource& source_;
    Field field_;
};

// `Decimal(10,2)` cut into its name and arguments.
std::pair<std::string_view, std::string_view> split_native(std::string_view text) {
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos || text.back() != ')') return {text, {}};
    return {text.substr(0, open), text.substr(open)};
}

}  // namespace

void check_native_type(const Validation& v, const Field& field) {
    // native_types is in the order of fields.
    const auto& all = v.context.native_types;
    const auto at = std::lower_bound(all.begin(), all.end(), field.id(),
                                     [](const NativeTypeSource& source, FieldId id) { return source.field < id; });
    if (at != all.end() && at->field == field.id()) NativeTypeCheck{v, *at}.run();
}

void check_unsupported_type(const Validation& v, const Field& field) {
    const auto [name, arguments] = split_native(field.unsupported_type());
    const NativeTypeRule* rule = v.connector().native_type(name);
    if (rule == nullptr) return;
    const std::string scope = v.schema.datasource() ? v.schema.datasource()->name : "db";
    std::string_view scalar;
    for (const ScalarType type : kAllTypes) {
        if (scalar.empty() && rule->types.has(type)) scalar = to_string(type);
    }
    v.push(messages::validation(
        "The type `Unsupported(\"" + std::string{field.unsupported_type()} +
            "\")` you specified in the type definition for the field `" + std::string{field.name()} +
            "` is supported as a native type by Prisma. Please use the native type notation `" + std::string{scalar} +
            " @" + scope + "." + std::string{field.unsupported_type()} + "` for full support.",
        field.data().span));
    static_cast<void>(arguments);
}

}  // namespace lamina::schema::rules
