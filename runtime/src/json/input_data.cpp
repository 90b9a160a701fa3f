#include <algorithm>

#include "json/input_types.hpp"

// Input objects that write.

namespace lamina::json {

/// The relation that the write came through, and its foreign key.
bool InputFields::left_out(FieldId field) const {
    return object_.without != meta::kNone && context_.belongs_to(object_.model, field, object_.without);
}

void InputFields::written(bool create, bool relations) const {
    const auto fields = model().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto id = static_cast<FieldId>(i);
        if (fields[i].is_relation || left_out(id)) continue;
        const bool counted = fields[i].default_value.kind == meta::DefaultKind::Autoincrement;
        if (!object_.unchecked && (counted || context_.is_foreign_key(object_.model, id))) continue;
        written_scalar(id, create);
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto id = static_cast<FieldId>(i);
        if (!relations || !fields[i].is_relation || left_out(id)) continue;
        if (object_.unchecked && context_.holds_key(object_.model, id)) continue;
        written_relation(id, create);
    }
}

void InputFields::written_scalar(FieldId id, bool create) const {
    const meta::Field& field = model().fields[id];
    const bool needed = create && must_be_given(field);
    const InputType value = InputType::of(scalar_of(field));
    if (field.list) {
        const InputType operations = object(create ? InputForm::CreateList : InputForm::UpdateList, object_.model, id);
        return take_(InputField(field.name, {operations, value.many()}));
    }
    if (field.type == Type::Json) {
        const InputWords nulls =
            field.required ? InputWords::JsonNullValueInput : InputWords::NullableJsonNullValueInput;
        return take_(InputField(field.name, {InputType::of(nulls), value}, needed));
    }
    InputField member(field.name, {value}, needed);
    if (!create) member.add(object(InputForm::UpdateOperations, object_.model, id));
    if (!field.required) member.add(InputType::null());
    take_(member);
}

void InputFields::written_relation(FieldId id, bool create) const {
    const meta::Field& field = model().fields[id];
    bool needed = create && field.required && !field.list && context_.holds_key(object_.model, id);
    if (needed) {
        const auto keys = context_.relation(field).fields;
        needed = std::any_of(keys.begin(), keys.end(), [this](FieldId key) {
            const meta::Field& scalar = model().fields[key];
            return scalar.required && scalar.default_value.kind == meta::DefaultKind::None;
        });
    }
    InputObject made;
    made.form = create ? InputForm::NestedCreate : InputForm::NestedUpdate;
    made.model = object_.model;
    made.field = id;
    made.unchecked = object_.unchecked;
    take_(InputField(field.name, {InputType::of(made)}, needed));
}

void InputFields::operations() const {
    const meta::Field& field = model().fields[object_.field];
    const InputType value = InputType::of(scalar_of(field));
    if (object_.form == InputForm::CreateList) return take_(InputField("set", {value.many()}, true));
    if (object_.form == InputForm::UpdateList) {
        take_(InputField("set", {value.many()}));
        return take_(InputField("push", {value, value.many()}));
    }
    InputField set("set", {value});
    if (!field.required) set.add(InputType::null());
    take_(set);
    if (!is_number(field.type)) return;
    for (const std::string_view name : {"increment", "decrement", "multiply", "divide"})
        take_(InputField(name, {value}));
}

void InputFields::nested(bool update) const {
    const meta::Field& field = model().fields[object_.field];
    const ModelId related = context_.related(object_.model, object_.field);
    const bool many_to_many = !context_.relation(field).join_table.empty();
    const auto made = [&](InputForm form, bool unchecked = false) {
        InputObject row;
        row.form = form;
        row.model = related;
        row.without = context_.opposite(object_.model, object_.field);
        row.unchecked = unchecked;
        row.field = field.list ? 1 : 0;
        return InputType::of(row);
    };
    const auto take = [&](std::string_view name, const InputType& type) {
        InputField member(name, {type});
        if (field.list) member.add(type.many());
        take_(member);
    };
    const InputType create = made(InputForm::Create), unchecked = made(InputForm::Create, true);
    const InputType unique = object(InputForm::WhereUnique, related);
    if (field.list) {
        take_(InputField("create", {create, create.many(), unchecked, unchecked.many()}));
    } else {
        take_(InputField("create", {create, unchecked}));
    }
    take("connectOrCreate", made(InputForm::CreateOrConnect));
    if (update) take("upsert", made(InputForm::Upsert));
    if (field.list && !many_to_many) take_(InputField("createMany", {made(InputForm::CreateManyEnvelope)}));
    if (update && field.list) {
        for (const std::string_view name : {"set", "disconnect", "delete"}) take(name, unique);
    } else if (update && !field.required) {
        const InputType yes = InputType::of(Type::Boolean), where = object(InputForm::Where, related);
        for (const std::string_view name : {"disconnect", "delete"}) take_(InputField(name, {yes, where}));
    }
    take("connect", unique);
    if (!update) return;
    if (!field.list) {
        return take_(InputField(
            "update", {made(InputForm::UpdateWithWhere), made(InputForm::Update), made(InputForm::Update, true)}));
    }
    take("update", made(InputForm::UpdateWithWhere));
    take("updateMany", made(InputForm::UpdateManyWithWhere));
    take("deleteMany", object(InputForm::ScalarWhere, related));
}

