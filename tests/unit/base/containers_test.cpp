#include <memory>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/base/box.hpp>
#include <lamina/base/function_ref.hpp>
#include <lamina/base/small_vector.hpp>

using lamina::base::Box;
using lamina::base::FunctionRef;
using lamina::base::SmallVector;

namespace {

struct Node {
    int number = 0;
    Box<Node> next;
    friend bool operator==(const Node&, const Node&) = default;
};

int twice(int number) { return number * 2; }

template <class T>
void behaves_as_a_vector(T (*make)(unsigned)) {
    std::mt19937 random(7);
    SmallVector<T, 3> small;
    std::vector<T> plain;
    for (int step = 0; step < 3'000; ++step) {
        const auto draw = static_cast<unsigned>(random());
        switch (draw % 8) {
            case 0:
            case 1:
            case 2:
                small.push_back(make(draw));
                plain.push_back(make(draw));
                break;
            case 3:
                if (!plain.empty()) {
                    small.pop_back();
                    plain.pop_back();
                }
                break;
            case 4: {
                SmallVector<T, 3> copy = small;
                CHECK(copy == small);
                small = copy;
                break;
            }
            case 5: {
                SmallVector<T, 3> taken = std::move(small);
                small = std::move(taken);
                break;
            }
            case 6:
                if (draw % 5 == 0) {
                    small.clear();
                    plain.clear();
                } else if (!small.empty()) {
                    small.push_back(small.front());  // of itself, while it grows
                    plain.push_back(T(plain.front()));
                }
                break;
            default:
                small.resize(draw % 12);
                plain.resize(draw % 12);
                break;
        }
        REQUIRE(small.size() == plain.size());
        REQUIRE(std::equal(plain.begin(), plain.end(), small.begin()));
    }
}

}  // namespace

TEST_CASE("a small vector behaves as a vector") {
    behaves_as_a_vector<int>([](unsigned draw) { return static_cast<int>(draw); });
    behaves_as_a_vector<std::string>([](unsigned draw) { return std::string(draw % 40, 'x'); });
}

TEST_CASE("a small vector keeps few elements inside") {
    SmallVector<int, 4> small{1, 2, 3, 4};
    const auto inside = [&small] {
        const auto* begin = reinterpret_cast<const char*>(&small);
        const auto* data = reinterpret_cast<const char*>(small.data());
        return data >= begin && data < begin + sizeof small;
    };
    CHECK(inside());
    small.push_back(5);
    CHECK_FALSE(inside());
    CHECK(small[4] == 5);
    CHECK(small.back() == 5);
}

TEST_CASE("a small vector holds what can only be moved") {
    SmallVector<std::unique_ptr<int>, 1> owners;
    owners.push_back(std::make_unique<int>(1));
    owners.push_back(std::make_unique<int>(2));
    SmallVector<std::unique_ptr<int>, 1> taken = std::move(owners);
    CHECK(*taken[1] == 2);
    CHECK(owners.empty());  // NOLINT(bugprone-use-after-move): a moved-from vector is empty
}

TEST_CASE("a box copies what it holds") {
    Node list{1, Node{2, {}}};
    Node copy = list;
    CHECK(copy == list);
    copy.next->number = 3;
    CHECK(list.next->number == 2);
    CHECK_FALSE(copy == list);
    list = std::move(copy);
    CHECK(list.next->number == 3);
    CHECK_FALSE(list.next->next);
    CHECK(Box<std::string>::make(3U, 'x')->size() == 3);
    list = *list.next;  // a part of itself
    CHECK(list.number == 3);
}

TEST_CASE("a function reference calls functions, lambdas and objects") {
    int sum = 0;
    auto add = [&sum](int number) { return sum += number; };
    const FunctionRef<int(int)> reference = add;
    reference(3);
    CHECK(reference(4) == 7);
    CHECK(FunctionRef<int(int)>(twice)(21) == 42);
    const auto constant = [](int number) { return number; };
    CHECK(FunctionRef<long(int)>(constant)(5) == 5);
    const FunctionRef<int(int)> copy = reference;
    CHECK(copy(1) == 8);
}
