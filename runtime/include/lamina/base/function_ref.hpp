#pragma once

#include <type_traits>
#include <utility>

namespace lamina::base {

template <class Signature>
class FunctionRef;

/// A view of something callable: two pointers, no allocation. The callable must outlive every call.
template <class R, class... Arguments>
class FunctionRef<R(Arguments...)> {
public:
    template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> && std::is_invocable_r_v<R, F&, Arguments...>)
        FunctionRef(F&& callable)
    noexcept {
        using Callable = std::remove_reference_t<F>;
        if constexpr (std::is_function_v<Callable>) {
            target_.function = reinterpret_cast<void (*)()>(&callable);
            call_ = [](Target target, Arguments... arguments) -> R {
                return reinterpret_cast<Callable*>(target.function)(std::forward<Arguments>(arguments)...);
            };
        } else {
            target_.object = &callable;
            call_ = [](Target target, Arguments... arguments) -> R {
                return (*static_cast<Callable*>(const_cast<void*>(target.object)))(
                    std::forward<Arguments>(arguments)...);
            };
        }
    }

    R operator()(Arguments... arguments) const { return call_(target_, std::forward<Arguments>(arguments)...); }

private:
    union Target {
        const void* object;
        void (*function)();
    };
    Target target_{};
    R (*call_)(Target, Arguments...);
};

}  // namespace lamina::base