/// What stands between a nested write and its data. `field` says whether the relation is to many.
void InputFields::around_nested() const {
    const bool many = object_.field != 0;
    const auto data = [this](InputForm form, bool unchecked) {
        InputObject row = object_;
        row.form = form;
        row.field = meta::kNone;
        row.unchecked = unchecked;
        return InputType::of(row);
    };
    const auto take = [&](std::string_view name, InputForm form) {
        take_(InputField(name, {data(form, false), data(form, true)}, true));
    };
    const InputType unique = object(InputForm::WhereUnique, object_.model),
                    where = object(InputForm::Where, object_.model);
    switch (object_.form) {
        case InputForm::CreateOrConnect:
            take_(InputField("where", {unique}, true));
            return take("create", InputForm::Create);
        case InputForm::CreateManyEnvelope: {
            const InputType row = data(InputForm::CreateMany, true);
            take_(InputField("data", {row, row.many()}, true));
            return take_(InputField("skipDuplicates", {InputType::of(Type::Boolean)}));
        }
        case InputForm::Upsert:
            if (many) take_(InputField("where", {unique}, true));
            take("update", InputForm::Update);
            take("create", InputForm::Create);
            if (!many) take_(InputField("where", {where}));
            return;
        case InputForm::UpdateWithWhere:
            take_(many ? InputField("where", {unique}, true) : InputField("where", {where}));
            return take("data", InputForm::Update);
        default:  // UpdateManyWithWhere
            take_(InputField("where", {object(InputForm::ScalarWhere, object_.model)}, true));
            return take("data", InputForm::UpdateMany);
    }
}

void InputFields::tell() const {
    switch (object_.form) {
        // As everywhere, the rows of a nested update_many may be chosen by their relations, too.
        case InputForm::Where:
        case InputForm::ScalarWhere: return where(true, false);
        case InputForm::Having: return where(false, true);
        case InputForm::WhereUnique: return where_unique();
        case InputForm::CompoundUnique: return compound_unique();
        case InputForm::ManyFilter: {
            const InputType related = object(InputForm::Where, context_.related(object_.model, object_.field));
            for (const std::string_view name : {"every", "some", "none"}) take_(InputField(name, {related}));
            return;
        }
        case InputForm::OneFilter: return one_filter();
        case InputForm::ScalarFilter: return scalar_filter();
        case InputForm::Reference:
            for (const std::string_view name : {"_ref", "_container"})
                take_(InputField(name, {InputType::of(Type::String)}, true));
            return;
        case InputForm::Order: return order(false);
        case InputForm::GroupOrder: return order(true);
        case InputForm::AggregateOrder: return aggregate_order();
        case InputForm::CountOrder: return take_(InputField("_count", {InputType::of(InputWords::SortOrder)}));
        case InputForm::SortAndNulls:
            take_(InputField("sort", {InputType::of(InputWords::SortOrder)}, true));
            return take_(InputField("nulls", {InputType::of(InputWords::NullsOrder)}));
        case InputForm::Relevance: {
            const InputType name = InputType::of(InputWords::RelevanceFields, object_.model);
            take_(InputField("fields", {name, name.many()}, true));
            take_(InputField("sort", {InputType::of(InputWords::SortOrder)}, true));
            return take_(InputField("search", {InputType::of(Type::String)}, true));
        }
        case InputForm::Create: return written(true, true);
        case InputForm::CreateMany: return written(true, false);
        case InputForm::Update: return written(false, true);
        case InputForm::UpdateMany: return written(false, false);
        case InputForm::CreateList:
        case InputForm::UpdateList:
        case InputForm::UpdateOperations: return operations();
        case InputForm::NestedCreate: return nested(false);
        case InputForm::NestedUpdate: return nested(true);
        case InputForm::CreateOrConnect:
        case InputForm::CreateManyEnvelope:
        case InputForm::Upsert:
        case InputForm::UpdateWithWhere:
        case InputForm::UpdateManyWithWhere: return around_nested();
    }
}

InputLimits input_limits(const InputObject& object) {
    switch (object.form) {
        case InputForm::ScalarFilter: return object.scalar.list ? InputLimits{1, 1} : InputLimits{};
        case InputForm::Order:
        case InputForm::GroupOrder: return {0, 1};
        case InputForm::AggregateOrder:
        case InputForm::CountOrder:
        case InputForm::CreateList:
        case InputForm::UpdateList:
        case InputForm::UpdateOperations: return {1, 1};
        default: return {};
    }
}

}  // namespace lamina::json
