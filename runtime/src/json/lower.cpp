#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "json/checker.hpp"
#include "json/request.hpp"
#include "json/wire.hpp"

namespace lamina::json {
namespace {

using query::Action;
using Answer = Request::Answer;

struct Verb {
    std::string_view name;
    Action action;
    Answer answer;
    std::string_view prefix;  ///< of the answer's name; the model's stands behind it
    std::string_view suffix;
    std::span<const std::string_view> arguments;  ///< that it takes; those with ! it needs
};

constexpr std::string_view kUnique[] = {"!where", "relationLoadStrategy"};
constexpr std::string_view kMany[] = {"where", "orderBy", "cursor", "take", "skip", "distinct", "relationLoadStrategy"};
constexpr std::string_view kCreate[] = {"data", "relationLoadStrategy"};
constexpr std::string_view kCreateMany[] = {"!data", "skipDuplicates"};
constexpr std::string_view kUpsertMany[] = {"!data", "!conflict"};
constexpr std::string_view kUpdate[] = {"!where", "!data", "relationLoadStrategy"};
constexpr std::string_view kUpdateMany[] = {"!data", "where", "limit"};
constexpr std::string_view kUpsert[] = {"!where", "!create", "!update", "relationLoadStrategy"};
constexpr std::string_view kDeleteMany[] = {"where", "limit"};
constexpr std::string_view kAggregate[] = {"where", "orderBy", "cursor", "take", "skip"};
constexpr std::string_view kGroupBy[] = {"!by", "where", "orderBy", "having", "take", "skip"};

constexpr std::array kVerbs = {
    Verb{"findUnique", Action::FindUnique, Answer::OneOrNull, "findUnique", "", kUnique},
    Verb{"findUniqueOrThrow", Action::FindUniqueOrThrow, Answer::One, "findUnique", "OrThrow", kUnique},
    Verb{"findFirst", Action::FindFirst, Answer::OneOrNull, "findFirst", "", kMany},
    Verb{"findFirstOrThrow", Action::FindFirstOrThrow, Answer::One, "findFirst", "OrThrow", kMany},
    Verb{"findMany", Action::FindMany, Answer::List, "findMany", "", kMany},
    Verb{"createOne", Action::Create, Answer::One, "createOne", "", kCreate},
    Verb{"createMany", Action::CreateMany, Answer::Count, "createMany", "", kCreateMany},
    Verb{"createManyAndReturn", Action::CreateManyAndReturn, Answer::List, "createMany", "AndReturn", kCreateMany},
    Verb{"updateOne", Action::Update, Answer::One, "updateOne", "", kUpdate},
    Verb{"updateMany", Action::UpdateMany, Answer::Count, "updateMany", "", kUpdateMany},
    Verb{"updateManyAndReturn", Action::UpdateManyAndReturn, Answer::List, "updateMany", "AndReturn", kUpdateMany},
    Verb{"upsertOne", Action::Upsert, Answer::One, "upsertOne", "", kUpsert},
    Verb{"upsertMany", Action::UpsertMany, Answer::Count, "upsertMany", "", kUpsertMany},  // not in Prisma
    Verb{"deleteOne", Action::Delete, Answer::One, "deleteOne", "", kUnique},
    Verb{"deleteMany", Action::DeleteMany, Answer::Count, "deleteMany", "", kDeleteMany},
    Verb{"aggregate", Action::Aggregate, Answer::One, "aggregate", "", kAggregate},
    Verb{"groupBy", Action::GroupBy, Answer::List, "groupBy", "", kGroupBy},
};

bool is_unique_read(Action action) { return action == Action::FindUnique || action == Action::FindUniqueOrThrow; }
bool is_first_read(Action action) { return action == Action::FindFirst || action == Action::FindFirstOrThrow; }

/// Lowers one request.
class Lowering {
public:
    Lowering(const Context& context, ModelId model, const Verb& verb, Request& out)
        : context_(context), model_(model), verb_(verb), out_(out), place_(out.name) {
        out_.answer = verb.answer;
        operation().action = verb.action;
        operation().model = model;
    }

