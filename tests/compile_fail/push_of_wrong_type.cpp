// A push of what a list does not hold.
// expect: lamina::typed::Pushed<const char*>
// expect(clang++): lamina::typed::Pushed<const char *>
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.entry.update(entry::id == 1, {.numbers = push({1, 2}), .texts = push("x")});
#if defined(LAMINA_BAD)
    (void)db.entry.update(entry::id == 1, {.numbers = push("x")});
#endif
}
