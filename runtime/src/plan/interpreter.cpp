#include <algorithm>
#include <memory>
#include <new>
#include <string>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/plan/interpreter.hpp>

#include "plan/binder.hpp"
#include "plan/each_run.hpp"
#include "plan/joined_rows.hpp"
#include "plan/level_run.hpp"
#include "plan/messages.hpp"

namespace lamina::plan {
namespace {

/// How many statements one batch has at most: drivers may keep a batch in memory.
constexpr std::size_t kBatchLimit = 512;

/// Elements of a list for which one statement is executed.
struct Together {
    std::vector<std::uint32_t> elements;
    std::vector<Register*> shares;  ///< where its rows go …
    std::size_t next = 0;           ///< … and the next one
};

/// Where a statement's rows go.
class Sink final : public RowSink {
public:
    explicit Sink(LevelRun& level) noexcept : level_(&level) {}
    Sink(const Query& query, Register& into) noexcept : query_(&query), register_(&into) {}
    explicit Sink(std::uint64_t& number) noexcept : number_(&number) {}
    Sink(const Query& query, Together& shared) noexcept : query_(&query), together_(&shared) {}

    Result<void> row(RowReader& reader) override {
        if (level_ != nullptr) return level_->row(reader);
        if (number_ != nullptr) {
            Value value;
            const Slot slot = value_slot(Type::BigInt);
            LAMINA_TRY(reader.read({&slot, 1}, 0, &value));
            *number_ = value.is_null() ? 0 : static_cast<std::uint64_t>(value.as_bigint());
            return {};
        }
        if (together_ != nullptr) {
            if (together_->next == together_->shares.size())
                return error::internal("A statement gave more rows than it was given.");
            register_ = together_->shares[together_->next++];
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
    Together* together_ = nullptr;
};

/// A statement of the batch in the making.
struct Step {
    StatementId statement = 0;
    std::size_t row = 0;           ///< of the statement's set
    std::uint16_t depth = 0;       ///< in how many lists …
    std::uint32_t element = 0;     ///< … and for which element of the innermost
    Together* together = nullptr;  ///< or for these
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
        : plan(of_plan), layout(of_rows), rows(vector), shape(of_shape), binder(of_plan), registers(of_plan.registers) {
        request.arguments = of_shape.arguments();
        request.tables = of_shape.tables();
        request.registers = registers.data();
    }

    const Plan& plan;
    const RowLayout* layout;
    void* rows;
    const Shape& shape;
    Binder binder;
    std::vector<Register> registers;
    Feed request;
    std::vector<std::unique_ptr<Together>> together;
    std::vector<std::unique_ptr<EachRun>> lists;  ///< that are being carried out, the outermost first

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
    bool add_executions(StatementId statement, Feed& level, Make make);
    Result<bool> begin_read(const Read& read);
    void begin_by_keys();
    Result<void> require_each() const;
    void prepare_places(RowSetId set);
    Result<void> require(const Require& require, Feed& level);
    void bind();

    // In lists.
    Feed& feed(std::uint16_t depth, std::uint32_t element, std::uint8_t wanted);
    void begin_each(const Each& each, std::uint32_t begin);
    bool meets_itself(const Each& each);
    std::vector<bool> repeated(std::span<const Bind> key, std::span<const std::uint32_t> elements);
    Result<bool> each_step();
    Result<void> decide(EachRun& run, const Instruction& instruction);
    bool execute_all(EachRun& run, const Instruction& instruction);
    void execute_together(EachRun& run, StatementId statement, const Query* query, const Change* change);
    const Value* value_together(const Bind& bind, const Step& step);
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
            Register& into = feed(step.depth, step.element, 0xff).at(step.change->into);
            into.number += affected;
            into.columns = 1;
            into.cells.assign(1, Value(static_cast<std::int64_t>(into.number)));
        }
    }
    steps.clear();
    together.clear();
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
        if (read->required) LAMINA_TRY(require_each());
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
    if (!node.asks_further()) return {};
    if (level.layout().children.size() != node.children.size()) {
        return error::internal("The row's layout does not fit the plan.");
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const ReadNode::Child& child = node.children[i];
        const ChildLayout& place = level.layout().children[i];
        if (!fits(child.node, *place.layout)) return error::internal("The row's layout does not fit the plan.");
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
bool Interpreter::Run::add_executions(StatementId id, Feed& of, Make make) {
    const Statement& single = plan.statements[id];
    const std::size_t total = single.each == kNoRows ? 1 : binder.inputs(of).rows(single.each);
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
    Inputs& inputs = binder.inputs(request);
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

/// The read of several keys, whose rows go to places.
void Interpreter::Run::begin_by_keys() {
    const auto& places = *static_cast<const RowPlaces*>(rows);
    root.emplace(read->root, places.place, places.places, shape.operation().rows.values, read->key_columns);
    registers[read->keys].lists = root->index().take_lists();
}

Result<void> Interpreter::Run::require_each() const {
    const std::size_t missing = root->first_without();
    if (missing == static_cast<const RowPlaces*>(rows)->places.size()) return {};
    return messages::nothing_found(read->model).with_detail("batch_index", std::to_string(missing));
}

/// True when the batch can take more.
Result<bool> Interpreter::Run::begin_read(const Read& begun) {
    if (layout == nullptr || rows == nullptr) return error::internal("The plan reads rows, but nobody takes them.");
    if (layout->children.size() != begun.root.children.size() || !fits(begun.root, *layout)) {
        return error::internal("The row's layout does not fit the plan.");
    }
    if (read == nullptr) {
        read = &begun;
        if (begun.keys != kNoRegister) {
            begin_by_keys();
        } else {
            root.emplace(begun.root, *layout, rows);
        }
        const RowSetId set = plan.statements[begun.root.statement].each;
        if (begun.placed && set != kNoRows) prepare_places(set);
    }
    if (add_executions(begun.root.statement, request, [&](Step& step) { step.level = &*root; })) ++at;
    return false;
}

Result<void> Interpreter::Run::require(const Require& require, Feed& of) {
    std::uint64_t expected = require.at_least;
    if (!require.distinct.empty()) expected += binder.inputs(of).count(require.distinct, !require.all);
    const std::uint64_t found = of.at(require.source).number;
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
        if (!add_executions(query->statement, request, [&](Step& step) { step.query = query; })) return false;
    } else if (const auto* change = std::get_if<Change>(&instruction)) {
        if (row == 0 && waits && depends_on_batch(change->statement)) return false;
        counts = counts || change->counted;
        if (!add_executions(change->statement, request, [&](Step& step) { step.change = change; })) return false;
    } else if (const auto* number_of = std::get_if<Number>(&instruction)) {
        if (waits && depends_on_batch(number_of->statement)) return false;
        counts = true;
        add_executions(number_of->statement, request, [&](Step& step) { step.number = number_of; });
    } else if (const auto* each = std::get_if<Each>(&instruction)) {
        begin_each(*each, static_cast<std::uint32_t>(at + 1));
        at = each->end;
        return true;
    } else if (waits) {
        return false;
    } else if (const auto* check = std::get_if<Require>(&instruction)) {
        LAMINA_TRY(require(*check, request));
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

/// The level `wanted`, or the innermost one, as seen from an element of the `depth`-th list.
Feed& Interpreter::Run::feed(std::uint16_t depth, std::uint32_t element, std::uint8_t wanted) {
    if (depth == 0 || wanted == 0) return request;
    for (; depth > wanted; --depth) element = lists[depth - 1]->parent(element);
    return lists[depth - 1]->feed(element);
}

/// Of some elements of the innermost list, those that have the same values as one before them.
std::vector<bool> Interpreter::Run::repeated(std::span<const Bind> key, std::span<const std::uint32_t> elements) {
    std::vector<Value> tuples;
    tuples.reserve(elements.size() * key.size());
    const auto depth = static_cast<std::uint16_t>(lists.size());
    for (const std::uint32_t element : elements) {
        for (const Bind& bind : key) tuples.push_back(*binder.bind(bind, feed(depth, element, bind.level), 0));
    }
    return occurred_before(tuples, key.size(), elements.size());
}

/// Begins a list, for the elements of the list around it that are there, or for the request.
void Interpreter::Run::begin_each(const Each& each, std::uint32_t begin) {
    std::vector<const Lanes*> inner;
    std::vector<std::uint32_t> parents;
    if (lists.empty()) {
        inner.push_back(&shape.lists()[each.list]);
        parents.push_back(0);
    } else {
        EachRun& around = *lists.back();
        for (const std::uint32_t element : around.active()) {
            inner.push_back(&around.input(element).lists[each.list]);
            parents.push_back(element);
            around.go(element, each.end);
        }
        around.part();
    }
    lists.push_back(std::make_unique<EachRun>(each, begin, inner, parents));
    if (meets_itself(each)) lists.back()->one_by_one();
}

bool Interpreter::Run::meets_itself(const Each& each) {
    if (each.exclusive.empty() || lists.back()->size() < 2) return false;
    std::vector<std::uint32_t> all(lists.back()->size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return std::any_of(each.exclusive.begin(), each.exclusive.end(), [&](const std::vector<Bind>& key) {
        const std::vector<bool> again = repeated(key, all);
        return std::find(again.begin(), again.end(), true) != again.end();
    });
}

/// Adds the statement that is the same for all active elements together.
void Interpreter::Run::execute_together(EachRun& run, StatementId statement, const Query* query, const Change* change) {
    const std::span<const std::uint32_t> active = run.active();
    Together& made = *together.emplace_back(std::make_unique<Together>());
    made.elements.assign(active.begin(), active.end());
    RowSetId set = kNoRows;
    for (const Bind& bind : plan.statements[statement].binds) {
        if (bind.source == Bind::Source::InputList) set = plan.input_columns[bind.index].rows;
    }
    for (std::size_t i = 0; query != nullptr && i < active.size(); ++i) {
        Feed& of = run.feed(active[i]);
        Register& into = of.at(query->into);
        into.columns = static_cast<std::uint16_t>(query->types.size());
        made.shares.insert(made.shares.end(), set == kNoRows ? 1 : binder.inputs(of).rows(set), &into);
    }
    Step step;
    step.statement = statement;
    step.depth = static_cast<std::uint16_t>(lists.size());
    step.element = active.front();
    step.together = &made;
    step.query = query;
    step.change = change;
    steps.push_back(step);
}

/// What all elements of a step give, as one list.
const Value* Interpreter::Run::value_together(const Bind& bind, const Step& step) {
    Value::List list;
    list.reserve(step.together->elements.size());
    for (const std::uint32_t element : step.together->elements) {
        Feed& of = feed(step.depth, element, bind.level);
        if (bind.source == Bind::Source::InputList) {
            const Value values = binder.inputs(of).list(bind.index, bind.labels);
            list.insert(list.end(), values.as_list().begin(), values.as_list().end());
            continue;
        }
        const std::size_t times =
            bind.rows == kNoRows ? 1 : binder.inputs(feed(step.depth, element, 0xff)).rows(bind.rows);
        list.insert(list.end(), times, *binder.bind(bind, of, 0));
    }
    return binder.keep(Value(std::move(list)));
}

/// Adds a statement for all active elements. False when the batch is full before all are in.
bool Interpreter::Run::execute_all(EachRun& run, const Instruction& instruction) {
    const auto* query = std::get_if<Query>(&instruction);
    const auto* change = std::get_if<Change>(&instruction);
    const StatementId statement = query != nullptr ? query->statement : change->statement;
    const auto depth = static_cast<std::uint16_t>(lists.size());
    const std::span<const std::uint32_t> active = run.active();
    const bool counts_each = change != nullptr && change->into != kNoRegister;
    if (const StatementId all = plan.statements[statement].together;
        all != kNoStatement && active.size() > 1 && run.next == 0 && row == 0 && !counts_each) {
        execute_together(run, all, query, change);
        run.advance();
        return true;
    }
    for (; run.next < active.size(); ++run.next) {
        const std::uint32_t element = active[run.next];
        Feed& of = run.feed(element);
        if (query != nullptr) of.at(query->into).columns = static_cast<std::uint16_t>(query->types.size());
        const auto make = [&](Step& step) {
            step.depth = depth;
            step.element = element;
            step.query = query;
            step.change = change;
        };
        if (!add_executions(statement, of, make)) return false;
    }
    run.advance();
    return true;
}

/// What is decided for each of the active elements by itself.
Result<void> Interpreter::Run::decide(EachRun& run, const Instruction& instruction) {
    const std::span<const std::uint32_t> active = run.active();
    if (const auto* once = std::get_if<Once>(&instruction)) {
        const std::vector<bool> again = repeated(once->key, active);
        for (std::size_t i = 0; i < active.size(); ++i) {
            run.go(active[i], run.at() + 1);
            if (again[i]) run.hold(active[i], once->until);
        }
        run.part();
        return {};
    }
    for (const std::uint32_t element : active) {
        std::uint32_t target = run.at() + 1;
        if (const auto* check = std::get_if<Require>(&instruction)) {
            LAMINA_TRY(require(*check, run.feed(element)));
        } else if (const auto* fail = std::get_if<Fail>(&instruction)) {
            return Error(fail->code, fail->message).with_model(fail->model);
        } else if (const auto* jump = std::get_if<Jump>(&instruction)) {
            target = jump->target;
        } else if (const auto* branch = std::get_if<JumpIfEmpty>(&instruction)) {
            if (run.feed(element).at(branch->source).number == 0) target = branch->target;
        }
        run.go(element, target);
    }
    run.part();
    return {};
}

/// Lets the elements of the innermost list take a step. False when the batch has to be executed first.
Result<bool> Interpreter::Run::each_step() {
    EachRun& run = *lists.back();
    const bool waits = !steps.empty();
    if (run.active().empty()) {
        if (waits) return false;  // the batch refers to the elements
        lists.pop_back();
        return true;
    }
    const std::uint32_t here = run.at();
    const Instruction& instruction = plan.instructions[here];
    const auto* query = std::get_if<Query>(&instruction);
    const auto* change = std::get_if<Change>(&instruction);
    if (query != nullptr || change != nullptr) {
        const bool begins = run.next == 0 && row == 0;
        if (begins && waits && depends_on_batch(query != nullptr ? query->statement : change->statement)) return false;
        if (!execute_all(run, instruction)) return false;
        return steps.size() < kBatchLimit;
    }
    if (const auto* each = std::get_if<Each>(&instruction)) {
        begin_each(*each, here + 1);
        return true;
    }
    if (waits) return false;
    LAMINA_TRY(decide(run, instruction));
    return true;
}

/// Collects the statements of the next batch.
Result<void> Interpreter::Run::gather() {
    if (read != nullptr) {
        LAMINA_TRY_ASSIGN(const bool more, advance_read());
        if (more) return {};
    }
    while (at < plan.instructions.size() || !lists.empty()) {
        if (!lists.empty()) {
            LAMINA_TRY_ASSIGN(const bool more, each_step());
            if (more) continue;
            return {};
        }
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
    for (const Step& step : steps) {
        const std::size_t values = step.together != nullptr ? step.together->elements.size() + 1 : 1;
        total += plan.statements[step.statement].binds.size() * values;
    }
    binder.begin(total);
    parameters.reserve(total);
    sinks.reserve(steps.size());
    batch.reserve(steps.size());
    for (const Step& step : steps) {
        const Statement& statement = plan.statements[step.statement];
        const std::size_t first = parameters.size();
        for (const Bind& item : statement.binds) {
            parameters.push_back(item.all ? value_together(item, step)
                                          : binder.bind(item, feed(step.depth, step.element, item.level), step.row));
        }
        RowSink* sink = nullptr;
        if (step.level != nullptr) {
            sink = &sinks.emplace_back(*step.level);
        } else if (step.query != nullptr && step.together != nullptr) {
            sink = &sinks.emplace_back(*step.query, *step.together);
        } else if (step.query != nullptr) {
            sink = &sinks.emplace_back(*step.query, feed(step.depth, step.element, 0xff).at(step.query->into));
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
    if (run.at < run.plan.instructions.size() || run.row > 0 || !run.lists.empty()) return false;
    if (run.read == nullptr) return true;
    if (run.levels.empty()) return !run.read->root.asks_further() && !run.read->required;
    for (std::size_t i = run.first_running; i < run.levels.size(); ++i) {
        if (run.levels[i]->node().asks_further()) return false;
    }
    return true;
}

std::uint64_t Interpreter::count() const noexcept { return run().counts ? run().number : run().rows_read; }

}  // namespace lamina::plan
