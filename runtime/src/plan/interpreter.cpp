#include <algorithm>
#include <memory>
#include <new>
#include <string>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/plan/interpreter.hpp>

#include "plan/binder.hpp"
#include "plan/level_run.hpp"

namespace lamina::plan {
namespace {

/// How many statements one batch has at most: drivers may keep a batch in memory.
constexpr std::size_t kBatchLimit = 512;

/// Where a statement's rows go.
class Sink final : public RowSink {
public:
    explicit Sink(LevelRun& level) noexcept : level_(&level) {}
    Sink(const Query& query, Register& into) noexcept : query_(&query), register_(&into) {}
    explicit Sink(std::uint64_t& number) noexcept : number_(&number) {}

    Result<void> row(RowReader& reader) override {
        if (level_ != nullptr) return level_->row(reader);
        if (number_ != nullptr) {
            Value value;
            const Slot slot = value_slot(Type::BigInt);
            LAMINA_TRY(reader.read({&slot, 1}, 0, &value));
            *number_ = value.is_null() ? 0 : static_cast<std::uint64_t>(value.as_bigint());
            return {};
        }
        ++register_->number;
        for (std::size_t i = 0; i < query_->types.size(); ++i) {
            const Slot slot = value_slot(query_->types[i]);
            LAMINA_TRY(reader.read({&slot, 1}, i, &register_->cells.emplace_back()));
        }
        return {};
    }

private:
    LevelRun* level_ = nullptr;
    const Query* query_ = nullptr;
    Register* register_ = nullptr;
    std::uint64_t* number_ = nullptr;
};

/// A statement of the batch in the making.
struct Step {
    StatementId statement = 0;
    std::size_t row = 0;  ///< of the statement's set
    LevelRun* level = nullptr;
    const Query* query = nullptr;
    const Change* change = nullptr;
    const Number* number = nullptr;
};

std::string with_numbers(std::string message, std::uint64_t expected, std::uint64_t found) {
    const auto put = [&](std::string_view name, std::uint64_t number) {
        for (std::size_t at = message.find(name); at != std::string::npos; at = message.find(name)) {
            message.replace(at, name.size(), std::to_string(number));
        }
    };
    put("{expected}", expected);
    put("{found}", found);
    return message;
}

}  // namespace

struct Interpreter::Run {
    Run(const Plan& of_plan, const Shape& of_shape, const RowLayout* of_rows, void* vector)
        : plan(of_plan), layout(of_rows), rows(vector), binder(of_plan, of_shape), registers(of_plan.registers) {}

    const Plan& plan;
    const RowLayout* layout;
    void* rows;
    Binder binder;
    std::vector<Register> registers;

    std::size_t at = 0;   ///< the next instruction
    std::size_t row = 0;  ///< of its statement's set: how many are done
    std::uint64_t rows_read = 0;
    std::uint64_t number = 0;
    bool counts = false;           ///< `number` is the result, not the rows read
    bool placed = false;           ///< room for rows that are placed has been made …
    std::size_t placed_start = 0;  ///< … from here on

    const Read* read = nullptr;  ///< that is being carried out
    std::optional<LevelRun> root;
    std::vector<std::unique_ptr<LevelRun>> levels;  ///< below the root
    std::size_t first_running = 0;                  ///< levels from here on are in the batch

    base::SmallVector<Step, 4> steps;
    base::SmallVector<Sink, 4> sinks;
    base::SmallVector<const Value*, 8> parameters;
    base::SmallVector<Execution, 4> batch;

    Result<void> take_in();
    Result<bool> advance_read();
    Result<void> add_children(LevelRun& level);
    Result<void> gather();
    Result<bool> instruction(const Instruction& instruction);
    bool depends_on_batch(StatementId statement) const;
    template <class Make>
    bool add_executions(StatementId statement, Make make);
    Result<bool> begin_read(const Read& read);
    void prepare_places(RowSetId set);
    Result<void> require(const Require& require);
    void bind();
};

/// Results of the batch that was executed.
Result<void> Interpreter::Run::take_in() {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        if (step.change == nullptr) continue;
        const std::uint64_t affected = batch[i].affected;
        if (step.change->counted) {
            counts = true;
            number += affected;
        }
        if (step.change->into != kNoRegister) {
            Register& into = registers[step.change->into];
            into.number += affected;
            into.columns = 1;
            into.cells.assign(1, Value(static_cast<std::int64_t>(into.number)));
        }
    }
    steps.clear();
    sinks.clear();
    parameters.clear();
    batch.clear();
    return {};
}

