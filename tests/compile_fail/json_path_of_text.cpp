// A path in what is no Json.
// expect: db::mentor::field::name
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.entry.find_many(where(entry::data.path("a").string_contains("x") && entry::data == lamina::any_null));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(where(mentor::name.path("a").string_contains("x")));
#endif
}
