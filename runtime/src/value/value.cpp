#include <bit>
#include <charconv>
#include <cstring>

#include <lamina/base/hash.hpp>
#include <lamina/value/json_writer.hpp>
#include <lamina/value/value.hpp>

namespace lamina {

static_assert(sizeof(Value) == 24);

Value::Value(List value) : Value(Kind::List) { list_ = new List(std::move(value)); }

Value::Value(Kind kind, std::string_view text) : Value(kind) {
    if (text.size() <= kInlineCapacity) {
        text_size_ = static_cast<std::uint8_t>(text.size());
        if (!text.empty()) std::memcpy(inline_text(), text.data(), text.size());
        return;
    }
    heap_ = {new char[text.size()], text.size()};
    text_size_ = kOnHeap;
    std::memcpy(heap_.data, text.data(), text.size());
}

std::span<const std::byte> Value::as_bytes() const noexcept {
    const std::string_view text = as_string();
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

void Value::copy_slowly(const Value& other) {
    // Until the content is there this is null, so that a failed allocation leaves nothing to destroy.
    kind_ = Kind::Null;
    switch (other.kind_) {
        case Kind::Decimal: ::new (&decimal_) lamina::Decimal(other.decimal_); break;
        case Kind::List: list_ = new List(*other.list_); break;
        case Kind::String:
        case Kind::Enum:
        case Kind::Json:
        case Kind::Bytes:
            if (other.text_size_ == kOnHeap) {
                heap_ = {new char[other.heap_.size], other.heap_.size};
                std::memcpy(heap_.data, other.heap_.data, heap_.size);
                text_size_ = kOnHeap;
            } else {
                steal_bytes(other);
            }
            break;
        case Kind::Unset:
        case Kind::Null:
        case Kind::Boolean:
        case Kind::Int:
        case Kind::BigInt:
        case Kind::Float:
        case Kind::DateTime: break;
    }
    kind_ = other.kind_;
}

void Value::destroy_slowly() noexcept {
    switch (kind_) {
        case Kind::Decimal: decimal_.~Decimal(); break;
        case Kind::List: delete list_; break;
        case Kind::String:
        case Kind::Enum:
        case Kind::Json:
        case Kind::Bytes:
            if (text_size_ == kOnHeap) delete[] heap_.data;
            break;
        case Kind::Unset:
        case Kind::Null:
        case Kind::Boolean:
        case Kind::Int:
        case Kind::BigInt:
        case Kind::Float:
        case Kind::DateTime: break;
    }
}

std::optional<Type> Value::type() const noexcept {
    switch (kind_) {
        case Kind::Boolean: return Type::Boolean;
        case Kind::Int: return Type::Int;
        case Kind::BigInt: return Type::BigInt;
        case Kind::Float: return Type::Float;
        case Kind::DateTime: return Type::DateTime;
        case Kind::Decimal: return Type::Decimal;
        case Kind::String: return Type::String;
        case Kind::Enum: return Type::Enum;
        case Kind::Json: return Type::Json;
        case Kind::Bytes: return Type::Bytes;
        case Kind::Unset:
        case Kind::Null:
        case Kind::List: break;
    }
    return std::nullopt;
}

bool Value::equal(const Value& left, const Value& right) noexcept {
    const auto is_integer = [](Kind kind) { return kind == Kind::Int || kind == Kind::BigInt; };
    if (left.kind_ != right.kind_)
        return is_integer(left.kind_) && is_integer(right.kind_) && left.integer_ == right.integer_;
    switch (left.kind_) {
        case Kind::Unset:
        case Kind::Null: return true;
        case Kind::Boolean:
        case Kind::Int:
        case Kind::BigInt:
        case Kind::DateTime: return left.integer_ == right.integer_;
        case Kind::Float:
            return left.float_ == right.float_ || (left.float_ != left.float_ && right.float_ != right.float_);
        case Kind::Decimal: return left.decimal_ == right.decimal_;
        case Kind::String:
        case Kind::Enum:
        case Kind::Bytes: return left.as_string() == right.as_string();
        case Kind::Json: return lamina::Json::equal(left.as_string(), right.as_string());
        case Kind::List: return *left.list_ == *right.list_;
    }
    return false;
}

std::uint64_t Value::hash() const noexcept {
    const auto tagged = [](Kind kind, std::uint64_t content) {
        return base::hash_combine(static_cast<std::uint64_t>(kind), content);
    };
    switch (kind_) {
        case Kind::Unset:
        case Kind::Null: return tagged(kind_, 0);
        case Kind::Int:
        case Kind::BigInt: return tagged(Kind::Int, static_cast<std::uint64_t>(integer_));
        case Kind::Boolean:
        case Kind::DateTime: return tagged(kind_, static_cast<std::uint64_t>(integer_));
        case Kind::Float: {
            const double number = float_ != float_ ? 0.5 : float_ == 0.0 ? 0.0 : float_;  // one NaN, one zero
            return tagged(kind_, std::bit_cast<std::uint64_t>(number));
        }
        case Kind::Decimal: return tagged(kind_, decimal_.hash());
        case Kind::String:
        case Kind::Enum:
        case Kind::Bytes: return base::hash_bytes(as_string(), static_cast<std::uint64_t>(kind_));
        case Kind::Json: return tagged(kind_, lamina::Json::hash(as_string()));
        case Kind::List: {
            std::uint64_t all = tagged(kind_, list_->size());
            for (const Value& value : *list_) all = base::hash_combine(all, value.hash());
            return all;
        }
    }
    return 0;
}

std::string Value::to_debug_string() const {
    switch (kind_) {
        case Kind::Unset: return "unset";
        case Kind::Null: return "null";
        case Kind::Boolean: return integer_ ? "true" : "false";
        case Kind::Int:
        case Kind::BigInt: return std::to_string(integer_);
        case Kind::Float: {
            char text[32];
            return std::string(text, std::to_chars(text, text + sizeof text, float_).ptr);
        }
        case Kind::DateTime: return as_datetime().to_string();
        case Kind::Decimal: return decimal_.to_string();
        case Kind::Enum:
        case Kind::Json: return std::string(as_string());
        case Kind::String: {
            std::string text;
            append_json_string(text, as_string());
            return text;
        }
        case Kind::Bytes: return "0x" + to_hex(as_bytes());
        case Kind::List: {
            std::string text = "[";
            for (const Value& value : *list_) text += (text.size() > 1 ? ", " : "") + value.to_debug_string();
            return text + "]";
        }
    }
    return {};
}

}  // namespace lamina
