#include "json/rows.hpp"

#include <new>
#include <utility>

namespace lamina::json {

static_assert(alignof(Value) <= alignof(std::max_align_t) && alignof(Rows) <= alignof(Value));

void DynamicLayout::add_column(Type type, bool optional, bool list, const EnumLabels* labels) {
    Slot slot;
    slot.offset = static_cast<std::uint32_t>(slots_.size() * sizeof(Value));
    slot.type = type;
    slot.optional = optional;
    slot.list = list;
    slot.dynamic = true;
    slot.labels = labels;
    slots_.push_back(slot);
}

DynamicLayout& DynamicLayout::add_relation() { return *children_.emplace_back(std::make_unique<DynamicLayout>()); }

const RowLayout& DynamicLayout::finish() {
    std::size_t offset = slots_.size() * sizeof(Value);
    for (const auto& child : children_) {
        places_.push_back({static_cast<std::uint32_t>(offset), ChildLayout::Kind::Many, &child->finish()});
        offset += sizeof(Rows);
    }
    layout_.slots = slots_;
    layout_.children = places_;
    layout_.size = offset == 0 ? sizeof(Value) : offset;  // rows without members are told apart all the same
    layout_.append = &Rows::append;
    layout_.data = &Rows::data;
    return layout_;
}

Rows::Rows(Rows&& other) noexcept
    : layout_(other.layout_),
      memory_(std::exchange(other.memory_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

Rows::~Rows() {
    for (std::size_t i = 0; i < size_; ++i) destroy(row(i));
    ::operator delete(memory_);
}

void Rows::destroy(std::byte* row) noexcept {
    for (std::size_t i = 0; i < layout_->columns(); ++i) reinterpret_cast<Value*>(row)[i].~Value();
    std::byte* behind = row + layout_->columns() * sizeof(Value);
    for (std::size_t i = 0; i < layout_->relations(); ++i) reinterpret_cast<Rows*>(behind)[i].~Rows();
}

void Rows::grow() {
    const std::size_t capacity = capacity_ == 0 ? 8 : capacity_ * 2;
    const std::size_t width = layout_->layout().size;
    auto* memory = static_cast<std::byte*>(::operator new(capacity* width));
    for (std::size_t i = 0; i < size_; ++i) {
        std::byte* from = row(i);
        std::byte* to = memory + i * width;
        for (std::size_t k = 0; k < layout_->columns(); ++k) {
            ::new (to + k * sizeof(Value)) Value(std::move(reinterpret_cast<Value*>(from)[k]));
        }
        const std::size_t behind = layout_->columns() * sizeof(Value);
        for (std::size_t k = 0; k < layout_->relations(); ++k) {
            ::new (to + behind + k * sizeof(Rows)) Rows(std::move(reinterpret_cast<Rows*>(from + behind)[k]));
        }
        destroy(from);
    }
    ::operator delete(memory_);
    memory_ = memory;
    capacity_ = capacity;
}

void* Rows::append(void* rows) {
    Rows& self = *static_cast<Rows*>(rows);
    if (self.size_ == self.capacity_) self.grow();
    std::byte* row = self.row(self.size_);
    for (std::size_t i = 0; i < self.layout_->columns(); ++i) ::new (row + i * sizeof(Value)) Value();
    std::byte* behind = row + self.layout_->columns() * sizeof(Value);
    for (std::size_t i = 0; i < self.layout_->relations(); ++i) {
        ::new (behind + i * sizeof(Rows)) Rows(self.layout_->relation(i));
    }
    ++self.size_;
    return row;
}

void* Rows::data(void* rows) { return static_cast<Rows*>(rows)->memory_; }

const Value& Rows::cell(std::size_t row, std::size_t column) const noexcept {
    return reinterpret_cast<const Value*>(this->row(row))[column];
}

const Rows& Rows::related(std::size_t row, std::size_t relation) const noexcept {
    const std::byte* behind = this->row(row) + layout_->columns() * sizeof(Value);
    return reinterpret_cast<const Rows*>(behind)[relation];
}

}  // namespace lamina::json
