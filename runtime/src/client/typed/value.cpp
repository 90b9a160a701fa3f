#include <lamina/client/typed/argument.hpp>
#include <lamina/value/value.hpp>

#include "client/typed/room.hpp"

namespace lamina::typed {

// AnyValue relies on this: a Value may be moved as bytes, its kind stands in the first byte, and zeros are Unset.
static_assert(static_cast<int>(Value::Kind::Unset) == 0 && sizeof(Value) == 24);

AnyValue::AnyValue(Null) noexcept { make<Value>(room_, nullptr); }
AnyValue::AnyValue(std::int32_t value) noexcept { make<Value>(room_, value); }
AnyValue::AnyValue(std::int64_t value) noexcept { make<Value>(room_, value); }
AnyValue::AnyValue(double value) noexcept { make<Value>(room_, value); }
AnyValue::AnyValue(bool value) noexcept { make<Value>(room_, value); }
AnyValue::AnyValue(std::string_view value) { make<Value>(room_, value); }
AnyValue::AnyValue(Decimal&& value) noexcept { make<Value>(room_, std::move(value)); }
AnyValue::AnyValue(DateTime value) noexcept { make<Value>(room_, value); }
AnyValue::AnyValue(const Json& value) { make<Value>(room_, value); }
AnyValue::AnyValue(const Bytes& value) { make<Value>(room_, value); }
AnyValue::AnyValue(const EnumLabels& labels, std::int32_t number) {
    // A number without a label is a cast gone wrong; the empty label matches nothing and no database takes it.
    const auto index = static_cast<std::size_t>(number);
    make<Value>(room_, Value::enumeration(index < labels.names.size() ? labels.names[index] : std::string_view()));
}

AnyValue::AnyValue(const AnyValue& other) { make<Value>(room_, other.get()); }

AnyValue AnyValue::list(std::size_t capacity) {
    Value::List items;
    items.reserve(capacity);
    AnyValue list;
    list.get() = Value(std::move(items));
    return list;
}

void AnyValue::push(AnyValue&& item) { get().as_list().push_back(std::move(item.get())); }

Value& AnyValue::get() noexcept { return in<Value>(room_); }
const Value& AnyValue::get() const noexcept { return in<Value>(room_); }

void AnyValue::destroy() noexcept { unmake<Value>(room_); }

}  // namespace lamina::typed
