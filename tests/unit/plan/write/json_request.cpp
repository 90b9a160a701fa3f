#include "unit/plan/write/json_request.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace test {
namespace {

using namespace lamina;
using meta::FieldId;
using meta::ModelId;

class Reader {
public:
    explicit Reader(const TinySchema& schema) : schema_(schema) {}

    query::Operation operation(JsonView request) {
        using query::Action;
        static const std::map<std::string, Action> kActions = {{"create", Action::Create},
                                                               {"createMany", Action::CreateMany},
                                                               {"createManyAndReturn", Action::CreateManyAndReturn},
                                                               {"update", Action::Update},
                                                               {"updateMany", Action::UpdateMany},
                                                               {"updateManyAndReturn", Action::UpdateManyAndReturn},
                                                               {"upsert", Action::Upsert},
                                                               {"delete", Action::Delete},
                                                               {"deleteMany", Action::DeleteMany},
                                                               {"upsertMany", Action::UpsertMany},
                                                               {"findMany", Action::FindMany},
                                                               {"findUnique", Action::FindUnique},
                                                               {"count", Action::Count}};
        query::Operation operation;
        operation.model = schema_.model(request.find("model")->as_string());
        operation.action = kActions.at(request.find("action")->as_string());
        if (const auto load = request.find("load"); load && load->as_string() == "join")
            operation.load = query::Load::Join;
        const auto arguments = request.find("args");
        if (!arguments) return operation;
        const ModelId model = operation.model;
        if (const auto where = arguments->find("where")) operation.arguments.where = filter(model, *where);
        if (const auto limit = arguments->find("limit")) operation.limit = limit->as_int64();
        operation.selection = selection(model, *arguments);
        if (const auto skip = arguments->find("skipDuplicates")) operation.skip_duplicates = skip->as_boolean();
        const auto data = arguments->find("data");
        if (const auto conflict = arguments->find("conflict")) {
            for (const JsonView name : *conflict) operation.conflict.push_back(schema_.field(model, name.as_string()));
        }
        if (operation.action == Action::UpsertMany || operation.action == Action::CreateMany ||
            operation.action == Action::CreateManyAndReturn) {
            operation.rows = rows(model, *data);
        } else if (operation.action == Action::Upsert) {
            operation.data = this->data(model, *arguments->find("create"));
            operation.update = this->data(model, *arguments->find("update"));
        } else if (data) {
            operation.data = this->data(model, *data);
        }
        return operation;
    }

private:
    const meta::Model& model(ModelId id) const { return schema_.schema().models[id]; }
    const meta::Field& field(ModelId id, FieldId field) const { return model(id).fields[field]; }

    Value scalar(const meta::Field& field, JsonView json) {
        if (json.is_null()) return nullptr;
        if (json.is_array() && field.list) {
            Value::List list;
            for (const JsonView item : json) list.push_back(scalar(field, item));
            return list;
        }
        const JsonView inner = json.is_object() && json.find("$type") ? *json.find("value") : json;
        const std::string text = inner.is_string() ? inner.as_string() : std::string(inner.text());
        switch (field.type) {
            case Type::Int: return static_cast<std::int32_t>(std::stol(text));
            case Type::BigInt: return static_cast<std::int64_t>(std::stoll(text));
            case Type::Float: return std::stod(text);
            case Type::Decimal: return Decimal(std::string_view(text));
            case Type::Boolean: return text == "true";
            case Type::String: return text;
            case Type::DateTime: return DateTime::parse(text).value();
            case Type::Json: return Value::json(inner.text());
            case Type::Bytes: return from_base64(text).value();
            case Type::Enum: return Value::enumeration(text);
        }
        return nullptr;
    }

    query::Filter compare(FieldId field, query::Comparison comparison, Value value) {
        query::Filter filter;
        filter.kind = query::Filter::Kind::Compare;
        filter.field = field;
        filter.comparison = comparison;
        filter.value = std::move(value);
        return filter;
    }

    query::Filter filter(ModelId id, JsonView json) {
        query::Filter all;
        for (auto it = json.begin(); it != json.end(); ++it) add_filter(id, it.name(), it.value(), all);
        return all;
    }

