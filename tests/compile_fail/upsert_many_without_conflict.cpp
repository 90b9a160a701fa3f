// upsert_many by a field that is not said to be the key.
// expect: db::mentor::field::email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.upsert_many({{.email = "a", .rate = "1"_dec}}, conflict(mentor::email));
#if defined(LAMINA_BAD)
    (void)db.mentor.upsert_many({{.email = "a", .rate = "1"_dec}}, mentor::email);
#endif
}
