// A sum of texts.
// expect: only numbers have a sum
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.aggregate(sum(mentor::rate));
#if defined(LAMINA_BAD)
    (void)db.mentor.aggregate(sum(mentor::email));
#endif
}
