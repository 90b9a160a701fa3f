#pragma once

#include <lamina/events/event.hpp>

namespace lamina {

/// Where events go: up to three functions and their context. Costs one test where nobody listens.
///
/// The functions are called by whichever thread does the work, and must not throw.
struct EventSink {
    void* context = nullptr;
    void (*query)(void* context, const QueryEvent& event) = nullptr;
    void (*transaction)(void* context, const TransactionEvent& event) = nullptr;
    void (*pool)(void* context, const PoolEvent& event) = nullptr;
    /// Whether query events carry the parameters' text.
    bool include_parameters = false;

    void emit(const QueryEvent& event) const {
        if (query) query(context, event);
    }
    void emit(const TransactionEvent& event) const {
        if (transaction) transaction(context, event);
    }
    void emit(const PoolEvent& event) const {
        if (pool) pool(context, event);
    }
};

/// A sink that calls `listener.on(event)` for each kind of event that the listener has an overload for.
///
/// The listener must outlive the sink and what it is given to.
template <class Listener>
EventSink listen(Listener& listener) {
    EventSink sink;
    sink.context = &listener;
    if constexpr (requires(const QueryEvent& event) { listener.on(event); }) {
        sink.query = [](void* context, const QueryEvent& event) { static_cast<Listener*>(context)->on(event); };
    }
    if constexpr (requires(const TransactionEvent& event) { listener.on(event); }) {
        sink.transaction = [](void* context, const TransactionEvent& event) {
            static_cast<Listener*>(context)->on(event);
        };
    }
    if constexpr (requires(const PoolEvent& event) { listener.on(event); }) {
        sink.pool = [](void* context, const PoolEvent& event) { static_cast<Listener*>(context)->on(event); };
    }
    return sink;
}

}  // namespace lamina
