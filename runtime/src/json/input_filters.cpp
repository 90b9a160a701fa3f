#include <algorithm>

#include "json/checker.hpp"

// Input objects that ask: filters and orders.

namespace lamina::json {
namespace {

using query::Aggregate;

bool ordered(Type type) {
    return type != Type::Boolean && type != Type::Bytes && type != Type::Enum && type != Type::Json;
}

}  // namespace

InputScalar InputFields::scalar_of(const meta::Field& field) const {
    InputScalar scalar;
    scalar.type = field.type;
    scalar.enumeration = field.enumeration;
    scalar.uuid = field.native.name == "Uuid";
    scalar.nullable = !field.required && !field.list;
    return scalar;
}

InputType InputFields::object(InputForm form, ModelId model, FieldId field) const {
    InputObject made;
    made.form = form;
    made.model = model;
    made.field = field;
    return InputType::of(made);
}

InputType InputFields::reference(const InputScalar& scalar, bool list) const {
    InputObject made;
    made.form = InputForm::Reference;
    made.scalar = scalar;
    made.scalar.list = list;
    return InputType::of(made);
}

void InputFields::connectives() const {
    const InputType self =
        object(object_.form == InputForm::WhereUnique ? InputForm::Where : object_.form, object_.model);
    take_(InputField("AND", {self, self.many()}));
    take_(InputField("OR", {self.many()}));
    take_(InputField("NOT", {self, self.many()}));
}

void InputFields::where(bool relations, bool having) const {
    connectives();
    const auto fields = model().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!fields[i].is_relation) where_field(static_cast<FieldId>(i), having);
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (relations && fields[i].is_relation) where_field(static_cast<FieldId>(i), having);
    }
}

void InputFields::where_field(FieldId id, bool having) const {
    const meta::Field& field = model().fields[id];
    if (field.is_relation) {
        if (field.list) return take_(InputField(field.name, {object(InputForm::ManyFilter, object_.model, id)}));
        InputField member(field.name, {object(InputForm::OneFilter, object_.model, id),
                                       object(InputForm::Where, context_.related(object_.model, id))});
        if (!field.required) member.add(InputType::null());
        return take_(member);
    }
    InputObject filter;
    filter.form = InputForm::ScalarFilter;
    filter.scalar = scalar_of(field);
    filter.scalar.list = field.list;
    filter.scalar.aggregates = having && !field.list;
    InputField member(field.name, {InputType::of(filter)});
    if (!field.list && field.type != Type::Json) {
        member.add(InputType::of(scalar_of(field)));
        if (!field.required) member.add(InputType::null());
    }
    take_(member);
}

void InputFields::where_unique() const {
    const auto fields = model().fields;
    const auto alone = [this](FieldId id) {
        const auto keys = model().keys;
        return std::any_of(keys.begin(), keys.end(),
                           [id](const meta::Key& key) { return key.fields.size() == 1 && key.fields[0] == id; });
    };
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].is_relation || !alone(static_cast<FieldId>(i))) continue;
        const InputType type = InputType::of(scalar_of(fields[i]));
        take_(InputField(fields[i].name, {fields[i].list ? type.many() : type}));
    }
    for (std::size_t k = 0; k < model().keys.size(); ++k) {
        if (model().keys[k].fields.size() == 1) continue;
        take_(InputField(model().keys[k].name,
                         {object(InputForm::CompoundUnique, object_.model, static_cast<FieldId>(k))}));
    }
    connectives();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto id = static_cast<FieldId>(i);
        if (!fields[i].is_relation && !alone(id)) where_field(id, false);
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].is_relation) where_field(static_cast<FieldId>(i), false);
    }
}

void InputFields::compound_unique() const {
    for (const FieldId id : model().keys[object_.field].fields) {
        const InputType type = InputType::of(scalar_of(model().fields[id]));
        take_(InputField(model().fields[id].name, {model().fields[id].list ? type.many() : type}, true));
    }
}

void InputFields::one_filter() const {
    const InputType related = object(InputForm::Where, context_.related(object_.model, object_.field));
    for (const std::string_view name : {"is", "isNot"}) {
        InputField member(name, {related});
        if (!model().fields[object_.field].required) member.add(InputType::null());
        take_(member);
    }
}

