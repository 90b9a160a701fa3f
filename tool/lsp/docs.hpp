#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What the words of the schema language do, as hover and completion tell it.
namespace lamina::lsp {

/// What kind of word it is.
enum class Topic : std::uint8_t {
    Block,  // model, enum, …
    ScalarType,
    FieldAttribute,
    BlockAttribute,
    Function,  // of @default
    Argument,  // of an attribute
    Constant,  // Cascade, Desc, BTree, …
    DatasourceSetting,
    GeneratorSetting,
};

struct Doc {
    Topic topic = Topic::Block;
    std::string_view name;     ///< as it is written, without `@`
    std::string_view usage;    ///< how it is used
    std::string_view text;     ///< what it does
    std::string_view snippet;  ///< what completion inserts, with $0 and ${1:…}; empty: the name
};

/// All words of a topic, in the order in which completion offers them.
[[nodiscard]] std::span<const Doc> docs(Topic topic);
/// One word; null when it is not known.
[[nodiscard]] const Doc* find_doc(Topic topic, std::string_view name);
/// What hover shows about a word, in Markdown.
[[nodiscard]] std::optional<std::string> explain(Topic topic, std::string_view name);
/// The same for a word that is at hand.
[[nodiscard]] std::string explain(const Doc& doc);

}  // namespace lamina::lsp
