#include "runner.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>
#include <unistd.h>

#include "check.hpp"
#include "process.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

void write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

/// What a step says to `lamina query`; null when it says nothing.
Json line_of(const Json& step) {
    Json line;
    if (step.contains("op")) {
        line = {{"op", step["op"]}, {"tx", step["tx"]}};
        if (step.contains("max_wait_ms")) line["maxWait"] = step["max_wait_ms"];
        if (step.contains("timeout_ms")) line["timeout"] = step["timeout_ms"];
        if (step.contains("isolation_level")) line["isolationLevel"] = step["isolation_level"];
        return line;
    }
    if (step.contains("sleep_ms")) return {{"sleep", step["sleep_ms"]}};
    if (step.contains("sql")) return {{"sql", step["sql"]}};
    if (step.contains("batch")) {
        Json requests = Json::array();
        for (const Json& item : step["batch"]) requests.push_back(item.at("json"));
        line = {{"batch", requests}, {"transaction", step.value("transaction", false)}};
        if (step.contains("isolation_level")) line["isolationLevel"] = step["isolation_level"];
    } else {
        line = step.value("json", Json());
    }
    if (line.is_object() && step.contains("tx")) line["tx"] = step["tx"];
    return line;
}

/// The line with `load` as the strategy of every request that takes one and names none.
Json with_load(Json line, const std::string& load) {
    if (line.is_object() && line.contains("batch")) {
        for (Json& request : line["batch"]) request = with_load(request, load);
        return line;
    }
    static const std::set<std::string> kTaking = {"findUnique",       "findUniqueOrThrow", "findFirst",
                                                  "findFirstOrThrow", "findMany",          "createOne",
                                                  "updateOne",        "upsertOne",         "deleteOne"};
    if (!line.is_object() || !kTaking.contains(line.value("action", "")) || !line.value("query", Json()).is_object())
        return line;
    Json& arguments = line["query"]["arguments"];
    if (arguments.is_null()) arguments = Json::object();
    if (arguments.is_object() && !arguments.contains("relationLoadStrategy")) arguments["relationLoadStrategy"] = load;
    return line;
}

/// Where Prisma 7 answers otherwise than the case says, it wins: the step's expectation anew. Null when it agrees.
Json of_prisma7(const Case& test, const std::string& database, std::size_t step) {
    for (const Json& difference : test.data.value("prisma7_differences", Json::array())) {
        if (difference.value("provider", "") != database || difference.value("step", Json()) != Json(step)) continue;
        const Json& actual = difference["actual"];
        // Bytes were lost when this answer was written down; what the case says stands.
        if (actual.dump().find("\"Buffer\"") != std::string::npos) continue;
        Json expected = Json::object();
        if (actual.contains("code")) {
            expected["expect_error_code"] = actual["code"];
        } else if (actual.contains("data") || actual.contains("batchResult")) {
            expected["expect_json"] = actual;
        } else {
            expected["expect_error"] = true;
        }
        return expected;
    }
    return {};
}

/// Drops all that a case before has left.
constexpr const char* kEmpty = R"(DO $reset$ DECLARE found text; BEGIN
  FOR found IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', found);
  END LOOP;
END $reset$; CREATE SCHEMA public;)";

}  // namespace

Runner::Runner(const Setting& setting, const Suite& suite, std::string database, int number)
    : setting_(setting),
      suite_(suite),
      database_(std::move(database)),
      name_("lamina_conformance_" + std::to_string(getpid()) + "_" + std::to_string(number)) {}

std::string Runner::url() const {
    if (database_ == "sqlite") return "file:" + setting_.folder + "/" + name_ + ".db";
    std::string url = setting_.postgresql_url;
    const std::size_t slash = url.find('/', url.find("://") + 3);
    const std::size_t query = url.find('?');
    return url.substr(0, slash) + "/" + name_ + (query == std::string::npos ? "" : url.substr(query));
}

