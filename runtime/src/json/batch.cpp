#include "json/batch.hpp"

#include <span>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/plan/interpreter.hpp>

#include "client/unique_reads.hpp"
#include "json/run.hpp"

namespace lamina::json {

void Batch::add(JsonView json) {
    const Result<Request>& request = requests_.emplace_back(lower_request(context_, json));
    // As in Prisma's engine, findUniqueOrThrow stands alone.
    const bool read = request && request->operation.action == query::Action::FindUnique;
    reads_.push_back(read ? &request->operation : &other_);
}

Result<void> Batch::check() const {
    if (!requests_.back()) return requests_.back().error();
    return {};
}

std::size_t Batch::together(std::size_t first) const {
    return client::unique_reads_together(context_.schema(), std::span(reads_).subspan(first));
}

Result<void> Batch::run(Session& session, std::size_t first, std::size_t count, JsonWriter& out) const {
    if (count > 1) return run_joined(session, first, count, out);
    if (!requests_[first]) return requests_[first].error();
    JsonWriter value;
    LAMINA_TRY(run_request(session, context_, options_, *requests_[first], value));
    write_answer(out, requests_[first]->name, value.text());
    return {};
}

Result<void> Batch::run_joined(Session& session, std::size_t first, std::size_t count, JsonWriter& out) const {
    const query::Operation joined = client::join_unique_reads(std::span(reads_).subspan(first, count));
    DynamicLayout layout;
    lay_out(context_, joined, layout);
    std::deque<Rows> rows;
    std::vector<void*> places;
    for (std::size_t i = 0; i < count; ++i) places.push_back(&rows.emplace_back(layout));
    plan::RowPlaces found{{0, ChildLayout::Kind::Many, &layout.layout()}, places};
    LAMINA_TRY(session.run(joined, &layout.layout(), &found));
    std::vector<JsonWriter> values(count);
    for (std::size_t i = 0; i < count; ++i)
        LAMINA_TRY(ResponseWriter(context_, values[i], options_).answer(*requests_[first + i], rows[i]));
    for (std::size_t i = 0; i < count; ++i) write_answer(out, requests_[first + i]->name, values[i].text());
    return {};
}

}  // namespace lamina::json