    void add_filter(ModelId id, const std::string& name, JsonView json, query::Filter& all) {
        using query::Comparison;
        for (const meta::Key& key : model(id).keys) {
            if (key.fields.size() < 2 || key.name != name) continue;
            for (auto it = json.begin(); it != json.end(); ++it) add_filter(id, it.name(), it.value(), all);
            return;
        }
        if (name == "AND" || name == "OR" || name == "NOT") {
            query::Filter connective;
            connective.kind = name == "AND"  ? query::Filter::Kind::And
                              : name == "OR" ? query::Filter::Kind::Or
                                             : query::Filter::Kind::Not;
            if (json.is_array()) {
                for (const JsonView item : json) connective.children.push_back(filter(id, item));
            } else {
                connective.children.push_back(filter(id, json));
            }
            all.children.push_back(std::move(connective));
            return;
        }
        const FieldId at = schema_.field(id, name);
        const meta::Field& found = field(id, at);
        if (found.is_relation) {
            static const std::map<std::string, query::Filter::Kind> kKinds = {{"some", query::Filter::Kind::Some},
                                                                              {"every", query::Filter::Kind::Every},
                                                                              {"none", query::Filter::Kind::None},
                                                                              {"is", query::Filter::Kind::Is},
                                                                              {"isNot", query::Filter::Kind::IsNot}};
            const auto it = json.begin();
            query::Filter related;
            related.kind = kKinds.at(it.name());
            related.field = at;
            related.children.push_back(filter(other(id, at), it.value()));
            all.children.push_back(std::move(related));
            return;
        }
        if (!json.is_object() || json.find("$type"))
            return all.children.push_back(compare(at, Comparison::Equals, scalar(found, json)));
        static const std::map<std::string, Comparison> kComparisons = {
            {"equals", Comparison::Equals},        {"not", Comparison::Not}, {"in", Comparison::In},
            {"gt", Comparison::Greater},           {"lt", Comparison::Less}, {"contains", Comparison::Contains},
            {"startsWith", Comparison::StartsWith}};
        for (auto it = json.begin(); it != json.end(); ++it) {
            Value value;
            if (it.value().is_array()) {
                Value::List list;
                for (const JsonView item : it.value()) list.push_back(scalar(found, item));
                value = std::move(list);
            } else {
                value = scalar(found, it.value());
            }
            all.children.push_back(compare(at, kComparisons.at(it.name()), std::move(value)));
        }
    }

    ModelId other(ModelId id, FieldId at) const {
        const meta::Relation& relation = schema_.schema().relations[field(id, at).relation];
        return relation.model_a == id && relation.field_a == at ? relation.model_b : relation.model_a;
    }

    query::Selection selection(ModelId id, JsonView arguments) {
        query::Selection selection;
        const auto select = arguments.find("select");
        const auto include = arguments.find("include");
        const auto chosen = select ? select : include;
        if (select) selection.all_scalars = false;
        if (!chosen) return selection;
        for (auto it = chosen->begin(); it != chosen->end(); ++it) {
            const FieldId at = schema_.field(id, it.name());
            if (!field(id, at).is_relation) {
                selection.fields.push_back(at);
                continue;
            }
            query::RelationSelection relation;
            relation.field = at;
            if (it.value().is_object()) relation.selection = this->selection(other(id, at), it.value());
            selection.relations.push_back(std::move(relation));
        }
        return selection;
    }

    query::Data data(ModelId id, JsonView json) {
        query::Data data;
        for (auto it = json.begin(); it != json.end(); ++it) {
            const FieldId at = schema_.field(id, it.name());
            if (field(id, at).is_relation) {
                nested(other(id, at), at, it.value(), data);
            } else {
                data.fields.push_back(field_write(at, field(id, at), it.value()));
            }
        }
        return data;
    }

