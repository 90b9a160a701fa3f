#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/value/json.hpp>
#include <lamina/value/json_document.hpp>
#include <lamina/value/json_writer.hpp>

using lamina::Json;
using lamina::JsonDocument;
using lamina::JsonView;
using lamina::JsonWriter;

namespace {

Json json(const char* text) { return Json::parse(text).value(); }

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("JSON text is kept as it is") {
    for (const char* text :
         {"null", "true", "false", "0", "-0", "1.0", "12345678901234567890.123456789012345678901e+400", "\"\"",
          "\"a\\u00e9\\n\"", "[]", "{}", " [ 1 , 2 ] ", "{\"b\":1,\"a\":{\"x\":[null]},\"b\":2}", "[[],{},[{}]]",
          "\"\xf0\x9f\x98\x80\"", "\t\r\n 1"}) {
        CAPTURE(text);
        const auto result = Json::parse(text);
        REQUIRE(result);
        CHECK(result->text() == text);
    }
    CHECK(Json::parse(nested(Json::kMaxDepth)));
    CHECK(Json() == Json::null());
}

TEST_CASE("what is not JSON is refused with its place") {
    const std::pair<const char*, int> cases[] = {
        {"", 0},
        {" ", 1},
        {"nul", 0},
        {"True", 0},
        {"01", 1},
        {"1.", 2},
        {".5", 0},
        {"+1", 0},
        {"1e", 2},
        {"1e+", 3},
        {"-", 1},
        {"\"", 1},
        {"\"\\x\"", 1},
        {"\"\\u12g4\"", 1},
        {"\"\n\"", 1},
        {"[", 1},
        {"[1", 2},
        {"[1,]", 3},
        {"[,1]", 1},
        {"[1 2]", 3},
        {"{", 1},
        {"{1:2}", 1},
        {"{\"a\"}", 4},
        {"{\"a\":}", 5},
        {"{\"a\":1,}", 7},
        {"{\"a\":1", 6},
        {"[}", 1},
        {"[1}", 2},
        {"1 1", 2},
        {"[] []", 3},
        {"\"\xff\"", 1},
        {"\"\xed\xa0\x80\"", 1},
        {"NaN", 0},
        {"'a'", 0},
        {"// x", 0},
        {"\xef\xbb\xbf"
         "1",
         0},
        {"\"\\", 1},
        {"\"\\u", 1},
        {"]", 0},
    };
    for (const auto& [text, offset] : cases) {
        const std::string shown = text;
        CAPTURE(shown);
        const auto result = Json::parse(text);
        REQUIRE_FALSE(result);
        CHECK(result.error().code_text() == "P2007");
        CHECK(result.error().detail("offset") == std::to_string(offset));
        CHECK_FALSE(JsonDocument::parse(text));
    }
    CHECK_FALSE(Json::parse(std::string("1\0", 2)));
    CHECK_FALSE(Json::parse(nested(Json::kMaxDepth + 1)));
    CHECK_FALSE(Json::parse(std::string(1'000'000, '[')));
}

TEST_CASE("a document is read through views") {
    const JsonDocument document =
        JsonDocument::parse(
            R"( {"id": 12, "big": 12345678901234567890, "on": true, "tags": ["a", "b\n\u00e9", {"x": []}],
                              "none": null, "n\u0061me": "Ann", "id": 13, "rate": 1.50} )")
            .value();
    const JsonView root = document.root();
    CHECK(root.is_object());
    CHECK(root.size() == 8);
    CHECK(root.find("id")->as_int64() == 13);
    CHECK_FALSE(root.find("big")->as_int64());
    CHECK(root.find("big")->text() == "12345678901234567890");
    CHECK(root.find("rate")->text() == "1.50");
    CHECK_FALSE(root.find("rate")->as_int64());
    CHECK(root.find("on")->as_boolean());
    CHECK(root.find("none")->is_null());
    CHECK(root.find("name")->as_string() == "Ann");
    CHECK(root.find("name")->is_string("Ann"));
    CHECK_FALSE(root.find("missing"));
    const JsonView tags = *root.find("tags");
    CHECK(tags.size() == 3);
    CHECK(tags.at(1)->as_string() == "b\n\xc3\xa9");
    CHECK(tags.at(1)->is_string("b\n\xc3\xa9"));
    CHECK(tags.at(2)->find("x")->size() == 0);
    CHECK(tags.at(2)->text() == R"({"x": []})");
    CHECK_FALSE(tags.at(3));
    CHECK_FALSE(tags.find("a"));
    CHECK_FALSE(root.at(0));
    std::vector<std::string> names;
    for (auto it = root.begin(); it != root.end(); ++it) names.push_back(it.name());
    CHECK(names == std::vector<std::string>{"id", "big", "on", "tags", "none", "name", "id", "rate"});
    std::string joined;
    for (const JsonView tag : tags) joined += tag.text();
    CHECK(joined == R"("a""b\n\u00e9"{"x": []})");
}

