// A row of upsert_many without a required field.
// expect: db::mentor::field::rate
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.upsert_many({{.email = "a", .rate = "1"_dec}}, conflict(mentor::email));
#if defined(LAMINA_BAD)
    (void)db.mentor.upsert_many({{.email = "a"}}, conflict(mentor::email));
#endif
}
