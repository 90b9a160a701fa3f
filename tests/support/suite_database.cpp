#include "support/suite_database.hpp"

#if defined(LAMINA_TEST_POSTGRESQL)
#include <lamina/postgresql.hpp>
#else
#include <lamina/sqlite.hpp>
#endif

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <unistd.h>

#include "generated/client.hpp"

namespace suite {

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
        db::Client client{pool};
        (void)client.try_execute_raw(lamina::sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", lamina::identifier(name_)));
    }
    const std::string& url() const { return url_; }

private:
    std::string name_ = LAMINA_TEST_SUITE "_suite";
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
        std::filesystem::temp_directory_path() / ("lamina-" LAMINA_TEST_SUITE "-" + std::to_string(getpid()));
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

}  // namespace suite
