#include "schema/meta/meta.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <lamina/value/json_writer.hpp>

namespace lamina::schema {

namespace {

static_assert(static_cast<int>(meta::ReferentialAction::SetDefault) == static_cast<int>(ReferentialAction::SetDefault));

bool is_plain(const Field& field) {
    return !field.is_ignored() && !field.is_unsupported() && field.kind() != FieldKind::Composite &&
           !field.model().is_ignored();
}

}  // namespace

bool known_to_clients(const Relation& relation) {
    if (!is_plain(relation.owning_side().field()) || !is_plain(relation.opposite_side().field())) return false;
    for (const Field& field : relation.fields()) {
        if (!is_plain(field)) return false;
    }
    for (const Field& field : relation.references()) {
        if (!is_plain(field)) return false;
    }
    return true;
}

bool known_to_clients(const Field& field) {
    return is_plain(field) && (!field.is_relation() || known_to_clients(field.as_relation().relation()));
}

/// Deques: what they hold does not move when they grow, so that views of it can be handed out while they are filled.
struct OwnedMeta::Storage {
    meta::Schema schema;
    std::deque<std::string> texts;
    std::deque<std::vector<std::string_view>> labels;
    std::deque<std::vector<meta::FieldId>> field_lists;
    std::deque<std::vector<meta::Field>> fields;
    std::deque<std::vector<meta::Key>> keys;
    std::vector<meta::Model> models;
    std::vector<meta::Enum> enums;
    std::vector<meta::Relation> relations;
};

namespace {

Type type_of(const Field& field) {
    if (field.is_enum()) return Type::Enum;
    switch (field.scalar_type()) {
        case ScalarType::String: return Type::String;
        case ScalarType::Boolean: return Type::Boolean;
        case ScalarType::Int: return Type::Int;
        case ScalarType::BigInt: return Type::BigInt;
        case ScalarType::Float: return Type::Float;
        case ScalarType::Decimal: return Type::Decimal;
        case ScalarType::DateTime: return Type::DateTime;
        case ScalarType::Json: return Type::Json;
        case ScalarType::Bytes: return Type::Bytes;
    }
    return Type::String;
}

/// The number in uuid(7), cuid(2), nanoid(8), or what stands for none.
std::uint16_t argument_of(const DefaultValue& value, std::uint16_t otherwise) {
    if (value.items.empty()) return otherwise;
    const std::string& text = value.items.front().text;
    std::uint16_t number = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// A list's default: a JSON array of texts.
std::string list_text(const DefaultValue& value) {
    JsonWriter writer;
    writer.begin_array();
    for (const DefaultValue& item : value.items) writer.string(item.text);
    writer.end_array();
    return writer.take_text();
}

/// The fields' numbers in the metadata, by their ids in the schema.
using Numbers = std::map<FieldId, meta::FieldId>;

}  // namespace

/// Fills a storage.
class MetaMaker {
public:
    MetaMaker(const Schema& schema, OwnedMeta::Storage& storage) : schema_(schema), out_(storage) {}

    void make() {
        number();
        for (const Enum enumeration : schema_.enums()) add_enum(enumeration);
        for (const Model model : schema_.models_and_views()) {
            if (!model.is_ignored()) add_model(model);
        }
        for (const Relation relation : schema_.relations()) {
            if (known_to_clients(relation)) add_relation(relation);
        }
        const auto& datasource = schema_.datasource();
        out_.schema.models = out_.models;
        out_.schema.enums = out_.enums;
        out_.schema.relations = out_.relations;
        out_.schema.provider = text(schema_.provider());
        out_.schema.relation_mode_prisma = datasource && datasource->relation_mode == RelationMode::Prisma;
    }

private:
    void number() {
        for (const Model model : schema_.models_and_views()) {
            if (model.is_ignored()) continue;
            models_.emplace(model.id(), static_cast<meta::ModelId>(models_.size()));
            meta::FieldId next = 0;
            for (const Field field : model.fields()) {
                if (known_to_clients(field)) fields_.emplace(field.id(), next++);
            }
        }
        for (const Relation relation : schema_.relations()) {
            if (known_to_clients(relation)) {
                relations_.emplace(relation.id(), static_cast<std::uint16_t>(relations_.size()));
            }
        }
    }

    std::string_view text(std::string_view content) {
        return content.empty() ? std::string_view() : std::string_view(out_.texts.emplace_back(content));
    }

    void add_enum(const Enum& enumeration) {
        auto& names = out_.labels.emplace_back();
        auto& db_names = out_.labels.emplace_back();
        for (const EnumValue value : enumeration.values()) {
            names.push_back(text(value.name()));
            db_names.push_back(text(value.database_name()));
        }
        out_.enums.push_back({.name = text(enumeration.name()),
                              .type = text(enumeration.database_name()),
                              .schema = text(enumeration.schema().value_or("")),
                              .labels = {names, db_names}});
    }

