// Reading a column that was omitted.
// expect: email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(omit(mentor::rate))[0].email;
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(omit(mentor::email))[0].email;
#endif
}
