// upsert_many by a key of another model.
// expect: lamina::typed::Conflict<db::Session>
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.upsert_many({{.title = "a", .mentorId = 1}}, conflict(session::mentorId_startedAt));
#if defined(LAMINA_BAD)
    (void)db.mentor.upsert_many({{.email = "a", .rate = "1"_dec}}, conflict(session::mentorId_startedAt));
#endif
}
