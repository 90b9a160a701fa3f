#include <algorithm>
#include <array>

#include "schema/analyze/rules/validation.hpp"
#include "schema/analyze/values.hpp"

namespace lamina::schema::rules {
namespace {

void unknown_function(const Validation& v, const ast::Expression& call) {
    static constexpr std::array<std::string_view, 8> kFunctions{"autoincrement", "now",    "uuid",        "cuid",
                                                                "ulid",          "nanoid", "dbgenerated", "sequence"};
    const std::size_t count = v.connector().can(Capability::Sequences) ? kFunctions.size() : kFunctions.size() - 1;
    Diagnostic diagnostic = messages::plain(
        "Unknown function in @default(): `" + std::string{call.function_name()} +
            "` is not known. You can read about the available functions here: https://pris.ly/d/attribute-functions",
        call.span());
    diagnostic.hint = messages::did_you_mean(call.function_name(), std::span{kFunctions}.first(count));
    v.push(std::move(diagnostic));
}

void check_sequence(const Validation& v, const ast::Expression& call) {
    static constexpr std::array<std::string_view, 6> kOptions{"virtual",  "cache",    "increment",
                                                              "minValue", "maxValue", "start"};
    for (const ast::Argument& argument : ast::arguments_of(call)) {
        const auto value = argument.value();
        if (std::find(kOptions.begin(), kOptions.end(), argument.name()) == kOptions.end()) {
            Diagnostic diagnostic =
                messages::plain("Unexpected argument in `sequence()` function call", argument.span());
            diagnostic.hint = messages::did_you_mean(argument.name(), kOptions);
            v.push(std::move(diagnostic));
        } else if (value && argument.name() == "virtual") {
            static_cast<void>(as_boolean(*value, *v.context.out));
        } else if (value) {
            static_cast<void>(as_integer(*value, *v.context.out));
        }
    }
}

}  // namespace

void check_default_functions(const Validation& v) {
    for (const auto& [field, call] : v.context.database_functions) {
        if (call.function_name() == "sequence" && v.connector().can(Capability::Sequences))
            check_sequence(v, call);
        else
            unknown_function(v, call);
    }
}

}  // namespace lamina::schema::rules
