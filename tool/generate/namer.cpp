#include "generate/namer.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace lamina::generate::namer {

namespace {

constexpr std::array<std::string_view, 98> kKeywords = {
    "alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
    "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char16_t",
    "char32_t",    "char8_t",  "class",      "co_await",  "co_return", "co_yield",     "compl",
    "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
    "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
    "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
    "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
    "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
    "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
    "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
    "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
    "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
    "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
    "xor_eq",      "assert",   "errno",      "NULL",      "EOF",       "stdin",        "stdout"};

/// What stands in the namespace of a model's fields, or in the struct around a member.
constexpr std::array<std::string_view, 6> kFieldWords = {"field", "RowMember", "offset_in", "lamina", "std", "T"};

/// Members of field objects: a type of that name would hide them.
constexpr std::array<std::string_view, 36> kFieldMembers = {
    "kId",      "kKind",     "is_nullable", "is_unique",   "Model",     "Type",   "Member", "Argument",
    "Target",   "Container", "asc",         "desc",        "equals",    "not_",   "in",     "lt",
    "lte",      "gt",        "gte",         "contains",    "some",      "every",  "none",   "count",
    "is",       "load",      "not_in",      "starts_with", "ends_with", "search", "has",    "has_every",
    "has_some", "is_empty",  "path",        "kAggregate"};

/// Words of the query language and members of a client: a namespace or delegate of that name would hide them.
constexpr std::array<std::string_view, 54> kTableWords = {"where",
                                                          "select",
                                                          "include",
                                                          "omit",
                                                          "order_by",
                                                          "take",
                                                          "skip",
                                                          "cursor",
                                                          "distinct",
                                                          "null",
                                                          "insensitive",
                                                          "nulls_first",
                                                          "nulls_last",
                                                          "skip_duplicates",
                                                          "increment",
                                                          "decrement",
                                                          "multiply",
                                                          "divide",
                                                          "words",
                                                          "schema",
                                                          "transaction",
                                                          "try_transaction",
                                                          "query_raw",
                                                          "execute_raw",
                                                          "try_query_raw",
                                                          "try_execute_raw",
                                                          "to_string",
                                                          "parse",
                                                          "lamina",
                                                          "std",
                                                          "db",
                                                          "main",
                                                          "typed",
                                                          "load",
                                                          "lock",
                                                          "batch",
                                                          "try_batch",
                                                          "json_null",
                                                          "any_null",
                                                          "for_update",
                                                          "for_no_key_update",
                                                          "for_share",
                                                          "for_key_share",
                                                          "no_wait",
                                                          "skip_locked",
                                                          "join",
                                                          "count",
                                                          "sum",
                                                          "avg",
                                                          "min",
                                                          "max",
                                                          "by",
                                                          "having",
                                                          "relevance"};

constexpr std::array<std::string_view, 7> kRowWords = {"Client",      "ClientOf", "Delegates", "DelegatesOf",
                                                       "Transaction", "Row",      "NULL"};

bool is_one_of(std::string_view name, std::span<const std::string_view> words) {
    return std::find(words.begin(), words.end(), name) != words.end();
}

std::string escaped(std::string name, std::span<const std::string_view> words) {
    if (is_one_of(name, kKeywords) || is_one_of(name, words)) name += '_';
    return name;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string field(std::string_view name) { return escaped(std::string(name), kFieldWords); }

std::string field_type(std::string_view name) { return escaped(field(name), kFieldMembers); }

std::string row(std::string_view name) {
    std::string result(name);
    result.front() = upper(result.front());
    return escaped(std::move(result), kRowWords);
}

std::string table(std::string_view name) {
    std::string result(name);
    result.front() = lower(result.front());
    return escaped(std::move(result), kTableWords);
}

std::string enumeration(std::string_view name) { return escaped(std::string(name), kRowWords); }

std::string enumerator(std::string_view name) { return escaped(std::string(name), {}); }

std::string file(std::string_view model) {
    std::string result;
    for (std::size_t i = 0; i < model.size(); ++i) {
        const bool starts_word =
            i > 0 && is_upper(model[i]) &&
            (!is_upper(model[i - 1]) || (i + 1 < model.size() && !is_upper(model[i + 1]) && model[i + 1] != '_'));
        if (starts_word && result.back() != '_') result += '_';
        result += lower(model[i]);
    }
    if (result == "client" || result == "client_of" || result == "enums") result += "_model";
    return result;
}

}  // namespace lamina::generate::namer
