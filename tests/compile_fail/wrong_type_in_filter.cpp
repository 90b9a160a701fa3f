// A filter that compares a text with a number.
// expect: db::mentor::field::email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(where(mentor::email == "ann@x.org"));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(where(mentor::email == 5));
#endif
}
