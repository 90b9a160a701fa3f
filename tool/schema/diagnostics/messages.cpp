#include "schema/diagnostics/messages.hpp"

#include <initializer_list>

#include "support/similar.hpp"

namespace lamina::schema::messages {
namespace {

std::string join(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) out += part;
    return out;
}

Diagnostic error(std::string text, Span span, std::string hint = {}) {
    return {Severity::Error, std::move(text), span, std::move(hint)};
}

}  // namespace

Diagnostic validation(std::string_view text, Span span) { return error(join({"Error validating: ", text}), span); }

Diagnostic model(std::string_view text, std::string_view block, std::string_view name, Span span) {
    return error(join({"Error validating ", block, " \"", name, "\": ", text}), span);
}

Diagnostic field(std::string_view text, std::string_view block, std::string_view model_name,
                 std::string_view field_name, Span span) {
    return error(join({"Error validating field `", field_name, "` in ", block, " `", model_name, "`: ", text}), span);
}

Diagnostic enumeration(std::string_view text, std::string_view name, Span span) {
    return error(join({"Error validating enum `", name, "`: ", text}), span);
}

Diagnostic datasource(std::string_view text, std::string_view name, Span span) {
    return error(join({"Error validating datasource `", name, "`: ", text}), span);
}

Diagnostic attribute(std::string_view text, std::string_view name, Span span) {
    return error(join({"Error parsing attribute \"", name, "\": ", text}), span);
}

Diagnostic plain(std::string_view text, Span span) { return error(std::string{text}, span); }

Diagnostic warning(std::string_view text, Span span) { return {Severity::Warning, std::string{text}, span, {}}; }

Diagnostic argument_missing(std::string_view name, Span span) {
    return error(join({"Argument \"", name, "\" is missing."}), span);
}

Diagnostic argument_twice(std::string_view name, Span span) {
    return error(join({"Argument \"", name, "\" is already specified."}), span);
}

Diagnostic argument_twice_unnamed(std::string_view name, Span span) {
    return error(join({"Argument \"", name, "\" is already specified as unnamed argument."}), span);
}

Diagnostic argument_unknown(Span span) { return error("No such argument.", span); }

Diagnostic attribute_unknown(std::string_view name, Span span, std::span<const std::string_view> known) {
    std::string hint;
    if (const auto near = support::most_similar(name, known)) hint = join({"did you mean `@", *near, "`?"});
    return error(join({"Attribute not known: \"@", name, "\"."}), span, std::move(hint));
}

Diagnostic attribute_twice(std::string_view name, Span span) {
    return error(join({"Attribute \"@", name, "\" can only be defined once."}), span);
}

Diagnostic type_mismatch(std::string_view expected, std::string_view received, std::string_view shown, Span span) {
    return error(join({"Expected a ", expected, " value, but received ", received, " value `", shown, "`."}), span);
}

Diagnostic field_twice(std::string_view block, std::string_view model_name, std::string_view field_name, Span span) {
    return error(join({"Field \"", field_name, "\" is already defined on ", block, " \"", model_name, "\"."}), span);
}

Diagnostic type_unknown(std::string_view name, Span span, std::span<const std::string_view> known) {
    return error(
        join({"Type \"", name, "\" is neither a built-in type, nor refers to another model, composite type, or enum."}),
        span, did_you_mean(name, known));
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
    const auto near = support::most_similar(name, candidates);
    return near ? join({"did you mean `", *near, "`?"}) : std::string{};
}

}  // namespace lamina::schema::messages
