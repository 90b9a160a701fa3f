// A to-one relation is loaded without a filter of its own.
// expect: db::mentor::field::name
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.find_many(include(session::mentor(select(mentor::name))));
#if defined(LAMINA_BAD)
    (void)db.session.find_many(include(session::mentor(where(mentor::name == "Ann"))));
#endif
}
