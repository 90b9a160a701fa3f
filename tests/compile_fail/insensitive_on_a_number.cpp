// Letter case does not matter to a number.
// expect(g++): db::session::field::minutes<>::gt(int, const lamina::words::Insensitive&)
// expect(clang++): no matching member function for call to 'gt'
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.find_many(where(session::title.gt("a", lamina::insensitive)));
#if defined(LAMINA_BAD)
    (void)db.session.find_many(where(session::minutes.gt(3, lamina::insensitive)));
#endif
}
