// A list asked for a value of another type.
// expect(g++): db::entry::field::numbers<>::has(const char [2])
// expect(clang++): no matching member function for call to 'has'
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.entry.find_many(where(entry::numbers.has(1)));
#if defined(LAMINA_BAD)
    (void)db.entry.find_many(where(entry::numbers.has("x")));
#endif
}
