#include "world.hpp"

namespace behaviour {

World::World() : db(suite::adapter()) {
    db.comment.delete_many();
    db.membership.delete_many();
    db.team.delete_many();
    db.post.delete_many();
    db.tag.delete_many();
    db.profile.delete_many();
    db.user.update_many(where(user::managerId != lamina::null), {.managerId = lamina::null});
    db.user.delete_many();
    db.scalars.delete_many();
    db.holder.delete_many();
    db.defaults.delete_many();
    db.keyword.delete_many();
}

People::People()
    : ann(db.user.create({.email = "ann@x.org",
                          .name = "Ann",
                          .role = Role::ADMIN,
                          .age = 31,
                          .balance = "100.50"_dec,
                          .posts = {.create = {{.title = "Alpha", .views = 10, .published = true},
                                               {.title = "Beta", .body = "second", .views = 20},
                                               {.title = "Gamma", .views = 30, .published = true}}}})),
      bob(db.user.create({.email = "bob@x.org", .name = "Bob", .age = 25, .manager = {.connect = user::id == ann.id}})),
      cleo(db.user.create({.email = "cleo@x.org", .managerId = ann.id})) {
    db.post.create({.title = "Delta",
                    .views = 5,
                    .published = true,
                    .author = {.connect = user::id == bob.id},
                    .reviewer = {.connect = user::email == "ann@x.org"}});
}

}  // namespace behaviour
