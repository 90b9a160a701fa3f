// Reading a relation that was not included.
// expect: sessions
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(include(mentor::sessions))[0].sessions;
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many()[0].sessions;
#endif
}