    Result<void> lower(std::optional<JsonView> arguments, JsonView selection) {
        arguments_ = arguments && arguments->is_object() ? arguments : std::nullopt;
        LAMINA_TRY(check_names());
        LAMINA_TRY(lower_update_data());
        LAMINA_TRY(check_needed());
        LAMINA_TRY(lower_where_argument());
        LAMINA_TRY(lower_reading());
        LAMINA_TRY(check_order());
        LAMINA_TRY(lower_writing());
        LAMINA_TRY(lower_selected(selection));
        if (verb_.action == Action::GroupBy) {
            LAMINA_TRY(check_groups());
            // The columns of the result are known only now.
            LAMINA_TRY(lower_aggregates(context_, model_, selection, true, operation(), out_.output));
        }
        return {};
    }

private:
    query::Operation& operation() noexcept { return out_.operation; }
    std::optional<JsonView> find(std::string_view name) const {
        return arguments_ ? arguments_->find(name) : std::nullopt;
    }

    Result<void> lower_selected(JsonView selection) {
        LAMINA_TRY(Checker(context_).selection(output_of(model_, verb_.action), selection, place_, false));
        if (verb_.action == Action::GroupBy) return {};
        if (verb_.action == Action::Aggregate) {
            return lower_aggregates(context_, model_, selection, false, operation(), out_.output);
        }
        if (verb_.answer == Answer::Count) return {};
        return lower_selection(context_, model_, selection, place_, operation().selection, out_.output);
    }

    /// Rows without a unique key have an order only if the request gives one.
    Result<void> check_order() {
        query::Arguments& arguments = operation().arguments;
        const bool pages = find("take") || find("skip");
        if (!pages || !arguments.order_by.empty()) return {};
        const meta::Model& model = context_.model(model_);
        if (model.keys.empty()) {
            if (find("orderBy")) {
                return problems::input(
                    "`orderBy` definition must not be empty when querying views without unique fields");
            }
            const Place at = place_.argument("orderBy");
            return problems::required_because(at, find("take") ? "take" : "skip");
        }
        if (verb_.action != Action::GroupBy) return {};
        for (const FieldId field : model.keys[0].fields) {
            query::OrderBy order;
            order.field = field;
            arguments.order_by.push_back(std::move(order));
        }
        return {};
    }

    Result<void> check_names() const {
        if (!arguments_) return {};
        for (auto member = arguments_->begin(); member != arguments_->end(); ++member) {
            const bool known = std::any_of(
                verb_.arguments.begin(), verb_.arguments.end(),
                [&member](std::string_view name) { return member.named(name.substr(name[0] == '!' ? 1 : 0)); });
            if (!known) return problems::refused(place_.argument(member.name()));
        }
        return {};
    }

    /// The engine looks at an update's data first of all.
    Result<void> lower_update_data() {
        const auto data = find("data");
        if (verb_.action != Action::Update || !data || data->is_null()) return {};
        LAMINA_TRY_ASSIGN(operation().data, lower_update(context_, model_, *data, place_.argument("data")));
        return {};
    }

    Result<void> check_needed() const {
        for (const std::string_view name : verb_.arguments) {
            if (name[0] != '!') continue;
            const auto given = find(name.substr(1));
            if (!given || given->is_null()) return problems::refused(place_.argument(name.substr(1)));
        }
        return {};
    }

    Result<void> lower_where_argument() {
        const auto given = find("where");
        if (!given) return {};
        const Place at = place_.argument("where");
        const Action action = verb_.action;
        const bool unique =
            is_unique_read(action) || action == Action::Update || action == Action::Upsert || action == Action::Delete;
        if (unique) {
            LAMINA_TRY_ASSIGN(operation().arguments.where, lower_unique_where(context_, model_, *given, at));
        } else {
            LAMINA_TRY_ASSIGN(operation().arguments.where, lower_where(context_, model_, *given, at));
        }
        return {};
    }

    Result<void> lower_reading() {
        query::Arguments& arguments = operation().arguments;
        if (const auto given = find("orderBy")) {
            LAMINA_TRY_ASSIGN(arguments.order_by, lower_order(context_, model_, *given, place_.argument("orderBy"),
                                                              verb_.action == Action::GroupBy));
        }
        if (const auto given = find("cursor")) {
            LAMINA_TRY_ASSIGN(arguments.cursor, lower_cursor(context_, model_, *given, place_.argument("cursor")));
        }
        if (const auto given = find("distinct")) {
            LAMINA_TRY_ASSIGN(arguments.distinct,
                              lower_field_names(context_, model_, *given, place_.argument("distinct")));
        }
        if (const auto given = find("take")) {
            LAMINA_TRY_ASSIGN(arguments.take, lower_integer(*given, place_.argument("take")));
            if (is_first_read(verb_.action) && *arguments.take != 1 && *arguments.take != -1) {
                return problems::input(
                    "The 'findFirst' operation cannot be used with a 'take' argument that isn't 1 or -1");
            }
        }
        if (const auto given = find("skip")) {
            LAMINA_TRY_ASSIGN(arguments.skip, lower_integer(*given, place_.argument("skip")));
        }
        if (const auto given = find("by")) {
            LAMINA_TRY_ASSIGN(operation().by, lower_field_names(context_, model_, *given, place_.argument("by")));
            if (operation().by.empty()) {
                return problems::input("At least one selection is required for the `by` argument.");
            }
        }
        if (const auto given = find("having")) {
            LAMINA_TRY_ASSIGN(operation().having, lower_having(context_, model_, *given, place_.argument("having")));
        }
        if (const auto given = find("relationLoadStrategy")) return lower_load(*given);
        return {};
    }

