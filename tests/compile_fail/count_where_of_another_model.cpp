// A number of related rows with a filter on another model.
// expect: db::mentor::field::email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(select(count(mentor::sessions, where(session::paid == true))));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(select(count(mentor::sessions, where(mentor::email == "x"))));
#endif
}