/// After a level's rows have come: its children's statements. True when there are some.
Result<bool> Interpreter::Run::advance_read() {
    const std::size_t first = first_running, end = levels.size();
    first_running = end;
    if (end == 0) {
        // More rows of the root may be to come.
        if (row > 0) return false;
        LAMINA_TRY(root->finish());
        rows_read += root->rows();
        if (read->into != kNoRegister) registers[read->into].number += root->rows();
        LAMINA_TRY(add_children(*root));
    } else {
        for (std::size_t i = first; i < end; ++i) {
            LAMINA_TRY(levels[i]->finish());
            LAMINA_TRY(add_children(*levels[i]));
        }
    }
    if (!steps.empty()) return true;
    // Levels that had nothing to ask for have no children to load either.
    read = nullptr;
    root.reset();
    levels.clear();
    first_running = 0;
    return false;
}

Result<void> Interpreter::Run::add_children(LevelRun& level) {
    const ReadNode& node = level.node();
    if (node.children.empty()) return {};
    if (level.layout().children.size() != node.children.size()) {
        return error::internal("The row's layout does not fit the plan.");
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const ReadNode::Child& child = node.children[i];
        const ChildLayout& place = level.layout().children[i];
        if (place.layout->slots.size() != child.node.fields)
            return error::internal("The row's layout does not fit the plan.");
        auto run = std::make_unique<LevelRun>(child, place, level);
        if (!run->wanted()) {
            LAMINA_TRY(run->finish());
            continue;
        }
        registers[child.keys].lists = run->index().take_lists();
        Step step;
        step.statement = child.node.statement;
        step.level = run.get();
        steps.push_back(step);
        levels.push_back(std::move(run));
    }
    return {};
}

bool Interpreter::Run::depends_on_batch(StatementId id) const {
    for (const Step& step : steps) {
        const RegisterId written = step.query ? step.query->into : step.change ? step.change->into : kNoRegister;
        if (written == kNoRegister) continue;
        for (const Bind& bind : plan.statements[id].binds) {
            const bool reads = bind.source == Bind::Source::RegisterCell || bind.source == Bind::Source::RegisterList;
            if (reads && bind.index == written) return true;
        }
    }
    return false;
}

/// Adds a statement, once or for each row of its set. False when the batch is full before all are in.
template <class Make>
bool Interpreter::Run::add_executions(StatementId id, Make make) {
    const Statement& single = plan.statements[id];
    const std::size_t total = single.each == kNoRows ? 1 : binder.inputs().rows(single.each);
    while (row < total && steps.size() < kBatchLimit) {
        const bool block = single.block != kNoStatement && total - row >= single.block_rows;
        Step step;
        step.statement = block ? single.block : id;
        step.row = row;
        row += block ? single.block_rows : 1;
        make(step);
        steps.push_back(step);
    }
    if (row < total) return false;
    row = 0;
    return true;
}

void Interpreter::Run::prepare_places(RowSetId set) {
    Inputs& inputs = binder.inputs();
    if (!placed) {
        placed = true;
        const std::size_t total = inputs.total(set);
        for (std::size_t i = 0; i < total; ++i) {
            void* appended = layout->append(rows);
            if (i > 0) continue;
            const auto offset = static_cast<char*>(appended) - static_cast<char*>(layout->data(rows));
            placed_start = static_cast<std::size_t>(offset) / layout->size;
        }
    }
    const std::size_t count = inputs.rows(set);
    for (std::size_t i = 0; i < count; ++i) root->place_next(placed_start + inputs.place(set, i));
}

/// True when the batch can take more.
Result<bool> Interpreter::Run::begin_read(const Read& begun) {
    if (layout == nullptr || rows == nullptr) return error::internal("The plan reads rows, but nobody takes them.");
    if (layout->slots.size() != begun.root.fields || layout->children.size() != begun.root.children.size()) {
        return error::internal("The row's layout does not fit the plan.");
    }
    if (read == nullptr) {
        read = &begun;
        root.emplace(begun.root, *layout, rows);
        const RowSetId set = plan.statements[begun.root.statement].each;
        if (begun.placed && set != kNoRows) prepare_places(set);
    }
    if (add_executions(begun.root.statement, [&](Step& step) { step.level = &*root; })) ++at;
    return false;
}

Result<void> Interpreter::Run::require(const Require& require) {
    std::uint64_t expected = require.at_least;
    if (!require.distinct.empty()) expected += binder.inputs().count(require.distinct, !require.all);
    const std::uint64_t found = registers[require.source].number;
    if (found >= expected) return {};
    return Error(require.code, with_numbers(require.message, expected, found)).with_model(require.model);
}

