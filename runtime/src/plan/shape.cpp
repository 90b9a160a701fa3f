#include <lamina/plan/shape.hpp>

#include <lamina/base/hash.hpp>

#include "plan/shape_walk.hpp"

namespace lamina::plan {
namespace {

template <class Key, class Arguments>
struct ShapeSink {
  Key& key;
  Arguments& arguments;

  void word(std::uint32_t word) { key.push_back(word); }
  void value(const Value& value) { arguments.push_back({&value, 0}); }
  void number(const void*, std::int64_t number) { arguments.push_back({nullptr, number}); }
};

}  // namespace

Shape::Shape(const query::Operation& operation) : operation_(operation) {
  ShapeSink<decltype(key_), decltype(arguments_)> sink{key_, arguments_};
  ShapeWalk walk(sink);
  walk.operation(operation);
  hash_ = base::hash_bytes(key_.data(), key_.size() * sizeof(std::uint32_t));
}

}  // namespace lamina::plan