void Runner::prepare() {
    prepared_ = true;
    if (database_ == "sqlite") return;
    const std::string schema = setting_.folder + "/" + name_ + "_admin.prisma";
    write_file(schema, "datasource db {\n  provider = \"postgresql\"\n}\n");
    Process admin({setting_.command, "query", "--schema", schema, "--url", setting_.postgresql_url}, schema + ".log");
    // Texts are ordered as people do; the cases say so.
    const std::string create = "CREATE DATABASE " + name_ +
                               " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'";
    std::string answer;
    if (!admin.ask(Json{{"sql", create}}.dump(), answer) || answer.find("errors") != std::string::npos) {
        problem_ = "the database cannot be made: " + answer + read_file(schema + ".log");
    }
}

std::string Runner::fresh_script(const Case& test) const {
    const auto ddl = suite_.ddl.find({test.schema_id, database_});
    std::string script = database_ == "sqlite" ? "" : kEmpty;
    for (const Json& extension : test.data.value("db_extensions", Json::array())) {
        if (database_ != "sqlite") script += "CREATE EXTENSION IF NOT EXISTS " + extension.get<std::string>() + ";\n";
    }
    return script + (ddl == suite_.ddl.end() ? "" : ddl->second);
}

Outcome Runner::run(const Case& test) {
    if (!prepared_) prepare();
    if (!problem_.empty()) return {Outcome::Kind::Failed, "no database", problem_};
    const std::string base = setting_.folder + "/" + name_;
    const std::string schema = base + ".prisma";
    write_file(schema, replaced(test.schema, "$PROVIDER", database_));
    if (database_ == "sqlite") {
        for (const char* suffix : {".db", ".db-wal", ".db-shm", ".db-journal"}) fs::remove(base + suffix);
    }
    bool tagged = false;
    for (const Json& step : test.data["steps"]) tagged = tagged || step.value("tagged_response", false);
    std::vector<std::string> command{setting_.command, "query", "--schema", schema, "--url", url()};
    if (!tagged) command.emplace_back("--plain");
    if (setting_.verbose) command.emplace_back("--sql");
    Process process(command, base + ".log");
    const auto failed = [&](const std::string& reason, const std::string& detail) {
        if (setting_.verbose) std::fprintf(stderr, "%s", read_file(base + ".log").c_str());
        return Outcome{Outcome::Kind::Failed, reason, detail};
    };

    std::string text;
    if (!process.ask(Json{{"sql", fresh_script(test)}}.dump(), text)) {
        return failed("the command does not start", read_file(base + ".log"));
    }
    if (text.find("errors") != std::string::npos) {
        const bool extension = text.find("extension") != std::string::npos && test.data.contains("db_extensions");
        if (extension) return {Outcome::Kind::Skipped, "the server lacks the extension", text};
        return failed("the tables cannot be made", text);
    }
    Captured captured;
    const bool timed = test.schema.find("now()") != std::string::npos;
    for (std::size_t i = 0; i < test.data["steps"].size(); ++i) {
        // Rows of two steps are not of the same millisecond, which is the unit of now().
        if (timed) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        Json step = test.data["steps"][i];
        Json line = with_captured(line_of(step), captured);
        if (line.is_null()) continue;  // cannot be said in JSON
        if (!setting_.load.empty()) line = with_load(std::move(line), setting_.load);
        const bool answered = process.ask(line.dump(), text);
        if (setting_.verbose) std::fprintf(stderr, "> %s\n< %s\n", line.dump().c_str(), answered ? text.c_str() : "");
        const std::string where = "step " + std::to_string(i) + ": " + line.dump() + "\n    ";
        if (!answered) return failed("no answer", where + read_file(base + ".log"));
        Json answer = Json::parse(text, nullptr, false);
        if (answer.is_discarded()) return failed("the answer is not JSON", where + text);
        if (tagged && !step.value("tagged_response", false)) answer = without_tags(answer);
        const Json other = of_prisma7(test, database_, i);
        const std::string problem = check(other.is_null() ? step : other, answer, captured);
        if (!problem.empty()) return failed(problem.substr(0, problem.find('\n')), where + problem);
        if (!other.is_null()) break;  // what follows is not known
        if (const std::string missing = capture(step, answer, captured); !missing.empty()) {
            return failed("nothing to capture", where + missing);
        }
    }
    return {};
}

}  // namespace conformance