    meta::Default default_of(const DefaultValue& value) {
        using enum DefaultFunction;
        using meta::DefaultKind;
        if (value.kind == DefaultValue::Kind::List) return {DefaultKind::Literal, text(list_text(value)), 0};
        if (value.kind != DefaultValue::Kind::Function) return {DefaultKind::Literal, text(value.text), 0};
        switch (value.function) {
            case Autoincrement: return {DefaultKind::Autoincrement, {}, 0};
            case Sequence:
            case DbGenerated:
            case Auto: return {DefaultKind::Database, {}, 0};
            case Now: return {DefaultKind::Now, {}, 0};
            case Uuid: return {argument_of(value, 4) == 7 ? DefaultKind::Uuid7 : DefaultKind::Uuid4, {}, 0};
            case Cuid: return {argument_of(value, 1) == 2 ? DefaultKind::Cuid2 : DefaultKind::Cuid, {}, 0};
            case Ulid: return {DefaultKind::Ulid, {}, 0};
            case Nanoid: return {DefaultKind::Nanoid, {}, argument_of(value, 21)};
        }
        return {};
    }

    meta::Field field_of(const Field& field) {
        meta::Field made;
        made.name = text(field.name());
        made.is_relation = field.is_relation();
        if (field.is_relation()) {
            made.relation = relations_.at(field.as_relation().relation().id());
        } else {
            made.column = text(field.column_name());
            made.type = type_of(field);
        }
        made.required = !field.is_optional();
        made.list = field.is_list();
        made.id = field.is_part_of_id();
        made.unique = field.is_id() || field.is_unique();
        made.updated_at = field.is_updated_at();
        if (field.is_enum()) made.enumeration = static_cast<std::uint16_t>(field.enumeration().id());
        if (field.default_value()) made.default_value = default_of(*field.default_value());
        if (field.native_type()) {
            std::string arguments;
            for (const std::string& argument : field.native_type()->args) {
                arguments += (arguments.empty() ? "" : ", ") + argument;
            }
            made.native = {text(field.native_type()->name), text(arguments)};
        }
        return made;
    }

    /// Keys all of whose fields clients know.
    void add_keys(const Model& model, std::vector<meta::Key>& keys) {
        for (const Index& key : model.unique_criteria()) {
            const std::vector<Field> fields = key.fields();
            if (!std::all_of(fields.begin(), fields.end(), [](const Field& field) { return known_to_clients(field); }))
                continue;
            keys.push_back({.name = text(key.client_name()),
                            .fields = numbers_of(fields),
                            .primary = key.kind() == IndexKind::PrimaryKey});
        }
    }

    void add_model(const Model& model) {
        auto& fields = out_.fields.emplace_back();
        for (const Field field : model.fields()) {
            if (known_to_clients(field)) fields.push_back(field_of(field));
        }
        auto& keys = out_.keys.emplace_back();
        add_keys(model, keys);
        out_.models.push_back({.name = text(model.name()),
                               .table = text(model.database_name()),
                               .schema = text(model.schema().value_or("")),
                               .fields = fields,
                               .keys = keys,
                               .view = model.is_view()});
    }

    std::span<const meta::FieldId> numbers_of(const std::vector<Field>& fields) {
        auto& numbers = out_.field_lists.emplace_back();
        for (const Field& field : fields) numbers.push_back(fields_.at(field.id()));
        return numbers;
    }

    void add_relation(const Relation& relation) {
        const RelationField a = relation.owning_side();
        const RelationField b = relation.opposite_side();
        meta::Relation made;
        made.name = text(relation.name());
        made.model_a = models_.at(a.model().id());
        made.model_b = models_.at(b.model().id());
        made.field_a = fields_.at(a.field().id());
        made.field_b = fields_.at(b.field().id());
        if (relation.is_many_to_many()) {
            made.join_table = text(relation.join_table());
            made.join_schema = text(a.model().schema().value_or(""));
        } else {
            made.fields = numbers_of(relation.fields());
            made.references = numbers_of(relation.references());
            made.on_delete = static_cast<meta::ReferentialAction>(relation.on_delete());
            made.on_update = static_cast<meta::ReferentialAction>(relation.on_update());
        }
        out_.relations.push_back(made);
    }

    const Schema& schema_;
    OwnedMeta::Storage& out_;
    Numbers fields_;
    std::map<ModelId, meta::ModelId> models_;
    std::map<RelationId, std::uint16_t> relations_;
};

OwnedMeta::OwnedMeta(const Schema& schema) : storage_(std::make_unique<Storage>()) {
    MetaMaker(schema, *storage_).make();
}

OwnedMeta::OwnedMeta(OwnedMeta&& other) noexcept = default;
OwnedMeta& OwnedMeta::operator=(OwnedMeta&& other) noexcept = default;
OwnedMeta::~OwnedMeta() = default;

const meta::Schema& OwnedMeta::schema() const noexcept { return storage_->schema; }

}  // namespace lamina::schema
