#include "world.hpp"

#if defined(LAMINA_TEST_POSTGRESQL)
#include <lamina/postgresql.hpp>
#else
#include <lamina/sqlite.hpp>
#endif

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <unistd.h>

namespace behaviour {

namespace {

std::string quoted(const std::string& text) { return "'" + text + "'"; }

void push_schema(const std::string& url) {
    const std::string command = quoted(LAMINA_TEST_COMMAND) + " db push --schema " + quoted(LAMINA_TEST_SCHEMA) +
                                " --url " + quoted(url) + " > /dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("lamina db push failed");
}

#if defined(LAMINA_TEST_POSTGRESQL)
/// A database of its own on the test server; dropped at the end.
class Server {
public:
    Server() {
        const char* base = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
        if (base == nullptr) throw std::runtime_error("LAMINA_TEST_POSTGRESQL_URL is not set");
        base_ = base;
        const std::size_t query = base_.find('?');
        const std::size_t slash = base_.rfind('/', query);
        url_ = base_.substr(0, slash + 1) + name_ + (query == std::string::npos ? "" : base_.substr(query));
        push_schema(url_);
    }
    ~Server() {
        lamina::postgresql::Pool pool{base_};
        Client client{pool};
        (void)client.try_execute_raw(lamina::sql("DROP DATABASE IF EXISTS behaviour_suite WITH (FORCE)"));
    }
    const std::string& url() const { return url_; }

private:
    std::string name_ = "behaviour_suite";
    std::string base_;
    std::string url_;
};
#else
/// A file in a temporary directory; gone at the end.
class Server {
public:
    Server() {
        std::filesystem::create_directories(directory_);
        push_schema(url_);
    }
    ~Server() {
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    const std::string& url() const { return url_; }

private:
    std::filesystem::path directory_ =
        std::filesystem::temp_directory_path() / ("lamina-behaviour-" + std::to_string(getpid()));
    std::string url_ = "file:" + (directory_ / "test.db").string();
};
#endif

Server& server() {
    static Server instance;
    return instance;
}

}  // namespace

const std::string& url() { return server().url(); }

lamina::Adapter& adapter() {
#if defined(LAMINA_TEST_POSTGRESQL)
    static lamina::postgresql::Pool instance{url()};
#else
    static lamina::sqlite::Database instance{url()};
#endif
    return instance;
}

World::World() : db(adapter()) {
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
