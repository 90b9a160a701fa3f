#include "json/neighbours.hpp"

#include <algorithm>
#include <utility>

#include <lamina/base/assert.hpp>
#include <lamina/base/try.hpp>

namespace lamina::json {
namespace {

using query::Filter;

/// The one equality that a filter is; null when it is something else.
const Filter* equality_of(const Filter& filter) {
    if (filter.kind == Filter::Kind::And)
        return filter.children.size() == 1 ? equality_of(filter.children[0]) : nullptr;
    const bool plain = filter.kind == Filter::Kind::Compare && filter.comparison == query::Comparison::Equals &&
                       !filter.insensitive && filter.other == meta::kNone && filter.path.is_null() &&
                       !filter.value.is_null() && !filter.value.is_unset();
    return plain ? &filter : nullptr;
}

/// Whether a key comes back from the database as it was sent, so that rows can be told by it.
bool comes_back(const meta::Field& field) {
    if (field.list) return false;
    if (field.type == Type::Int || field.type == Type::BigInt) return true;
    return field.type == Type::String &&
           (field.native.name.empty() || field.native.name == "Text" || field.native.name == "VarChar");
}

/// The column of a row that holds the field; adds it where nobody asked for it.
std::optional<std::size_t> key_column(const meta::Model& model, FieldId field, query::Selection& selection) {
    if (selection.all_scalars && selection.fields.empty()) {
        std::size_t column = 0;
        for (FieldId id = 0; id < field; ++id) column += !model.fields[id].is_relation;
        return column;
    }
    const auto found = std::find(selection.fields.begin(), selection.fields.end(), field);
    const auto column = static_cast<std::size_t>(found - selection.fields.begin());
    if (found == selection.fields.end()) {
        if (!selection.counts.empty()) return std::nullopt;  // they come behind the fields
        selection.fields.push_back(field);
    }
    return column;
}

bool same_key(const Value& a, const Value& b) {
    const bool text = a.kind() == Value::Kind::String;
    if (text != (b.kind() == Value::Kind::String)) return false;
    return text ? a.as_string() == b.as_string() : a.as_bigint() == b.as_bigint();
}

bool key_less(const Value& a, const Value& b) {
    return a.kind() == Value::Kind::String ? a.as_string() < b.as_string() : a.as_bigint() < b.as_bigint();
}

}  // namespace

/// Whether the request is such a read, and there may be others like it.
bool Neighbours::begin(JsonView json) {
    const auto action = json.is_object() ? json.find("action") : std::nullopt;
    if (!action || !action->is_string("findUnique")) return false;
    Result<Request> lowered = lower_request(context_, json);
    if (!lowered) return false;
    const Filter* equality = equality_of(lowered->operation.arguments.where);
    if (equality == nullptr) return false;
    const meta::Model& model = context_.model(lowered->operation.model);
    query::Selection selection = lowered->operation.selection;
    if (!comes_back(model.fields[equality->field]) || !key_column(model, equality->field, selection)) return false;
    field_ = equality->field;
    keys_.assign(1, equality->value);
    first_ = json;
    request_ = *std::move(lowered);
    return true;
}

bool Neighbours::fits(JsonView json, Value& key) const {
    if (!json.is_object()) return false;
    const auto same = [&](JsonView mine, JsonView other, std::string_view name) {
        const auto a = mine.find(name), b = other.find(name);
        return a && b && a->text() == b->text();
    };
    const auto query = json.find("query");
    if (!query || !query->is_object() || !same(*first_, json, "action") || !same(*first_, json, "modelName") ||
        !same(*first_->find("query"), *query, "selection"))
        return false;
    const Result<Request> lowered = lower_request(context_, json);
    if (!lowered) return false;
    const Filter* equality = equality_of(lowered->operation.arguments.where);
    if (equality == nullptr || equality->field != field_ || lowered->operation.load != request_.operation.load)
        return false;
    key = equality->value;
    return true;
}

std::size_t Neighbours::take(std::span<const JsonView> requests) {
    if (requests.size() < 2 || !begin(requests[0])) return 0;
    Value key;
    while (keys_.size() < requests.size() && fits(requests[keys_.size()], key)) keys_.push_back(std::move(key));
    return keys_.size();
}

Result<std::vector<std::string>> Neighbours::run(Session& session, Options options) const {
    query::Operation operation = request_.operation;
    operation.action = query::Action::FindMany;
    const auto column = key_column(context_.model(operation.model), field_, operation.selection);
    LAMINA_ASSERT(column.has_value());
    std::vector<Value> distinct = keys_;
    std::sort(distinct.begin(), distinct.end(), key_less);
    distinct.erase(std::unique(distinct.begin(), distinct.end(), same_key), distinct.end());
    Filter in;
    in.kind = Filter::Kind::Compare;
    in.comparison = query::Comparison::In;
    in.field = field_;
    in.value = Value(Value::List(distinct.begin(), distinct.end()));
    operation.arguments.where = std::move(in);

    DynamicLayout layout;
    lay_out(context_, operation, layout);
    Rows rows(layout);
    LAMINA_TRY(session.run(operation, &layout.layout(), &rows));
    std::vector<std::size_t> order(rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key_of = [&](std::size_t row) -> const Value& { return rows.cell(row, *column); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key_less(key_of(a), key_of(b)); });
    std::vector<std::string> answers;
    for (const Value& key : keys_) {
        const auto found = std::lower_bound(order.begin(), order.end(), key, [&](std::size_t row, const Value& wanted) {
            return key_less(key_of(row), wanted);
        });
        JsonWriter out;
        ResponseWriter writer(context_, out, options);
        const bool there = found != order.end() && same_key(key_of(*found), key);
        LAMINA_TRY(writer.one(request_, rows, there ? std::optional<std::size_t>(*found) : std::nullopt));
        answers.push_back(out.take_text());
    }
    return answers;
}

}  // namespace lamina::json
