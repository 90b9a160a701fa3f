#include "client/typed/lower.hpp"

#include <algorithm>
#include <span>
#include <string>

#include <lamina/base/try.hpp>

namespace lamina::typed {

static_assert(static_cast<int>(WriteKind::Push) == static_cast<int>(query::FieldWrite::Kind::Push));

namespace {

using query::Data;
using query::NestedWrite;

static_assert(sizeof(Writes) == sizeof(void*));

/// The Writes of a relation member, one behind the other, in the order in which they are carried out (ToManyInput …).
std::span<const NestedWrite::Kind> kinds_of(InputKind kind) {
    using Kind = NestedWrite::Kind;
    static constexpr Kind kToOneInput[] = {Kind::Create, Kind::Connect, Kind::ConnectOrCreate};
    static constexpr Kind kToManyInput[] = {Kind::Create, Kind::Connect, Kind::ConnectOrCreate, Kind::CreateMany};
    static constexpr Kind kToMany[] = {Kind::Create,     Kind::Connect,    Kind::ConnectOrCreate, Kind::Set,
                                       Kind::Disconnect, Kind::Update,     Kind::Upsert,          Kind::UpdateMany,
                                       Kind::Delete,     Kind::DeleteMany, Kind::CreateMany};
    static constexpr Kind kToOne[] = {Kind::Create, Kind::Connect, Kind::ConnectOrCreate, Kind::Disconnect,
                                      Kind::Update, Kind::Upsert,  Kind::Delete};
    switch (kind) {
        case InputKind::ToOneInput: return kToOneInput;
        case InputKind::ToManyInput: return kToManyInput;
        case InputKind::ToManyChange: return kToMany;
        case InputKind::ToOneChange: return kToOne;
    }
    return {};
}

// In a GivenNumber and a GivenList, the kind of the change follows the value.
static_assert(sizeof(GivenNumber<std::int32_t>) == sizeof(AnyValue) + 8);
static_assert(sizeof(GivenList<std::vector<std::int32_t>>) == sizeof(AnyValue) + 8);

template <class T>
const T& member(const void* input, std::size_t offset) noexcept {
    return *reinterpret_cast<const T*>(static_cast<const std::byte*>(input) + offset);
}

std::span<const InputField> fields_of(const InputLayout& layout) { return {layout.fields, layout.field_count}; }
std::span<const InputRelation> relations_of(const InputLayout& layout) {
    return {layout.relations, layout.relation_count};
}

bool holds(std::span<const FieldId> fields, FieldId field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

/// All creates as the rows of one write.
NestedWrite create_many(const std::vector<NestedWrite>& creates, bool skip_duplicates) {
    NestedWrite many;
    many.kind = NestedWrite::Kind::CreateMany;
    many.skip_duplicates = skip_duplicates;
    for (const NestedWrite& write : creates) {
        for (const query::FieldWrite& field : write.create.fields) {
            if (!holds(many.rows.fields, field.field)) many.rows.fields.push_back(field.field);
        }
    }
    const std::size_t width = many.rows.fields.size();
    many.rows.values.assign(width * creates.size(), Value::unset());
    for (std::size_t row = 0; row < creates.size(); ++row) {
        for (const NestedWrite& nested : creates[row].create.nested)
            many.create.nested.push_back(nested);  // refused below
        for (const query::FieldWrite& field : creates[row].create.fields) {
            const auto at = std::find(many.rows.fields.begin(), many.rows.fields.end(), field.field);
            many.rows.values[row * width + static_cast<std::size_t>(at - many.rows.fields.begin())] = field.value;
        }
    }
    return many;
}

/// The nested writes of a relation member, in the order in which they are carried out.
void add_nested(Data& data, const InputRelation& relation, const void* input) {
    using Kind = NestedWrite::Kind;
    const Writes* writes = &member<Writes>(input, relation.offset);
    for (const Kind kind : kinds_of(relation.kind)) {
        const std::vector<NestedWrite>* items = (writes++)->items();
        if (items == nullptr) continue;
        if (kind == Kind::CreateMany) {
            data.nested.push_back(create_many(*items, *reinterpret_cast<const bool*>(writes)));
            data.nested.back().field = relation.field;
        } else if (kind == Kind::Set) {
            NestedWrite& write = data.nested.emplace_back();
            write.field = relation.field;
            write.kind = kind;
            write.where.kind = query::Filter::Kind::Or;
            for (const NestedWrite& item : *items) write.where.children.push_back(item.where);
        } else {
            for (const NestedWrite& item : *items) {
                NestedWrite& write = data.nested.emplace_back(item);
                write.field = relation.field;
                write.kind = kind;
                write.list = relation.kind == InputKind::ToManyChange || relation.kind == InputKind::ToManyInput;
            }
        }
    }
}

Data lower_with(const InputLayout& layout, const void* input, bool may_move) {
    Data data;
    data.fields.reserve(layout.field_count);
    for (const InputField& field : fields_of(layout)) {
        const AnyValue& value = member<AnyValue>(input, field.offset);
        if (!value.is_set()) continue;
        query::FieldWrite& write = data.fields.emplace_back();
        write.field = field.field;
        if (field.changes) {
            write.kind =
                static_cast<query::FieldWrite::Kind>(member<WriteKind>(input, field.offset + sizeof(AnyValue)));
        }
        if (may_move) {
            write.value = std::move(const_cast<AnyValue&>(value).get());
        } else {
            write.value = value.get();
        }
    }
    for (const InputRelation& relation : relations_of(layout)) add_nested(data, relation, input);
    return data;
}

Error missing_relation(const InputLayout& layout, const InputRelation& relation) {
    return Error(ErrorCode::RequiredValueMissing, "A new " + std::string(layout.model) + " needs `" +
                                                      std::string(relation.name) + "` or `" +
                                                      std::string(relation.key_names) + "`: neither is given")
        .with_model(layout.model)
        .with_fields({std::string(relation.name)});
}

Error doubled_relation(const InputLayout& layout, const InputRelation& relation, bool by_parent) {
    std::string message = "A " + std::string(layout.model) + " takes either `" + std::string(relation.name) + "` or `" +
                          std::string(relation.key_names) + "`, not both";
    if (by_parent) message += ": the row that it is created for gives it already";
    return Error(ErrorCode::QueryInvalid, std::move(message))
        .with_model(layout.model)
        .with_fields({std::string(relation.name)});
}

Error related_rows(const InputLayout& layout, const InputRelation& relation) {
    return Error(ErrorCode::QueryInvalid,
                 "create_many writes no related rows, but those for `" + std::string(relation.name) + "` have some")
        .with_model(layout.model)
        .with_fields({std::string(relation.name)});
}

Result<void> check_below(const InputLayout& layout, const Data& data, bool creates, FieldId parent) {
    for (const InputRelation& relation : relations_of(layout)) {
        const bool by_parent = parent != kNone && relation.field == parent;
        bool by_relation = false;
        for (const NestedWrite& write : data.nested) {
            if (write.field != relation.field) continue;
            by_relation = true;
            using Kind = NestedWrite::Kind;
            if (write.kind == Kind::CreateMany && !write.create.nested.empty()) return related_rows(layout, relation);
            if (write.kind == Kind::Create || write.kind == Kind::ConnectOrCreate || write.kind == Kind::Upsert)
                LAMINA_TRY(check_below(*relation.target, write.create, true, relation.opposite));
            if (write.kind == Kind::Update || write.kind == Kind::UpdateMany || write.kind == Kind::Upsert)
                LAMINA_TRY(check_below(*relation.target_update, write.update, false, kNone));
        }
        if (relation.key_count == 0) continue;
        const std::span<const FieldId> keys(relation.keys, relation.key_count);
        std::size_t given = 0;
        for (const query::FieldWrite& write : data.fields) given += holds(keys, write.field) ? 1U : 0U;
        // A key of several fields may share some with another relation; only a complete one counts as giving this
        // relation.
        const bool by_key = given == relation.key_count;
        if ((by_relation && by_key) || (by_parent && (by_relation || by_key)))
            return doubled_relation(layout, relation, by_parent);
        if (creates && relation.required && !by_parent && !by_relation && !by_key)
            return missing_relation(layout, relation);
    }
    return {};
}

bool writes_to_relations(const InputRelation& relation, const void* input) {
    const Writes* writes = &member<Writes>(input, relation.offset);
    return std::any_of(writes, writes + kinds_of(relation.kind).size(),
                       [](const Writes& write) { return write.items() != nullptr; });
}

/// Which fields at least one of the rows gives.
std::vector<const InputField*> given_fields(const InputLayout& layout, const std::byte* rows, std::size_t count) {
    std::vector<const InputField*> given;
    for (const InputField& field : fields_of(layout)) {
        for (std::size_t i = 0; i < count; ++i) {
            if (!member<AnyValue>(rows + i * layout.size, field.offset).is_set()) continue;
            given.push_back(&field);
            break;
        }
    }
    return given;
}

Result<void> check_row(const InputLayout& layout, const std::byte* row) {
    for (const InputRelation& relation : relations_of(layout)) {
        if (writes_to_relations(relation, row)) {
            return Error(ErrorCode::QueryInvalid,
                         "create_many writes no related rows, but `" + std::string(relation.name) + "` is given")
                .with_model(layout.model)
                .with_fields({std::string(relation.name)});
        }
        if (!relation.required) continue;
        for (const InputField& field : fields_of(layout)) {
            if (holds({relation.keys, relation.key_count}, field.field) &&
                !member<AnyValue>(row, field.offset).is_set()) {
                return missing_relation(layout, relation);
            }
        }
    }
    return {};
}

}  // namespace

Data lower(const InputLayout& layout, const void* input) { return lower_with(layout, input, false); }

Data lower_moving(const InputLayout& layout, void* input) { return lower_with(layout, input, true); }

Result<void> check(const InputLayout& layout, const Data& data, bool creates) {
    return check_below(layout, data, creates, kNone);
}

Result<query::Rows> lower_rows(const InputLayout& layout, const void* inputs, std::size_t count, bool may_move) {
    const auto* rows = static_cast<const std::byte*>(inputs);
    for (std::size_t i = 0; i < count; ++i) LAMINA_TRY(check_row(layout, rows + i * layout.size));
    const std::vector<const InputField*> given = given_fields(layout, rows, count);
    query::Rows lowered;
    lowered.fields.reserve(given.size());
    for (const InputField* field : given) lowered.fields.push_back(field->field);
    lowered.values.reserve(given.size() * count);
    for (std::size_t i = 0; i < count; ++i) {
        for (const InputField* field : given) {
            const AnyValue& value = member<AnyValue>(rows + i * layout.size, field->offset);
            if (may_move && value.is_set()) {
                lowered.values.push_back(std::move(const_cast<AnyValue&>(value).get()));
            } else {
                lowered.values.push_back(value.get());
            }
        }
    }
    return lowered;
}

// ---- Writes ----

namespace {

NestedWrite& append(std::vector<NestedWrite>*& items, NestedWrite::Kind kind) {
    if (items == nullptr) items = new std::vector<NestedWrite>;
    NestedWrite& write = items->emplace_back();
    write.kind = kind;
    return write;
}

}  // namespace

void Writes::add_create(const InputLayout& layout, const void* input) {
    append(items_, NestedWrite::Kind::Create).create = lower(layout, input);
}

void Writes::add_connect(AnyFilter&& where) {
    append(items_, NestedWrite::Kind::Connect).where = std::move(where.data());
}

void Writes::add_connect_or_create(AnyFilter&& where, const InputLayout& layout, const void* input) {
    NestedWrite& write = append(items_, NestedWrite::Kind::ConnectOrCreate);
    write.where = std::move(where.data());
    write.create = lower(layout, input);
}

void Writes::add_update(AnyFilter&& where, const InputLayout& layout, const void* input) {
    NestedWrite& write = append(items_, NestedWrite::Kind::Update);
    write.where = std::move(where.data());
    write.update = lower(layout, input);
}

void Writes::add_upsert(AnyFilter&& where, const InputLayout& create_layout, const void* create,
                        const InputLayout& update_layout, const void* update) {
    NestedWrite& write = append(items_, NestedWrite::Kind::Upsert);
    write.where = std::move(where.data());
    write.create = lower(create_layout, create);
    write.update = lower(update_layout, update);
}

void Writes::add_none() {
    if (items_ == nullptr) items_ = new std::vector<NestedWrite>;
}

std::vector<NestedWrite>* Writes::copy() const { return new std::vector<NestedWrite>(*items_); }
void Writes::clear() noexcept { delete items_; }

}  // namespace lamina::typed
