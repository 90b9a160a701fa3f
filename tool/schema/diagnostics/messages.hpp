#pragma once

#include <span>
#include <string>
#include <string_view>

#include "schema/diagnostics/diagnostic.hpp"

/// The shapes that messages have, and the texts that several rules share. Texts are Prisma's own, letter for letter, so
/// that what people find on the web fits. A text that a single rule uses stands in that rule.
namespace lamina::schema::messages {

using support::Span;

/// `Error validating: …`
[[nodiscard]] Diagnostic validation(std::string_view text, Span span);
/// `Error validating model "A": …` (or view)
[[nodiscard]] Diagnostic model(std::string_view text, std::string_view block, std::string_view name, Span span);
/// `Error validating field `f` in model `A`: …`
[[nodiscard]] Diagnostic field(std::string_view text, std::string_view block, std::string_view model_name,
                               std::string_view field_name, Span span);
/// `Error validating enum `E`: …`
[[nodiscard]] Diagnostic enumeration(std::string_view text, std::string_view name, Span span);
/// `Error validating datasource `db`: …`
[[nodiscard]] Diagnostic datasource(std::string_view text, std::string_view name, Span span);
/// `Error parsing attribute "@x": …`; the name is given with its `@`.
[[nodiscard]] Diagnostic attribute(std::string_view text, std::string_view name, Span span);
/// The text alone.
[[nodiscard]] Diagnostic plain(std::string_view text, Span span);
/// A warning: the text alone.
[[nodiscard]] Diagnostic warning(std::string_view text, Span span);

/// `Argument "x" is missing.`
[[nodiscard]] Diagnostic argument_missing(std::string_view name, Span span);
/// `Argument "x" is already specified.`
[[nodiscard]] Diagnostic argument_twice(std::string_view name, Span span);
/// `Argument "x" is already specified as unnamed argument.`
[[nodiscard]] Diagnostic argument_twice_unnamed(std::string_view name, Span span);
/// `No such argument.`
[[nodiscard]] Diagnostic argument_unknown(Span span);
/// `Attribute not known: "@x".`, with the nearest known name as a hint.
[[nodiscard]] Diagnostic attribute_unknown(std::string_view name, Span span, std::span<const std::string_view> known);
/// `Attribute "@x" can only be defined once.`
[[nodiscard]] Diagnostic attribute_twice(std::string_view name, Span span);
/// `Expected a X value, but received Y value `…`.`
[[nodiscard]] Diagnostic type_mismatch(std::string_view expected, std::string_view received, std::string_view shown,
                                       Span span);
/// `Field "x" is already defined on model "A".`
[[nodiscard]] Diagnostic field_twice(std::string_view block, std::string_view model_name, std::string_view field_name,
                                     Span span);
/// `Type "X" is neither a built-in type, …`, with the nearest type as a hint.
[[nodiscard]] Diagnostic type_unknown(std::string_view name, Span span, std::span<const std::string_view> known);

/// "did you mean `x`?" when one of the candidates is near enough to the name; else empty.
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace lamina::schema::messages