TEST_CASE("escapes become the characters they stand for") {
    const auto content = [](const char* text) { return JsonDocument::parse(text)->root().as_string(); };
    CHECK(content(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
    CHECK(content(R"("\u0041\u00e9\u20ac\ud83d\ude00")") == "Aé€😀");
    CHECK(content(R"("\u0000")") == std::string(1, '\0'));
    CHECK(content(R"("\ud83d")") == "\xef\xbf\xbd");
    CHECK(content(R"("\ude00x")") == "\xef\xbf\xbdx");
    CHECK(content(R"("\ud83d\u0041")") ==
          "\xef\xbf\xbd"
          "A");
    CHECK(content("5").empty());
}

TEST_CASE("equality is of values, not of spelling") {
    const std::pair<const char*, const char*> equal[] = {
        {"[1,2]", " [ 1 , 2 ] "},
        {"1.0", "1"},
        {"10e-1", "1"},
        {"-0", "0"},
        {"0.0e5", "0"},
        {"1E3", "1000"},
        {"0.001", "1e-3"},
        {"\"\\u0041\"", "\"A\""},
        {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"},
        {"{\"a\":1,\"a\":2}", "{\"a\":2}"},
        {"1e99999999999999999999", "1e+099999999999999999999"},
        {"{\"\\u0061\":[]}", "{\"a\":[ ]}"},
        {"1230e2", "123000.0"},
    };
    for (const auto& [left, right] : equal) {
        const std::string shown = left;
        CAPTURE(shown);
        CHECK(json(left) == json(right));
        CHECK(json(left).hash() == json(right).hash());
    }
    const std::pair<const char*, const char*> different[] = {
        {"1", "2"},
        {"1", "\"1\""},
        {"[1,2]", "[2,1]"},
        {"[1]", "[1,1]"},
        {"null", "false"},
        {"1", "-1"},
        {"1", "10"},
        {"{}", "[]"},
        {"{\"a\":1}", "{\"b\":1}"},
        {"{\"a\":1}", "{\"a\":1,\"b\":1}"},
        {"0.1", "0.01"},
        {"12345678901234567890", "12345678901234567891"},
        {"1e99999999999999999999", "1e99999999999999999998"},
        {"[[1],2]", "[[1,2]]"},
    };
    for (const auto& [left, right] : different) {
        const std::string shown = left;
        CAPTURE(shown);
        CHECK_FALSE(json(left) == json(right));
    }
    CHECK(Json::unchecked("{broken") == Json::unchecked("{broken"));
    CHECK_FALSE(Json::unchecked("{broken") == Json::unchecked("{broken "));
}

TEST_CASE("the writer writes JSON") {
    JsonWriter out;
    out.begin_object();
    out.name("id").integer(INT64_MIN);
    out.name("text").string(
        "a\"\\\n\x01"
        "é");
    out.name("list").begin_array().null().boolean(true).number(0.1).number(1.0 / 0.0).raw("1.500").end_array();
    out.name("empty").begin_object().end_object();
    out.name("json").value(Json::string("x"));
    out.end_object();
    const std::string expected =
        "{\"id\":-9223372036854775808,\"text\":\"a\\\"\\\\\\n\\u0001é\",\"list\":[null,true,0.1,null,1.500],"
        "\"empty\":{},\"json\":\"x\"}";
    CHECK(out.text() == expected);
    CHECK(Json::parse(out.text()));
    CHECK(out.take().text() == expected);
    CHECK(Json::integer(5).text() == "5");
    CHECK(Json::boolean(false).text() == "false");
}

TEST_CASE("every character survives a string") {
    std::string all;
    for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
    CHECK(Json::string(all).document()->root().as_string() == all);
}

TEST_CASE("long documents are read in one pass") {
    std::string text = "[";
    for (int i = 0; i < 200'000; ++i) text += (i ? ",{\"k\":" : "{\"k\":") + std::to_string(i) + "}";
    text += "]";
    const JsonDocument document = JsonDocument::parse(text).value();
    std::int64_t sum = 0;
    for (const JsonView element : document.root()) sum += *element.find("k")->as_int64();
    CHECK(sum == 199'999LL * 200'000 / 2);
}
