// upsert_many by a field that is not unique.
// expect: db::mentor::field::name
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.upsert_many({{.email = "a", .rate = "1"_dec}}, conflict(mentor::email));
#if defined(LAMINA_BAD)
    (void)db.mentor.upsert_many({{.email = "a", .rate = "1"_dec}}, conflict(mentor::name));
#endif
}
