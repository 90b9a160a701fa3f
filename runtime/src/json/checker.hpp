#pragma once

#include "json/input_types.hpp"

// Inner header: whether a request fits the schema's input types, as Prisma's engine finds out.

namespace lamina::json {

/// What an action or a field answers with.
struct OutputType {
    enum class Form : std::uint8_t {
        Scalar,
        Model,
        Returned,      ///< of create_many_and_return and its like
        AffectedRows,  ///< {"count": 1}
        Aggregate,
        Group,
        Aggregated,     ///< _sum of Aggregate and the like, as `aggregate` says
        RelationCounts  ///< _count of Model
    };
    Form form = Form::Scalar;
    ModelId model = meta::kNone;
    query::Aggregate aggregate = query::Aggregate::None;
    bool updated = false;  ///< Returned: by an update
};

/// Parses arguments by their types, as the engine does: every type that a value may have is tried, and when none fits,
/// what is wrong with each is told. Lowering has said no by then; this says why.
class Checker {
public:
    explicit Checker(const Context& context) : context_(context) {}

    /// The arguments of a field whose arguments are `fields`.
    Result<void> arguments(std::span<const InputField> fields, JsonView json, const Place& place);
    /// A selection of the type, down to the last; the arguments in it only when asked to.
    Result<void> selection(const OutputType& type, JsonView json, const Place& place, bool with_arguments);
    /// Whether it gave up: values within values within unions multiply.
    bool exhausted() const noexcept { return steps_ > kMostSteps; }

private:
    static constexpr std::size_t kMostSteps = 200'000;

    Result<void> selected(const OutputType& type, std::string_view name, JsonView json, const Place& place,
                          bool with_arguments);
    Result<void> value(std::span<const InputType> types, JsonView json, const Place& place);
    Result<void> value_of(const InputType& type, JsonView json, const Place& place);
    Result<void> scalar(const InputType& type, JsonView json, const Place& place);
    Result<void> word(const InputType& type, JsonView json, const Place& place);
    Result<void> object(const InputObject& object, JsonView json, const Place& place);
    Result<void> missing(const InputObject& object, JsonView json, const Place& place) const;
    Result<void> limits(const InputObject& object, JsonView json, const Place& place) const;

    const Context& context_;
    std::size_t steps_ = 0;
};

/// The aggregate that "_sum" and the like name, or None.
query::Aggregate aggregate_of(std::string_view name);
/// Whether the aggregate exists for the field.
bool can_aggregate(query::Aggregate aggregate, const meta::Field& field);
/// What an action answers with.
OutputType output_of(ModelId model, query::Action action);
/// The arguments of an action on a model; none that nobody knows.
std::vector<InputField> arguments_of(const Context& context, ModelId model, query::Action action);
/// The arguments of a selected relation.
std::vector<InputField> arguments_of_relation(const Context& context, ModelId model, FieldId field);

}  // namespace lamina::json
