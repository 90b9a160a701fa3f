#pragma once

#include <string>
#include <string_view>

namespace lamina::generate {

/// Turns names of the schema into C++ names. Letter for letter, but for keywords and names that the generated code or
/// the typed face needs itself: these get a trailing underscore.
namespace namer {

/// Of a scalar, enum or relation field, everywhere it appears: row member, field object, input member.
[[nodiscard]] std::string field(std::string_view name);
/// Of the type of a field object, in namespace `field`: the field's name, unless that is one of the type's own members.
[[nodiscard]] std::string field_type(std::string_view name);
/// Of a model's row struct, and of an enum: the first letter is upper case.
[[nodiscard]] std::string row(std::string_view name);
/// Of a model's field namespace, and of its member in a client: the first letter is lower case.
[[nodiscard]] std::string table(std::string_view name);
/// Of an enum type.
[[nodiscard]] std::string enumeration(std::string_view name);
/// Of a value of an enum.
[[nodiscard]] std::string enumerator(std::string_view name);
/// Of a model's header, without the ending: `MentorSession` is mentor_session.
[[nodiscard]] std::string file(std::string_view model);

}  // namespace namer
}  // namespace lamina::generate
