// A number of related rows of a to-one relation.
// expect: only the rows of a to-many relation can be counted
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(select(count(mentor::sessions)));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(select(count(mentor::boss)));
#endif
}