    query::FieldWrite field_write(FieldId at, const meta::Field& found, JsonView json) {
        using Kind = query::FieldWrite::Kind;
        static const std::map<std::string, Kind> kKinds = {
            {"set", Kind::Set},           {"increment", Kind::Increment}, {"decrement", Kind::Decrement},
            {"multiply", Kind::Multiply}, {"divide", Kind::Divide},       {"push", Kind::Push}};
        if (found.type == Type::Json || !json.is_object() || json.find("$type"))
            return {at, Kind::Set, scalar(found, json)};
        const auto it = json.begin();
        return {at, kKinds.at(it.name()), scalar(found, it.value())};
    }

    void nested(ModelId related, FieldId at, JsonView json, query::Data& data) {
        using Kind = query::NestedWrite::Kind;
        static const std::map<std::string, Kind> kKinds = {{"create", Kind::Create},
                                                           {"connect", Kind::Connect},
                                                           {"connectOrCreate", Kind::ConnectOrCreate},
                                                           {"createMany", Kind::CreateMany},
                                                           {"set", Kind::Set},
                                                           {"disconnect", Kind::Disconnect},
                                                           {"delete", Kind::Delete},
                                                           {"update", Kind::Update},
                                                           {"updateMany", Kind::UpdateMany},
                                                           {"upsert", Kind::Upsert},
                                                           {"deleteMany", Kind::DeleteMany}};
        for (auto it = json.begin(); it != json.end(); ++it) {
            const Kind kind = kKinds.at(it.name());
            if (kind == Kind::Set) {
                query::NestedWrite write;
                write.field = at;
                write.kind = kind;
                write.where.kind = query::Filter::Kind::Or;
                if (it.value().is_array()) {
                    for (const JsonView item : it.value()) write.where.children.push_back(filter(related, item));
                } else {
                    write.where.children.push_back(filter(related, it.value()));
                }
                data.nested.push_back(std::move(write));
            } else if (it.value().is_array()) {
                for (const JsonView item : it.value()) data.nested.push_back(nested_write(related, at, kind, item));
            } else {
                data.nested.push_back(nested_write(related, at, kind, it.value()));
            }
        }
    }

    query::NestedWrite nested_write(ModelId related, FieldId at, query::NestedWrite::Kind kind, JsonView item) {
        using Kind = query::NestedWrite::Kind;
        query::NestedWrite write;
        write.field = at;
        write.kind = kind;
        switch (kind) {
            case Kind::Create: write.create = data(related, item); break;
            case Kind::CreateMany: {
                const JsonView rows = *item.find("data");
                write.rows = this->rows(related, rows);
                const auto skips = item.find("skipDuplicates");
                write.skip_duplicates = skips && skips->text() == "true";
                break;
            }
            case Kind::Connect:
            case Kind::DeleteMany: write.where = filter(related, item); break;
            case Kind::Disconnect:
            case Kind::Delete:
                if (item.is_object()) write.where = filter(related, item);
                break;
            case Kind::ConnectOrCreate:
            case Kind::Update:
            case Kind::UpdateMany:
            case Kind::Upsert:
                if (kind == Kind::Update && !item.find("data")) {
                    write.update = data(related, item);
                    break;
                }
                if (const auto where = item.find("where")) write.where = filter(related, *where);
                if (const auto create = item.find("create")) write.create = data(related, *create);
                if (const auto update = item.find("update")) write.update = data(related, *update);
                if (const auto update = item.find("data")) write.update = data(related, *update);
                break;
            case Kind::Set: break;
        }
        return write;
    }

    query::Rows rows(ModelId id, JsonView json) {
        query::Rows rows;
        for (const JsonView row : json) {
            for (auto it = row.begin(); it != row.end(); ++it) {
                const FieldId at = schema_.field(id, it.name());
                if (std::find(rows.fields.begin(), rows.fields.end(), at) == rows.fields.end())
                    rows.fields.push_back(at);
            }
        }
        for (const JsonView row : json) {
            for (const FieldId at : rows.fields) {
                const auto cell = row.find(field(id, at).name);
                rows.values.push_back(cell ? scalar(field(id, at), *cell) : Value::unset());
            }
        }
        return rows;
    }

    const TinySchema& schema_;
};

}  // namespace

query::Operation read_request(const TinySchema& schema, JsonView request) { return Reader(schema).operation(request); }

}  // namespace test
