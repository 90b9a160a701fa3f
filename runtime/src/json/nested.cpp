#include <utility>

#include <lamina/base/try.hpp>

#include "json/data.hpp"

namespace lamina::json {

using query::NestedWrite;
using NestedKind = query::NestedWrite::Kind;

NestedWrite NestedLowering::make(NestedKind kind) const {
    NestedWrite write;
    write.field = field_id_;
    write.kind = kind;
    write.list = field_.list;
    return write;
}

Result<void> NestedLowering::lower(Writes& out, JsonView json, const Place& place) const {
    if (place.depth() > kMaxNesting) return problems::too_deep(place);
    if (!is_plain_object(json)) return problems::refused(place);
    static constexpr std::string_view kWords[] = {"create",     "createMany", "connectOrCreate", "set",
                                                  "disconnect", "delete",     "connect",         "update",
                                                  "upsert",     "updateMany", "deleteMany"};
    for (auto given = json.begin(); given != json.end(); ++given) {
        const std::string name = given.name();
        bool known = false;
        for (const std::string_view word : kWords) known = known || word == name;
        const bool to_many_only = name == "createMany" || name == "set" || name == "updateMany" || name == "deleteMany";
        const bool update_only = name == "set" || name == "disconnect" || name == "delete" || name == "update" ||
                                 name == "upsert" || name == "updateMany" || name == "deleteMany";
        const bool optional_only = name == "disconnect" || name == "delete";
        const bool many_to_many = !context_.relation(field_).join_table.empty();
        if (!known || (to_many_only && !field_.list) || (update_only && !updating_) ||
            (optional_only && !field_.list && field_.required) || (name == "createMany" && many_to_many) ||
            (*given).is_null() || ((*given).is_array() && !field_.list)) {
            return problems::refused(place.argument(name));
        }
    }
    // In the request's order: what stands first is done first.
    for (auto given = json.begin(); given != json.end(); ++given) {
        const std::string name = given.name();
        LAMINA_TRY(member(out, name, *given, place.argument(name)));
    }
    return {};
}

Result<void> NestedLowering::member(Writes& out, std::string_view name, JsonView json, const Place& place) const {
    if (name == "create") return create(out, json, place);
    if (name == "createMany") return create_many(out, json, place);
    if (name == "connectOrCreate") return connect_or_create(out, json, place);
    if (name == "connect") return by_key(out, NestedKind::Connect, json, place);
    if (name == "set") return set(out, json, place);
    if (name == "update") return update(out, json, place);
    if (name == "updateMany") return update_many(out, json, place);
    if (name == "upsert") return upsert(out, json, place);
    if (name == "deleteMany") return delete_many(out, json, place);
    const NestedKind kind = name == "disconnect" ? NestedKind::Disconnect : NestedKind::Delete;
    return field_.list ? by_key(out, kind, json, place) : of_one(out, kind, json, place);
}

Result<query::Filter> NestedLowering::where_of(JsonView json, const Place& place, bool unique) const {
    return unique ? lower_unique_where(context_, related_, json, place) : lower_where(context_, related_, json, place);
}

Result<void> NestedLowering::create(Writes& out, JsonView json, const Place& place) const {
    for (const JsonView item : one_or_many(json)) {
        NestedWrite write = make(NestedKind::Create);
        LAMINA_TRY_ASSIGN(write.create, data_.create(item, place));
        out.push_back(std::move(write));
    }
    return {};
}

Result<void> NestedLowering::create_many(Writes& out, JsonView json, const Place& place) const {
    LAMINA_TRY(only(json, {"data", "skipDuplicates"}, place));
    LAMINA_TRY_ASSIGN(const JsonView data, needed(json, "data", place));
    NestedWrite write = make(NestedKind::CreateMany);
    LAMINA_TRY_ASSIGN(write.rows, data_.rows(data, place.argument("data")));
    if (const auto skip = json.find("skipDuplicates")) {
        LAMINA_TRY_ASSIGN(write.skip_duplicates, lower_boolean(*skip, place.argument("skipDuplicates")));
    }
    if (!write.rows.values.empty()) out.push_back(std::move(write));
    return {};
}

Result<void> NestedLowering::connect_or_create(Writes& out, JsonView json, const Place& place) const {
    for (const JsonView item : one_or_many(json)) {
        LAMINA_TRY(only(item, {"where", "create"}, place));
        LAMINA_TRY_ASSIGN(const JsonView where, needed(item, "where", place));
        LAMINA_TRY_ASSIGN(const JsonView create, needed(item, "create", place));
        NestedWrite write = make(NestedKind::ConnectOrCreate);
        LAMINA_TRY_ASSIGN(write.where, where_of(where, place.argument("where"), true));
        LAMINA_TRY_ASSIGN(write.create, data_.create(create, place.argument("create")));
        out.push_back(std::move(write));
    }
    return {};
}

Result<void> NestedLowering::by_key(Writes& out, NestedKind kind, JsonView json, const Place& place) const {
    for (const JsonView item : one_or_many(json)) {
        NestedWrite write = make(kind);
        LAMINA_TRY_ASSIGN(write.where, where_of(item, place, true));
        out.push_back(std::move(write));
    }
    return {};
}

Result<void> NestedLowering::of_one(Writes& out, NestedKind kind, JsonView json, const Place& place) const {
    if (json.kind() == JsonView::Kind::False) return {};
    NestedWrite write = make(kind);
    if (!json.is_boolean()) {
        LAMINA_TRY_ASSIGN(write.where, where_of(json, place, false));
    }
    out.push_back(std::move(write));
    return {};
}

Result<void> NestedLowering::set(Writes& out, JsonView json, const Place& place) const {
    NestedWrite write = make(NestedKind::Set);
    write.where.kind = query::Filter::Kind::Or;
    for (const JsonView item : one_or_many(json)) {
        LAMINA_TRY_ASSIGN(query::Filter where, where_of(item, place, true));
        write.where.children.push_back(std::move(where));
    }
    out.push_back(std::move(write));
    return {};
}

Result<void> NestedLowering::update(Writes& out, JsonView json, const Place& place) const {
    for (const JsonView item : one_or_many(json)) {
        if (!is_plain_object(item)) return problems::refused(place);
        NestedWrite write = make(NestedKind::Update);
        // To one row the data may stand alone; a field of the model that is called so is meant first, if that can be.
        const bool own_data = Context::find_field(context_.model(related_), "data").has_value();
        bool wrapped = field_.list || item.find("data");
        if (wrapped && !field_.list && own_data) wrapped = !data_.update(item, place);
        if (wrapped) {
            LAMINA_TRY(only(item, {"where", "data"}, place));
            if (field_.list) LAMINA_TRY(needed(item, "where", place));
            LAMINA_TRY_ASSIGN(const JsonView data, needed(item, "data", place));
            if (const auto where = item.find("where")) {
                LAMINA_TRY_ASSIGN(write.where, where_of(*where, place.argument("where"), field_.list));
            }
            LAMINA_TRY_ASSIGN(write.update, data_.update(data, place.argument("data")));
        } else {
            LAMINA_TRY_ASSIGN(write.update, data_.update(item, place));
        }
        out.push_back(std::move(write));
    }
    return {};
}

Result<void> NestedLowering::update_many(Writes& out, JsonView json, const Place& place) const {
    for (const JsonView item : one_or_many(json)) {
        LAMINA_TRY(only(item, {"where", "data"}, place));
        LAMINA_TRY_ASSIGN(const JsonView where, needed(item, "where", place));
        LAMINA_TRY_ASSIGN(const JsonView data, needed(item, "data", place));
        NestedWrite write = make(NestedKind::UpdateMany);
        LAMINA_TRY_ASSIGN(write.where, where_of(where, place.argument("where"), false));
        LAMINA_TRY_ASSIGN(write.update, data_.update_many(data, place.argument("data")));
        out.push_back(std::move(write));
    }
    return {};
}

Result<void> NestedLowering::upsert(Writes& out, JsonView json, const Place& place) const {
    for (const JsonView item : one_or_many(json)) {
        LAMINA_TRY(only(item, {"where", "create", "update"}, place));
        if (field_.list) LAMINA_TRY(needed(item, "where", place));
        LAMINA_TRY_ASSIGN(const JsonView create, needed(item, "create", place));
        LAMINA_TRY_ASSIGN(const JsonView update, needed(item, "update", place));
        NestedWrite write = make(NestedKind::Upsert);
        if (const auto where = item.find("where")) {
            LAMINA_TRY_ASSIGN(write.where, where_of(*where, place.argument("where"), field_.list));
        }
        LAMINA_TRY_ASSIGN(write.create, data_.create(create, place.argument("create")));
        LAMINA_TRY_ASSIGN(write.update, data_.update(update, place.argument("update")));
        out.push_back(std::move(write));
    }
    return {};
}

Result<void> NestedLowering::delete_many(Writes& out, JsonView json, const Place& place) const {
    for (const JsonView item : one_or_many(json)) {
        NestedWrite write = make(NestedKind::DeleteMany);
        LAMINA_TRY_ASSIGN(write.where, where_of(item, place, false));
        out.push_back(std::move(write));
    }
    return {};
}

}  // namespace lamina::json
