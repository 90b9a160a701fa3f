#pragma once

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/base/utf8.hpp>
#include <lamina/json/exchange.hpp>
#include <lamina/value/json_document.hpp>
#include <lamina/value/json_writer.hpp>

namespace lamina::test {

/// Texts that end a literal, a comment or a statement somewhere, and characters of every class of Unicode.
inline std::vector<std::string> hostile_texts() {
    std::vector<std::string> texts = {"",
                                      " ",
                                      "'",
                                      "''",
                                      "\"",
                                      "\\",
                                      "\\'",
                                      "\\\\'",
                                      "`",
                                      ";",
                                      "--",
                                      "/*",
                                      "*/",
                                      "#",
                                      "$1",
                                      "$$",
                                      "$tag$",
                                      "?",
                                      "?1",
                                      ":a",
                                      "@a",
                                      "%",
                                      "_",
                                      "%s",
                                      "{}",
                                      "{{}}",
                                      "${v1}",
                                      "E'\\x41'",
                                      "'; DROP TABLE \"User\"; --",
                                      "' OR '1'='1",
                                      "\" OR \"\"=\"",
                                      "1); DELETE FROM \"User\"; --",
                                      "\n",
                                      "\r\n",
                                      "\t",
                                      "\b\f\v",
                                      "\x1b[31m",
                                      "null",
                                      "NULL",
                                      "true",
                                      "0x41",
                                      "\x7f",
                                      "[1,2]",
                                      "{\"$type\":\"Json\",\"value\":\"1\"}",
                                      "\xef\xbb\xbf"
                                      "bom"};
    // One of each: controls, Latin, combining, Greek … right-to-left, joiners, private use, noncharacters, the planes.
    for (const std::uint32_t c :
         {0x01U,   0x85U,   0xa0U,   0xadU,   0x301U,  0x378U,  0x3a9U,   0x5d0U,   0x627U,   0xe01U,
          0x1100U, 0x200bU, 0x200dU, 0x2028U, 0x2029U, 0x202eU, 0x2060U,  0x20acU,  0x3000U,  0x4e2dU,
          0xac00U, 0xe000U, 0xfeffU, 0xfffdU, 0xfffeU, 0xffffU, 0x1f600U, 0xe0001U, 0xf0000U, 0x10ffffU}) {
        std::string text;
        base::append_utf8(text, static_cast<char32_t>(c));
        texts.push_back("a" + text + "'");
    }
    std::string all;
    for (int byte = 1; byte < 128; ++byte) all += static_cast<char>(byte);
    texts.push_back(all);
    return texts;
}

inline std::string quoted(const std::string& text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

/// Every text goes in as value, comes back as it was, is found by every kind of filter, and harms nothing.
inline void round_trip(json::Exchange& exchange, bool with_nul) {
    std::vector<std::string> texts = hostile_texts();
    if (with_nul) texts.push_back(std::string("a\0b'", 4));
    const auto run = [&](const std::string& action, const std::string& arguments, const std::string& selection) {
        return exchange.answer(R"({"modelName":"User","action":")" + action + R"(","query":{"arguments":)" + arguments +
                               R"(,"selection":)" + selection + "}}");
    };
    std::size_t count = 0;
    for (const std::string& text : texts) {
        const std::string value = quoted(text);
        const std::string document = quoted("{" + value + ":[" + value + "]}");
        const std::string row = R"({"email":)" + value + R"(,"name":)" + value + "}";
        CHECK_MESSAGE(run("createOne",
                          R"({"data":{"email":)" + value + R"(,"name":)" + value +
                              (text.find('\0') == std::string::npos ? R"(,"data":)" + document : "") + "}}",
                          R"({"email":true,"name":true})") == R"({"data":{"createOneUser":)" + row + "}}",
                      value);
        CHECK_MESSAGE(run("findUnique", R"({"where":{"email":)" + value + "}}", R"({"email":true,"name":true})") ==
                          R"({"data":{"findUniqueUser":)" + row + "}}",
                      value);
        for (const char* filter : {"equals", "contains", "startsWith", "endsWith"}) {
            const std::string found =
                run("findMany",
                    R"({"where":{"email":)" + value + R"(,"name":{")" + std::string(filter) + "\":" + value + "}}}",
                    R"({"name":true})");
            CHECK_MESSAGE(found == R"({"data":{"findManyUser":[{"name":)" + value + "}]}}", filter, value);
        }
        const std::string in =
            run("findMany", R"({"where":{"email":{"in":[)" + value + R"(,"-none-"]}}})", R"({"email":true})");
        CHECK_MESSAGE(in == R"({"data":{"findManyUser":[{"email":)" + value + "}]}}", value);
        const std::string raw = exchange.answer(
            R"({"action":"queryRaw","query":{"arguments":{"query":"SELECT CAST($1 AS TEXT) AS t","parameters":)" +
            quoted("[" + value + "]") + R"(},"selection":{}}})");
        CHECK_MESSAGE(raw.find(R"("rows":[[)" + value + "]]") != std::string::npos, raw);
        ++count;
    }
    CHECK(run("aggregate", "{}", R"({"_count":{"selection":{"_all":true}}})") ==
          R"({"data":{"aggregateUser":{"_count":{"_all":)" + std::to_string(count) + "}}}}");
}

}  // namespace lamina::test