    Result<void> lower_load(JsonView json) {
        const JsonView word = word_of(json);
        const bool join = word.is_string("join");
        if (!join && !word.is_string("query")) return problems::refused(place_.argument("relationLoadStrategy"));
        if (join) operation().load = query::Load::Join;
        return {};
    }

    Result<void> lower_writing() {
        const auto data = find("data");
        const Place at = place_.argument("data");
        const Action action = verb_.action;
        if (action == Action::Create) {
            if (!data) return lower_empty_create(at);
            LAMINA_TRY_ASSIGN(operation().data, lower_create(context_, model_, *data, at));
        } else if (action == Action::UpdateMany || action == Action::UpdateManyAndReturn) {
            LAMINA_TRY_ASSIGN(operation().data, lower_update_many(context_, model_, *data, at));
        } else if (action == Action::CreateMany || action == Action::CreateManyAndReturn) {
            LAMINA_TRY_ASSIGN(operation().rows, lower_rows(context_, model_, *data, at));
        } else if (action == Action::UpsertMany) {
            LAMINA_TRY_ASSIGN(operation().rows, lower_rows(context_, model_, *data, at));
            LAMINA_TRY(lower_conflict(*find("conflict")));
        } else if (action == Action::Upsert) {
            const Place create = place_.argument("create");
            const Place update = place_.argument("update");
            LAMINA_TRY_ASSIGN(operation().data, lower_create(context_, model_, *find("create"), create));
            LAMINA_TRY_ASSIGN(operation().update, lower_update(context_, model_, *find("update"), update));
        }
        if (const auto skip = find("skipDuplicates")) {
            LAMINA_TRY_ASSIGN(operation().skip_duplicates, lower_boolean(*skip, place_.argument("skipDuplicates")));
        }
        if (const auto limit = find("limit")) {
            LAMINA_TRY_ASSIGN(const std::int64_t number, lower_integer(*limit, place_.argument("limit")));
            if (number < 0) {
                return problems::input("Provided limit (" + std::to_string(number) + ") must be a positive integer.");
            }
            operation().limit = number;
        }
        return {};
    }

    /// The key by which upsertMany finds rows: its name, or the names of its fields.
    Result<void> lower_conflict(JsonView json) {
        const Place at = place_.argument("conflict");
        const meta::Model& model = context_.model(model_);
        std::vector<FieldId> fields;
        if (!json.is_string()) {
            LAMINA_TRY_ASSIGN(fields, lower_field_names(context_, model_, json, at));
        }
        for (const meta::Key& key : model.keys) {
            const bool fits = json.is_string() ? key.name == json.as_string()
                                               : std::is_permutation(key.fields.begin(), key.fields.end(),
                                                                     fields.begin(), fields.end());
            if (!fits) continue;
            operation().conflict.assign(key.fields.begin(), key.fields.end());
            return {};
        }
        const std::string type = "unique key of " + std::string(model.name);
        return json.is_string() ? problems::wrong_value(at, json.as_string(), type)
                                : problems::wrong_type(at, type, json);
    }

    /// No data at all is the same as none in it.
    Result<void> lower_empty_create(const Place& at) {
        LAMINA_TRY_ASSIGN(const JsonDocument empty, JsonDocument::parse("{}"));
        LAMINA_TRY_ASSIGN(operation().data, lower_create(context_, model_, empty.root(), at));
        return {};
    }

    std::string names_outside_groups(const std::vector<FieldId>& fields) const {
        std::string names;
        const auto& by = out_.operation.by;
        for (const FieldId field : fields) {
            if (std::find(by.begin(), by.end(), field) != by.end()) continue;
            names += (names.empty() ? "" : ", ") + std::string(context_.model(model_).fields[field].name);
        }
        return names;
    }

