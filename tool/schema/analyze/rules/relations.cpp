#include <algorithm>

#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

std::string on_model(const Field& field) {
    return "`" + std::string{field.name()} + "` on Model `" + std::string{field.model().name()} + "`";
}

std::string on_model_lower(const Field& field) {
    return "`" + std::string{field.name()} + "` on model `" + std::string{field.model().name()} + "`";
}

bool has_actions(const RelationSource& source) { return source.on_delete || source.on_update; }

void missing_opposite(const Validation& v, const Field& field) {
    const std::string word = field.model().is_view() ? "view" : "model";
    v.field_error(field, "The relation field `" + std::string{field.name()} + "` on " + word + " `" +
                             std::string{field.model().name()} +
                             "` is missing an opposite relation field on the model `" +
                             std::string{Model{&v.schema, field.data().target}.name()} +
                             "`. Either run `prisma format` or add it manually.");
}

// ---- what holds for every foreign key ----

class ForeignKeyCheck {
public:
    ForeignKeyCheck(const Validation& v, const Relation& relation, const Field& forward)
        : v_{v}, field_{forward}, fields_{relation.fields()}, references_{relation.references()} {}

    void run() {
        unique_reference();
        same_length();
        correct_order();
        types();
        arity();
        set_null();
    }

private:
    Model related() const { return {&v_.schema, field_.data().target}; }

    bool is_unique_criterion() const {
        for (const Index index : related().unique_criteria()) {
            const auto& parts = index.index_fields();
            if (parts.size() != references_.size()) continue;
            const bool all = std::all_of(parts.begin(), parts.end(), [&](const IndexField& part) {
                return std::any_of(references_.begin(), references_.end(),
                                   [&](const Field& f) { return f.id() == part.field; });
            });
            if (all) return true;
        }
        return false;
    }

    std::string names(const std::vector<Field>& fields) const {
        std::string out;
        for (const Field& field : fields) out.append(out.empty() ? "" : ", ").append(field.name());
        return out;
    }

    void unique_reference() {
        if (references_.empty() || is_unique_criterion()) return;
        const std::string model = "`" + std::string{related().name()} + "`";
        const std::string how =
            references_.size() == 1
                ? "an `@unique` attribute to the field `" + names(references_) + "` in the model " + model
                : "an `@@unique([" + names(references_) + "])` attribute to the model " + model;
        v_.relation_error(
            field_,
            "The argument `references` must refer to a unique criterion in the related model. Consider adding " + how +
                ".");
    }

    void same_length() {
        const RelationSource& source = v_.source(field_);
        if (!source.fields || !source.references || fields_.size() == references_.size()) return;
        v_.push(messages::validation("You must specify the same number of fields in `fields` and `references`.",
                                     v_.relation_span(field_)));
    }

    void correct_order() {
        if (v_.connector().can(Capability::RelationFieldsInAnyOrder) || references_.size() < 2 ||
            !is_unique_criterion())
            return;
        for (const Index index : related().unique_criteria()) {
            const auto& parts = index.index_fields();
            const bool same =
                parts.size() == references_.size() &&
                std::equal(parts.begin(), parts.end(), references_.begin(),
                           [](const IndexField& part, const Field& field) { return part.field == field.id(); });
            if (same) return;
        }
        v_.push(messages::validation(
            "The argument `references` must refer to a unique criterion in the related model `" +
                std::string{related().name()} +
                "` using the same order of fields. Please check the ordering in the following fields: `" +
                names(references_) + "`.",
            field_.data().span));
    }

    static bool same_type(const Field& a, const Field& b) {
        if (a.kind() != b.kind()) return false;
        if (a.is_scalar()) return a.scalar_type() == b.scalar_type();
        if (a.is_enum()) return a.data().enumeration == b.data().enumeration;
        return a.unsupported_type() == b.unsupported_type();
    }

    // Without `references` the related model's primary key is compared.
    void types() {
        std::vector<Field> references = references_;
        if (const auto key = related().primary_key(); key && !v_.source(field_).references) references = key->fields();
        for (std::size_t i = 0; i < std::min(fields_.size(), references.size()); ++i) {
            if (same_type(fields_[i], references[i])) continue;
            v_.relation_error(field_, "The type of the field `" + std::string{fields_[i].name()} + "` in the model `" +
                                          std::string{field_.model().name()} +
                                          "` is not matching the type of the referenced field `" +
                                          std::string{references[i].name()} + "` in model `" +
                                          std::string{related().name()} + "`.");
        }
    }

    void arity() {
        const bool any_optional =
            std::any_of(fields_.begin(), fields_.end(), [](const Field& f) { return f.is_optional(); });
        if (!field_.is_required() || !any_optional) return;
        v_.push(messages::validation(
            "The relation field `" + std::string{field_.name()} + "` uses the scalar fields " + names(fields_) +
                ". At least one of those fields is optional. Hence the relation field must be optional as "
                "well.",
            field_.data().span));
    }