/// Carries out an instruction, or adds it to the batch. False when the batch has to be executed first.
Result<bool> Interpreter::Run::instruction(const Instruction& instruction) {
    const bool waits = !steps.empty();
    if (const auto* begun = std::get_if<Read>(&instruction)) {
        if (waits && (read == nullptr) && depends_on_batch(begun->root.statement)) return false;
        return begin_read(*begun);
    }
    if (const auto* query = std::get_if<Query>(&instruction)) {
        if (row == 0 && waits && depends_on_batch(query->statement)) return false;
        registers[query->into].columns = static_cast<std::uint16_t>(query->types.size());
        if (!add_executions(query->statement, [&](Step& step) { step.query = query; })) return false;
    } else if (const auto* change = std::get_if<Change>(&instruction)) {
        if (row == 0 && waits && depends_on_batch(change->statement)) return false;
        counts = counts || change->counted;
        if (!add_executions(change->statement, [&](Step& step) { step.change = change; })) return false;
    } else if (const auto* number_of = std::get_if<Number>(&instruction)) {
        if (waits && depends_on_batch(number_of->statement)) return false;
        counts = true;
        add_executions(number_of->statement, [&](Step& step) { step.number = number_of; });
    } else if (waits) {
        return false;
    } else if (const auto* check = std::get_if<Require>(&instruction)) {
        LAMINA_TRY(require(*check));
    } else if (const auto* fail = std::get_if<Fail>(&instruction)) {
        return Error(fail->code, fail->message).with_model(fail->model);
    } else if (const auto* jump = std::get_if<Jump>(&instruction)) {
        at = jump->target;
        return true;
    } else if (const auto* branch = std::get_if<JumpIfEmpty>(&instruction)) {
        at = registers[branch->source].number == 0 ? branch->target : at + 1;
        return true;
    }
    ++at;
    return steps.size() < kBatchLimit;
}

/// Collects the statements of the next batch.
Result<void> Interpreter::Run::gather() {
    if (read != nullptr) {
        LAMINA_TRY_ASSIGN(const bool more, advance_read());
        if (more) return {};
    }
    while (at < plan.instructions.size()) {
        LAMINA_TRY_ASSIGN(const bool more, instruction(plan.instructions[at]));
        if (more) continue;
        if (!steps.empty()) return {};
        // A read for each row of an empty set has no statement.
        if (read != nullptr) {
            LAMINA_TRY_ASSIGN(const bool children, advance_read());
            if (children) return {};
        }
    }
    return {};
}

/// Makes the batch of the steps. Room for everything is made first: the batch holds addresses.
void Interpreter::Run::bind() {
    std::size_t total = 0;
    for (const Step& step : steps) total += plan.statements[step.statement].binds.size();
    binder.begin(total);
    parameters.reserve(total);
    sinks.reserve(steps.size());
    batch.reserve(steps.size());
    for (const Step& step : steps) {
        const Statement& statement = plan.statements[step.statement];
        const std::size_t first = parameters.size();
        for (const Bind& item : statement.binds) parameters.push_back(binder.bind(item, registers, step.row));
        RowSink* sink = nullptr;
        if (step.level != nullptr) {
            sink = &sinks.emplace_back(*step.level);
        } else if (step.query != nullptr) {
            sink = &sinks.emplace_back(*step.query, registers[step.query->into]);
        } else if (step.number != nullptr) {
            sink = &sinks.emplace_back(number);
        }
        batch.push_back({&statement, {parameters.data() + first, statement.binds.size()}, sink, 0});
    }
}

Interpreter::Interpreter(const Plan& plan, const Shape& shape, const RowLayout* layout, void* rows) {
    static_assert(sizeof(Run) <= sizeof(storage_) && alignof(Run) <= alignof(std::max_align_t));
    ::new (static_cast<void*>(storage_)) Run(plan, shape, layout, rows);
}

Interpreter::~Interpreter() { run().~Run(); }

Result<std::span<Execution>> Interpreter::next() {
    Run& run = this->run();
    LAMINA_TRY(run.take_in());
    LAMINA_TRY(run.gather());
    run.bind();
    return std::span<Execution>(run.batch.data(), run.batch.size());
}

bool Interpreter::last_batch() const noexcept {
    const Run& run = this->run();
    if (run.at < run.plan.instructions.size() || run.row > 0) return false;
    if (run.read == nullptr) return true;
    if (run.levels.empty()) return run.read->root.children.empty();
    for (std::size_t i = run.first_running; i < run.levels.size(); ++i) {
        if (!run.levels[i]->node().children.empty()) return false;
    }
    return true;
}

std::uint64_t Interpreter::count() const noexcept { return run().counts ? run().number : run().rows_read; }

}  // namespace lamina::plan