    Result<void> check_groups() {
        const query::Arguments& arguments = operation().arguments;
        std::vector<FieldId> ordered;
        for (const query::OrderBy& order : arguments.order_by) {
            if (order.aggregate == query::Aggregate::None && order.relevance.empty()) ordered.push_back(order.field);
        }
        if (const std::string missing = names_outside_groups(ordered); !missing.empty()) {
            return problems::input(
                "Every field used for orderBy must be included in the by-arguments of the query. Missing fields: " +
                missing);
        }
        std::vector<FieldId> compared;
        plain_fields(operation().having, compared);
        if (const std::string missing = names_outside_groups(compared); !missing.empty()) {
            return problems::input(
                "Every field used in `having` filters must either be an aggregation filter or be included in the "
                "selection of the query. Missing fields: " +
                missing);
        }
        return {};
    }

    const Context& context_;
    ModelId model_;
    const Verb& verb_;
    Request& out_;
    Place place_;
    std::optional<JsonView> arguments_;
};

Error no_such_query(std::string_view action, std::string_view model) {
    return Error(ErrorCode::QueryInvalid, "Operation '" + std::string(action) + "' for model '" + std::string(model) +
                                              "' does not match any query.");
}

/// Rows of a view cannot be written; rows without a key cannot be looked for by one.
bool can_do(const meta::Model& model, const Verb& verb) {
    if (model.keys.empty() && is_unique_read(verb.action)) return false;
    if (!model.view) return true;
    const auto writes = [](std::string_view argument) {
        return argument == "data" || argument == "!data" || argument == "!update";
    };
    const bool deletes = verb.action == Action::Delete || verb.action == Action::DeleteMany;
    return !deletes && std::none_of(verb.arguments.begin(), verb.arguments.end(), writes);
}

Result<Request> lower_raw_request(const std::string& action, JsonView json) {
    const auto query = json.find("query");
    if (!query || !query->is_object()) return problems::not_a_request("`query` is missing, or no object");
    const auto arguments = query->find("arguments");
    Request request;
    request.name = action;
    request.answer = action == "queryRaw" ? Answer::Raw : Answer::Number;
    if (!arguments || !arguments->is_object()) return problems::required(Place(action).argument("query"));
    LAMINA_TRY(lower_raw(*arguments, Place(request.name), request));
    return request;
}

/// What the engine would say to a request that was refused: it looks at values by their types first.
Error told(const Context& context, ModelId model, const Request& request, JsonView query, Error reason) {
    Checker checker(context);
    const Place place(request.name);
    const auto fields = arguments_of(context, model, request.operation.action);
    if (fields.empty()) return reason;
    static const Result<JsonDocument> nothing = JsonDocument::parse("{}");
    auto fits = checker.arguments(fields, query.find("arguments").value_or(nothing->root()), place);
    if (fits) {
        const OutputType output = output_of(model, request.operation.action);
        fits = checker.selection(output, *query.find("selection"), place, true);
    }
    if (fits || checker.exhausted()) return reason;
    return std::move(fits).error();
}

}  // namespace

Result<Request> lower_request(const Context& context, JsonView json) {
    if (!json.is_object()) return problems::not_a_request("it must be an object");
    const auto word = json.find("action");
    if (!word || !word->is_string()) return problems::not_a_request("`action` is missing, or no text");
    const std::string action = word->as_string();
    const bool raw = action == "queryRaw" || action == "executeRaw";
    if (raw) return lower_raw_request(action, json);
    if (auto once = said_once(json)) {
        LAMINA_TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(*std::move(once)));
        return lower_request(context, document.root());
    }
    LAMINA_TRY(check_envelope(json));
    const JsonView query = *json.find("query");
    const auto called = json.find("modelName");
    const bool named = called && !called->is_null();
    if (named && !called->is_string()) return problems::not_a_request("`modelName` must be a text");
    const std::string name = named ? called->as_string() : "None";
    const auto model = named ? context.find_model(name) : std::nullopt;
    const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(), [&](const Verb& v) { return v.name == action; });
    if (!model || verb == kVerbs.end() || !can_do(context.model(*model), *verb)) return no_such_query(action, name);
    LAMINA_TRY(check_tags(json));
    Request request;
    request.name = std::string(verb->prefix) + name + std::string(verb->suffix);
    auto lowered = Lowering(context, *model, *verb, request).lower(query.find("arguments"), *query.find("selection"));
    if (!lowered) return told(context, *model, request, query, std::move(lowered).error());
    return request;
}

}  // namespace lamina::json
