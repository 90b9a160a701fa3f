#include "generate/generate.hpp"
#include "generate/namer.hpp"
#include "generate/parts.hpp"
#include "generate/text.hpp"

namespace lamina::generate {

namespace {

void add_enum(Text& text, const schema::Enum& enumeration) {
    const std::string name = namer::enumeration(enumeration.name());
    text.line().documentation(enumeration.documentation());
    text.line("enum class ", name, " : std::int32_t {").indent();
    for (const schema::EnumValue value : enumeration.values()) {
        text.documentation(value.documentation());
        text.line(namer::enumerator(value.name()), ",");
    }
    text.outdent().line("};");
    text.line("/// The name in the schema.");
    text.line("std::string_view to_string(", name, " value) noexcept;");
}

}  // namespace

std::string enums_header(const Tables& tables) {
    Text text;
    text.line(std::string(kHeader) + "#pragma once").line();
    text.line("#include <lamina/gen/model_hpp.hpp>").line();
    text.line("namespace ", tables.name_space, " {").line().line("using namespace lamina::words;");
    for (const schema::Enum& enumeration : tables.enums) add_enum(text, enumeration);
    text.line().line("}  // namespace ", tables.name_space);
    for (const schema::Enum& enumeration : tables.enums) {
        text.line().line("template <>");
        text.line("struct lamina::typed::Enumeration<", tables.name_space, "::", namer::enumeration(enumeration.name()),
                  "> {")
            .indent();
        text.line("static const EnumLabels labels;").outdent().line("};");
    }
    return text.take();
}

}  // namespace lamina::generate
