#include <lamina/base/try.hpp>
#include <lamina/plan/planner.hpp>

#include "plan/builder.hpp"
#include "plan/messages.hpp"
#include "plan/read_planner.hpp"
#include "plan/write_planner.hpp"

namespace lamina::plan {

Result<Plan> plan(const query::Operation& operation, const meta::Schema& schema, const dialect::Dialect& dialect) {
    if (operation.model >= schema.models.size()) return messages::unknown_model(operation.model);
    Builder builder(operation, schema, dialect);
    switch (operation.action) {
        case query::Action::FindUnique:
        case query::Action::FindUniqueOrThrow:
        case query::Action::FindFirst:
        case query::Action::FindFirstOrThrow:
        case query::Action::FindMany:
        case query::Action::Count:
        case query::Action::Aggregate:
        case query::Action::GroupBy: LAMINA_TRY(plan_read(builder, operation)); break;
        case query::Action::Create:
        case query::Action::CreateMany:
        case query::Action::CreateManyAndReturn:
        case query::Action::Update:
        case query::Action::UpdateMany:
        case query::Action::UpdateManyAndReturn:
        case query::Action::Upsert:
        case query::Action::Delete:
        case query::Action::DeleteMany:
        case query::Action::UpsertMany: LAMINA_TRY(plan_write(builder, operation)); break;
    }
    return std::move(builder).take();
}

}  // namespace lamina::plan