    void set_null() {
        const RelationSource& source = v_.source(field_);
        const bool any_required = !source.fields || std::any_of(fields_.begin(), fields_.end(),
                                                                [](const Field& f) { return f.is_required(); });
        if (!any_required) return;
        if (source.on_delete == ReferentialAction::SetNull) set_null_error("onDelete");
        if (source.on_update == ReferentialAction::SetNull) set_null_error("onUpdate");
    }

    void set_null_error(std::string_view action) {
        const std::string subject = "The `" + std::string{action} + "` referential action of a relation ";
        if (v_.uses_foreign_keys() && v_.connector().can(Capability::SetNullOnRequired)) {
            return v_.push(messages::warning(
                subject +
                    "should not be set to `SetNull` when a referenced field is required. We recommend either to "
                    "choose another "
                    "referential action, or to make the referenced fields optional. Read more at "
                    "https://pris.ly/d/" +
                    v_.connector().set_null_page + " ",
                field_.data().span));
        }
        v_.push(messages::attribute(
            subject + "must not be set to `SetNull` when a referenced field is required.\nEither choose another "
                      "referential action, or make the referenced fields optional.\n",
            "@relation", field_.data().span));
    }

    const Validation& v_;
    Field field_;
    std::vector<Field> fields_, references_;
};

// ---- one to one ----

class OneToOneCheck {
public:
    OneToOneCheck(const Validation& v, const Sides& sides)
        : v_{v}, forward_{sides.forward}, back_{sides.back}, from_{v.source(forward_)}, to_{v.source(back_)} {}

    void run() {
        defined();
        defined_once();
        if (!actions()) return;
        mixups();
        wrong_side();
        if (unique()) back_is_optional();
    }

private:
    static bool given(const std::optional<std::vector<FieldId>>& list) { return list && !list->empty(); }

    void both(std::string_view what, std::string_view how) {
        v_.relation_error(forward_, "The relation fields " + on_model(forward_) + " and " + on_model(back_) + " " +
                                        std::string{what} + " " + std::string{how});
        v_.relation_error(back_, "The relation fields " + on_model(back_) + " and " + on_model(forward_) + " " +
                                     std::string{what} + " " + std::string{how});
    }

    void both_provide(const Field& at, const Field& other, std::string_view what) {
        v_.relation_error(
            at, "The relation fields " + on_model(at) + " and " + on_model(other) + " both provide the " +
                    std::string{what} +
                    " argument in the @relation attribute. You have to provide it only on one of the two fields.");
    }

    void both_in_one_order(std::string_view what) {
        const std::string text =
            "The relation fields " + on_model(forward_) + " and " + on_model(back_) + " both provide the " +
            std::string{what} +
            " argument in the @relation attribute. You have to provide it only on one of the two fields.";
        v_.relation_error(forward_, text);
        v_.relation_error(back_, text);
    }

    void defined() {
        static constexpr std::string_view kOnce = "You have to provide it on one of the two fields.";
        if (!given(from_.fields) && !given(to_.fields)) {
            both("do not provide the `fields` argument in the @relation attribute.", kOnce);
        }
        if (!given(from_.references) && !given(to_.references)) {
            both("do not provide the `references` argument in the @relation attribute.", kOnce);
        }
    }

    void defined_once() {
        if (given(from_.references) && given(to_.references)) both_in_one_order("`references`");
        if (given(from_.fields) && given(to_.fields)) both_in_one_order("`fields`");
    }

    bool actions() {
        if (has_actions(from_) && has_actions(to_)) {
            both_provide(back_, forward_, "`onDelete` or `onUpdate`");
            both_provide(forward_, back_, "`onDelete` or `onUpdate`");
            return false;
        }
        const auto reject = [&](const Field& wrong, const Field& right) {
            v_.relation_error(
                wrong, "The relation field " + on_model(wrong) +
                           " must not specify the `onDelete` or `onUpdate` argument in the @relation attribute. You "
                           "must only specify it on the opposite field " +
                           on_model_lower(right) + ".");
            return false;
        };
        if (has_actions(to_)) return reject(back_, forward_);
        if (has_actions(from_) && !given(from_.fields) && given(to_.fields)) return reject(forward_, back_);
        return true;
    }

    void mixups() {
        const auto report = [&](const Field& with_fields, const Field& with_references) {
            const std::string text =
                "The relation field " + on_model(with_fields) +
                " provides the `fields` argument in the @relation attribute. And the related field " +
                on_model(with_references) +
                " provides the `references` argument. You must provide both arguments on the same side.";
            v_.relation_error(with_fields, text);
            v_.relation_error(with_references, text);
        };
        if (given(from_.fields) && !given(to_.fields) && given(to_.references) && !given(from_.references))
            report(forward_, back_);
        if (given(to_.fields) && !given(from_.fields) && given(from_.references) && !given(to_.references))
            report(back_, forward_);
    }

