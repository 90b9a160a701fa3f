#include "plan/binder.hpp"

#include <lamina/base/assert.hpp>

namespace lamina::plan {

std::string like_pattern(std::string_view text, Bind::Transform transform) {
    std::string pattern;
    pattern.reserve(text.size() + 4);
    if (transform == Bind::Transform::Contains || transform == Bind::Transform::EndsWith) pattern += '%';
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    if (transform == Bind::Transform::Contains || transform == Bind::Transform::StartsWith) pattern += '%';
    return pattern;
}

std::string json_path(const Value::List& steps) {
    std::string path = "$";
    for (const Value& step : steps) {
        const std::string_view text = step.as_string();
        const bool number = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
        path += number ? "[" : ".\"";
        path += text;
        path += number ? "]" : "\"";
    }
    return path;
}

void Binder::begin(std::size_t count) {
    made_.clear();
    made_.reserve(count);
}

const Value& Binder::now() {
    if (!now_) now_ = Value(DateTime::now());
    return *now_;
}

Inputs& Binder::inputs(Feed& feed) {
    if (!feed.inputs) feed.inputs.emplace(plan_, feed.tables, now());
    return *feed.inputs;
}

const Value* Binder::argument(const Bind& bind, const Feed& feed) {
    const Argument& argument = feed.arguments[bind.index];
    if (argument.value == nullptr) return keep(Value(argument.number));
    if (bind.transform == Bind::Transform::JsonPath) return keep(Value::string(json_path(argument.value->as_list())));
    if (bind.transform != Bind::Transform::None) {
        return keep(Value::string(like_pattern(argument.value->as_string(), bind.transform)));
    }
    if (bind.labels != nullptr) return keep(with_database_label(*argument.value, *bind.labels));
    return argument.value;
}

const Value* Binder::bind(const Bind& bind, Feed& feed, std::size_t row) {
    switch (bind.source) {
        case Bind::Source::Argument: return argument(bind, feed);
        case Bind::Source::Constant: return &plan_.constants[bind.index];
        case Bind::Source::RegisterCell: {
            const Register& source = feed.at(static_cast<RegisterId>(bind.index));
            if (bind.column >= source.cells.size()) return keep(Value());
            return &source.cells[bind.column];
        }
        case Bind::Source::RegisterList: {
            const Register& source = feed.at(static_cast<RegisterId>(bind.index));
            if (!source.lists.empty()) return &source.lists[bind.column];
            Value::List list;
            if (source.columns > 0) list.reserve(source.cells.size() / source.columns);
            for (std::size_t i = bind.column; i < source.cells.size(); i += source.columns)
                list.push_back(source.cells[i]);
            return keep(Value(std::move(list)));
        }
        case Bind::Source::Generated: {
            if (feed.generated.empty()) feed.generated.assign(plan_.generators.size(), Value::unset());
            Value& value = feed.generated[bind.index];
            if (value.is_unset()) value = generate(plan_.generators[bind.index], now());
            return &value;
        }
        case Bind::Source::InputList: return keep(inputs(feed).list(bind.index, bind.labels));
        case Bind::Source::InputCell: return inputs(feed).cell(bind.index, bind.labels, row + bind.column);
    }
    LAMINA_ASSERT(false);
    return nullptr;
}

}  // namespace lamina::plan
