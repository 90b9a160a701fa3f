#include "json/place.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include <lamina/error/messages.hpp>
#include <lamina/value/json_writer.hpp>

namespace lamina::json {

std::vector<std::string> Place::path(bool selection) const {
    std::vector<std::string> names;
    for (const Place* place = this; place != nullptr; place = place->parent_) {
        if (place->selection_ == selection) names.emplace_back(place->name_);
    }
    std::reverse(names.begin(), names.end());
    return names;
}

std::string Place::joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ".") + name;
    return text;
}

std::string Place::whole() const {
    const std::string arguments = this->arguments();
    return joined(selection_path()) + (arguments.empty() ? "" : "." + arguments);
}

namespace problems {
namespace {

std::string join(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
}

void write_names(JsonWriter& writer, const std::vector<std::string>& names) {
    writer.begin_array();
    for (const std::string& name : names) writer.string(name);
    writer.end_array();
}

std::string meta_of(std::string_view kind, const Place& place) {
    JsonWriter writer;
    writer.begin_object().name("kind").string(kind);
    writer.name("argumentPath");
    write_names(writer, place.argument_path());
    writer.name("selectionPath");
    write_names(writer, place.selection_path());
    writer.end_object();
    return writer.take_text();
}

Error problem(ErrorCode code, std::string_view kind, const Place& place, std::string message) {
    return Error(code, std::move(message)).with_detail("meta", meta_of(kind, place));
}

std::string quoted_path(const Place& place) { return join({"`", place.arguments(), "`"}); }

}  // namespace

Error refused(const Place& place) {
    return problem(ErrorCode::QueryInvalid, "InvalidArgument", place, join({quoted_path(place), ": Invalid argument"}));
}

Error unknown_field(const Place& place) {
    return problem(ErrorCode::QueryInvalid, "UnknownInputField", place,
                   join({"`", place.whole(), "`: Field does not exist in enclosing type."}));
}

Error unknown_argument(const Place& place) {
    return problem(ErrorCode::QueryInvalid, "UnknownArgument", place, "Argument does not exist in enclosing type");
}

Error unknown_selection(const Place& place, std::string_view name, std::string_view type) {
    return problem(ErrorCode::QueryInvalid, "UnknownSelectionField", place.selected(name),
                   join({"Field '", name, "' not found in enclosing type '", type, "'"}));
}

Error empty_selection(const Place& place) {
    return problem(ErrorCode::QueryInvalid, "EmptySelection", place,
                   "Expected a minimum of 1 field to be present, got 0");
}

Error selection_in_scalar(const Place& place, std::string_view name) {
    return problem(ErrorCode::QueryInvalid, "SelectionSetOnScalar", place.selected(name),
                   join({"Cannot select over scalar field '", name, "'"}));
}

Error wrong_type(const Place& place, std::string_view type, JsonView) {
    return problem(
        ErrorCode::QueryInvalid, "InvalidArgumentType", place,
        join({"Invalid argument type. `", place.name(), "` should be of any of the following types: `", type, "`"}));
}

Error wrong_value(const Place& place, std::string_view value, std::string_view type, std::string_view reason) {
    std::string message = join({"Invalid argument value. `", value, "` is not a valid `", type, "`"});
    if (!reason.empty()) message += join({". Underlying error: ", reason});
    return problem(ErrorCode::QueryInvalid, "InvalidArgumentValue", place, std::move(message));
}

Error number_too_large(const Place& place, std::string_view number) {
    return problem(ErrorCode::QueryInvalid, "ValueTooLarge", place,
                   join({"Unable to fit float value (or large JS integer serialized in exponent notation) '", number,
                         "' into a 64 Bit signed integer for field '", place.name(),
                         "'. If you're trying to store large integers, consider using `BigInt`"}));
}

Error required(const Place& place) {
    return problem(ErrorCode::RequiredValueMissing, "RequiredArgumentMissing", place,
                   join({quoted_path(place), ": A value is required but not set"}));
}

Error required_because(const Place& place, std::string_view because) {
    return problem(ErrorCode::RequiredValueMissing, "RequiredArgumentMissing", place,
                   join({quoted_path(place), ": A value is required but not set. It is required because `", because,
                         "` was provided."}));
}

Error not_exactly_one(const Place& place, std::size_t given) {
    return given == 0 ? problem(ErrorCode::QueryInvalid, "SomeFieldsMissing", place,
                                "Some fields are missing: Expected exactly one field to be present, got 0.")
                      : problem(ErrorCode::QueryInvalid, "TooManyFieldsGiven", place,
                                join({"Too many fields given: Expected exactly one field to be present, got ",
                                      std::to_string(given), "."}));
}

Error more_than_one(const Place& place, std::size_t given) {
    return problem(ErrorCode::QueryInvalid, "TooManyFieldsGiven", place,
                   join({"Too many fields given: Expected a minimum of 0 and at most 1 fields to be present, got ",
                         std::to_string(given), "."}));
}

Error none_of(const Place& place, const std::vector<std::string>& fields) {
    std::string names;
    for (const std::string& field : fields) names += (names.empty() ? "" : ", ") + field;
    return problem(
        ErrorCode::QueryInvalid, "SomeFieldsMissing", place,
        join({"Some fields are missing: Expected a minimum of 1 fields of (", names, ") to be present, got 0."}));
}

Error none_fits(std::vector<Error> reasons) {
    if (reasons.size() == 1) return std::move(reasons.front());
    // What is wrong with a value that was understood is said as it is.
    for (Error& reason : reasons) {
        if (reason.code() == ErrorCode::InputError || reason.code() == ErrorCode::UnsupportedFeature) {
            return std::move(reason);
        }
    }
    std::string texts, metas;
    for (const Error& reason : reasons) {
        // A level's reasons hold those of the level below, often twice: deep down the first one has to do.
        constexpr std::size_t kLong = 1 << 14;
        if (!texts.empty() && texts.size() + reason.message().size() > kLong) break;
        texts += (texts.empty() ? "" : ", ") + reason.message();
        const std::string_view meta = reason.detail("meta");
        metas += join({metas.empty() ? "" : ",", meta.empty() ? "{}" : meta});
    }
    return Error(ErrorCode::QueryInvalid,
                 join({"Unable to match input value to any allowed input type for the field. Parse errors: [", texts,
                       "]"}))
        .with_detail("meta", join({R"({"kind":"Union","errors":[)", metas, "]}"}));
}

Error input(std::string_view details) {
    JsonWriter writer;
    writer.begin_object().name("details").string(details).end_object();
    return Error(ErrorCode::InputError, join({"Input error. ", details})).with_detail("meta", writer.take_text());
}

Error too_deep(const Place& place) {
    return problem(ErrorCode::QueryInvalid, "TooDeep", place, "The query is nested too deeply.");
}

Error not_yet(std::string_view what) { return error::unsupported_feature(join({what, " is not supported yet"})); }

Error not_a_request(std::string_view reason) {
    return Error(ErrorCode::QueryParseFailed, join({"Failed to parse the query: ", reason}));
}

}  // namespace problems

}  // namespace lamina::json