    void wrong_side() {
        const bool misplaced = forward_.is_required() && back_.is_optional() &&
                               (given(to_.fields) || given(to_.references)) && !given(from_.fields) &&
                               !given(from_.references);
        if (!misplaced) return;
        const auto path = [](const Field& field) {
            return "`" + std::string{field.model().name()} + "." + std::string{field.name()} + "`";
        };
        v_.relation_error(
            back_, "The relation field " + path(back_) +
                       " defines the `fields` and/or `references` argument. You must set them on the required side of "
                       "the relation (" +
                       path(forward_) +
                       ") in order for the constraints to be enforced. Alternatively, you can change this field to be "
                       "required and the opposite optional, or make both sides of the relation optional.");
    }

    // The foreign key must be unique, or there would be several rows on the other side.
    bool unique() {
        if (!from_.fields) return true;
        const auto& fields = *from_.fields;
        for (const Index index : forward_.model().unique_criteria()) {
            const auto& parts = index.index_fields();
            const bool same =
                parts.size() == fields.size() && std::all_of(parts.begin(), parts.end(), [&](const IndexField& part) {
                    return std::find(fields.begin(), fields.end(), part.field) != fields.end();
                });
            if (same) return true;
        }
        std::string names;
        for (const FieldId id : fields) names.append(names.empty() ? "" : ", ").append(Field{&v_.schema, id}.name());
        const std::string how = fields.size() == 1 ? "an `@unique` attribute to the field `" + names + "`"
                                                   : "an `@@unique([" + names + "])` attribute to the model";
        v_.relation_error(forward_, "A one-to-one relation must use unique fields on the defining side. Either add " +
                                        how + ", or change the relation to one-to-many.");
        return false;
    }

    void back_is_optional() {
        if (!forward_.is_required() || !back_.is_required()) return;
        const auto defines = [](const RelationSource& side) { return given(side.fields) && given(side.references); };
        if (!defines(from_) && !defines(to_)) return;
        v_.relation_error(
            back_, "The relation field " + on_model(back_) +
                       " is required. This is not valid because it's not possible to enforce this constraint on the "
                       "database level. Please change the field type from `" +
                       back_.type_name() + "` to `" + back_.type_name() + "?` to fix this.");
    }

    const Validation& v_;
    Field forward_, back_;
    const RelationSource& from_;
    const RelationSource& to_;
};

// ---- one to many ----

void check_one_to_many(const Validation& v, const Sides& sides) {
    const Field &forward = sides.forward, &back = sides.back;
    const RelationSource &from = v.source(forward), &to = v.source(back);
    if (!from.fields || from.fields->empty()) {
        v.relation_error(
            forward, "The relation field " + on_model(forward) +
                         " must specify the `fields` argument in the @relation attribute. You can run `prisma format` "
                         "to fix this automatically.");
    }
    if (!from.references || from.references->empty()) {
        v.relation_error(forward, "The relation field " + on_model(forward) +
                                      " must specify the `references` argument in the @relation attribute.");
    }
    const auto reject = [&](std::string_view what, std::string_view more) {
        v.relation_error(back,
                         "The relation field " + on_model(back) + " must not specify the " + std::string{what} +
                             " argument in the @relation attribute. You must only specify it on the opposite field " +
                             on_model_lower(forward) + std::string{more} + ".");
    };
    if ((to.fields && !to.fields->empty()) || (to.references && !to.references->empty())) {
        reject("`fields` or `references`", "");
    }
    if (has_actions(to)) {
        reject("`onDelete` or `onUpdate`", ", or in case of a many to many relation, in an explicit join table");
    }
}

}  // namespace

void check_foreign_key(const Validation& v, const Relation& relation, const ConstraintNames& names) {
    const RelationData& data = relation.data();
    if (data.owning == kNone<FieldId>) {
        names.check(v, relation);
        return missing_opposite(v, Field{&v.schema, data.opposite});
    }
    const Field forward = relation.owning_side().field();
    if (data.opposite == kNone<FieldId>) {
        ForeignKeyCheck{v, relation, forward}.run();
        names.check(v, relation);
        return missing_opposite(v, forward);
    }
    const Sides sides{forward, relation.opposite_side().field()};
    check_cycles(v, relation);
    check_paths(v, relation);
    ForeignKeyCheck{v, relation, forward}.run();
    names.check(v, relation);
    if (relation.is_one_to_one())
        OneToOneCheck{v, sides}.run();
    else
        check_one_to_many(v, sides);
}

}  // namespace lamina::schema::rules