void InputFields::scalar_filter() const {
    if (object_.scalar.list) return list_filter();
    if (object_.scalar.type == Type::Json) return json_filter();
    const InputScalar& scalar = object_.scalar;
    const InputType value = InputType::of(scalar);
    const auto take = [&](InputField member, bool nullable) {
        if (nullable && scalar.nullable) member.add(InputType::null());
        take_(member);
    };
    take(InputField("equals", {value, reference(scalar)}), true);
    if (scalar.type != Type::Boolean) {
        for (const std::string_view name : {"in", "notIn"}) {
            InputField member(name, {value.many()});
            if (context_.has_lists()) member.add(reference(scalar, true));
            take(member, true);
        }
    }
    if (ordered(scalar.type)) {
        for (const std::string_view name : {"lt", "lte", "gt", "gte"})
            take(InputField(name, {value, reference(scalar)}), false);
    }
    if (scalar.type == Type::String) {
        if (!scalar.uuid) {
            for (const std::string_view name : {"contains", "startsWith", "endsWith"})
                take(InputField(name, {value, reference(scalar)}), false);
        }
        take(InputField("search", {value}), false);
        if (!scalar.nested) take(InputField("mode", {InputType::of(InputWords::QueryMode)}), false);
    }
    InputObject nested = object_;
    nested.scalar.nested = true;
    take(InputField("not", {value, InputType::of(nested)}), true);
    if (scalar.aggregates) aggregate_filters();
}

void InputFields::list_filter() const {
    InputScalar element = object_.scalar;
    element.list = false;
    const InputType value = InputType::of(element), null = InputType::null();
    take_(InputField("equals", {value.many(), reference(element, true), null}));
    take_(InputField("has", {value, reference(element), null}));
    take_(InputField("hasEvery", {value.many(), reference(element, true)}));
    take_(InputField("hasSome", {value.many(), reference(element, true)}));
    take_(InputField("isEmpty", {InputType::of(Type::Boolean)}));
}

void InputFields::json_filter() const {
    const InputType value = InputType::of(Type::Json), nulls = InputType::of(InputWords::JsonNullValueFilter);
    const InputType text = InputType::of(Type::String), same = reference(object_.scalar);
    InputScalar string;
    string.type = Type::String;
    take_(InputField("equals", {value, same, nulls}));
    InputField path("path", {text.many()});
    if (!context_.has_lists()) path.add(text);
    take_(path);
    take_(InputField("mode", {InputType::of(InputWords::QueryMode)}));
    for (const std::string_view name : {"string_contains", "string_starts_with", "string_ends_with"})
        take_(InputField(name, {text, reference(string)}));
    for (const std::string_view name : {"array_starts_with", "array_ends_with"})
        take_(InputField(name, {value, same, InputType::null()}));
    if (context_.has_lists()) {
        take_(InputField("array_contains", {value, same, InputType::null()}));
        for (const std::string_view name : {"lt", "lte", "gt", "gte"}) take_(InputField(name, {value, same}));
    }
    take_(InputField("not", {value, same, nulls}));
    if (object_.scalar.aggregates) aggregate_filters();
}

void InputFields::aggregate_filters() const {
    const auto take = [this](std::string_view name, Type type) {
        InputObject filter = object_;
        filter.scalar.aggregates = false;
        filter.scalar.nested = true;
        filter.scalar.type = type;
        filter.scalar.uuid = false;
        take_(InputField(name, {InputType::of(filter)}));
    };
    const Type type = object_.scalar.type;
    take("_count", Type::Int);
    if (is_number(type)) {
        take("_avg", type == Type::Decimal ? Type::Decimal : Type::Float);
        take("_sum", type);
    }
    take("_min", type);
    take("_max", type);
}

void InputFields::order(bool groups) const {
    const auto fields = model().fields;
    const InputType sort = InputType::of(InputWords::SortOrder);
    for (const meta::Field& field : fields) {
        if (field.is_relation) continue;
        InputField member(field.name, {sort});
        if (!field.required && !field.list) member.add(object(InputForm::SortAndNulls));
        take_(member);
    }
    if (groups) {
        for (const auto& [name, aggregate] :
             {std::pair{"_count", Aggregate::Count}, std::pair{"_avg", Aggregate::Average},
              std::pair{"_max", Aggregate::Maximum}, std::pair{"_min", Aggregate::Minimum},
              std::pair{"_sum", Aggregate::Sum}}) {
            const bool any = std::any_of(fields.begin(), fields.end(), [aggregate = aggregate](const meta::Field& f) {
                return can_aggregate(aggregate, f);
            });
            if (!any) continue;
            InputObject made;
            made.form = InputForm::AggregateOrder;
            made.model = object_.model;
            made.aggregate = aggregate;
            take_(InputField(name, {InputType::of(made)}));
        }
    } else {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (!fields[i].is_relation) continue;
            const ModelId related = context_.related(object_.model, static_cast<FieldId>(i));
            take_(InputField(fields[i].name,
                             {object(fields[i].list ? InputForm::CountOrder : InputForm::Order, related)}));
        }
    }
    if (context_.has_lists()) take_(InputField("_relevance", {object(InputForm::Relevance, object_.model)}));
}

void InputFields::aggregate_order() const {
    const InputType sort = InputType::of(InputWords::SortOrder);
    for (const meta::Field& field : model().fields) {
        if (field.is_relation) continue;
        if (!can_aggregate(object_.aggregate, field)) continue;
        take_(InputField(field.name, {sort}));
    }
    if (object_.aggregate == Aggregate::Count) take_(InputField("_all", {sort}));
}

}  // namespace lamina::json
