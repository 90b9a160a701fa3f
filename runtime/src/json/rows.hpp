#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <lamina/value/layout.hpp>
#include <lamina/value/value.hpp>

namespace lamina::json {

class Rows;

/// The layout of rows whose shape is known at run time only: a Value per column, then a Rows per relation.
class DynamicLayout {
public:
    DynamicLayout() = default;
    DynamicLayout(const DynamicLayout&) = delete;
    DynamicLayout& operator=(const DynamicLayout&) = delete;

    void add_column(Type type, bool optional, bool list, const EnumLabels* labels);
    /// A relation, which will hold any number of rows. The reference lives as long as this.
    DynamicLayout& add_relation();
    /// Ends the making. Afterwards nothing may be added.
    const RowLayout& finish();

    const RowLayout& layout() const noexcept { return layout_; }
    std::size_t columns() const noexcept { return slots_.size(); }
    std::size_t relations() const noexcept { return children_.size(); }
    const DynamicLayout& relation(std::size_t index) const noexcept { return *children_[index]; }

private:
    std::vector<Slot> slots_;
    std::vector<std::unique_ptr<DynamicLayout>> children_;
    std::vector<ChildLayout> places_;
    RowLayout layout_;
};

/// Rows of a dynamic layout: what the run time takes for a std::vector of row structs.
class Rows {
public:
    explicit Rows(const DynamicLayout& layout) noexcept : layout_(&layout) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows();

    std::size_t size() const noexcept { return size_; }
    const Value& cell(std::size_t row, std::size_t column) const noexcept;
    const Rows& related(std::size_t row, std::size_t relation) const noexcept;
    const DynamicLayout& layout() const noexcept { return *layout_; }

private:
    friend class DynamicLayout;
    static void* append(void* rows);
    static void* data(void* rows);

    std::byte* row(std::size_t index) const noexcept { return memory_ + index * layout_->layout().size; }
    void grow();
    void destroy(std::byte* row) noexcept;
    Rows(Rows&& other) noexcept;

    const DynamicLayout* layout_;
    std::byte* memory_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace lamina::json
