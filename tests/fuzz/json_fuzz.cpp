// rooms: value
// Any bytes: refused, or a document that can be walked, written again, and is equal to what was written.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <lamina/value/json.hpp>
#include <lamina/value/json_document.hpp>
#include <lamina/value/json_writer.hpp>

namespace {

using lamina::Json;
using lamina::JsonView;
using lamina::JsonWriter;

void require(bool fact) {
    if (!fact) std::abort();
}

void rewrite(JsonView value, JsonWriter& out) {
    switch (value.kind()) {
        case JsonView::Kind::Null: out.null(); return;
        case JsonView::Kind::False:
        case JsonView::Kind::True: out.boolean(value.as_boolean()); return;
        case JsonView::Kind::Number: out.raw(value.text()); return;
        case JsonView::Kind::String: out.string(value.as_string()); return;
        case JsonView::Kind::Array:
            out.begin_array();
            for (const JsonView element : value) rewrite(element, out);
            out.end_array();
            return;
        case JsonView::Kind::Object:
            out.begin_object();
            for (auto it = value.begin(); it != value.end(); ++it) rewrite(it.value(), out.name(it.name()));
            out.end_object();
            return;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto json = Json::parse(text);
    const auto document = lamina::JsonDocument::parse(text);
    require(json.has_value() == document.has_value());
    if (!json) return 0;
    JsonWriter out;
    rewrite(document->root(), out);
    const auto again = Json::parse(out.text());
    require(again.has_value());
    require(*again == *json);
    require(again->hash() == json->hash());
    return 0;
}
