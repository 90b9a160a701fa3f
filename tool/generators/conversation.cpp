#include "generators/conversation.hpp"

#include <nlohmann/json.hpp>

namespace lamina::generators {
namespace {

using Json = nlohmann::ordered_json;
using support::Outcome;
using support::Problem;

/// Deeper than any answer; what is below is left out.
constexpr int kDeepest = 64;

/// The line as an answer to request `id`; a discarded value when it is something else.
Json as_answer(const std::string& line, int id) {
    if (!line.starts_with('{')) return Json(Json::value_t::discarded);
    const Json::parser_callback_t shallow = [](int depth, Json::parse_event_t, Json&) { return depth <= kDeepest; };
    Json answer = Json::parse(line, shallow, false);
    const bool is_answer = answer.is_object() && answer.contains("jsonrpc") && answer.contains("id") &&
                           answer["id"].is_number_integer() && answer["id"] == id;
    if (!is_answer) return Json(Json::value_t::discarded);
    return answer;
}

Outcome<Json> result_of(Json& answer, std::string_view method) {
    if (!answer.contains("error")) return answer.contains("result") ? std::move(answer["result"]) : Json(nullptr);
    const Json& error = answer["error"];
    if (error.is_object() && error.contains("message") && error["message"].is_string())
        return Problem{error["message"].get<std::string>()};
    return Problem{"it answered `" + std::string{method} + "` with an error without a message"};
}

}  // namespace

Outcome<Json> Conversation::ask(std::string_view method, const Json& params) {
    const int id = ++last_id_;
    Json request;
    request["jsonrpc"] = "2.0";
    request["method"] = method;
    request["params"] = params;
    request["id"] = id;
    program_.write(request.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n');

    const auto deadline = Clock::now() + limit_;
    std::string line;
    while (true) {
        const Process::Event event = program_.read_line(line, deadline);
        if (event != Process::Event::Line) return Problem{why_no_answer(event, method)};
        Json answer = as_answer(line, id);
        if (!answer.is_discarded()) return result_of(answer, method);
        if (log_) log_(line);
    }
}

std::string Conversation::why_no_answer(Process::Event event, std::string_view method) const {
    const std::string asked = "`" + std::string{method} + "`";
    switch (event) {
        case Process::Event::Ended:
            if (program_.exit_code() == 127)
                return "the command was not found, neither in PATH nor in node_modules/.bin: is it installed?";
            if (program_.exit_code() == 126) return "the command cannot be run: is the file executable (chmod +x)?";
            return "it " + program_.how_it_ended() + " before it answered " + asked +
                   (program_.exit_code() == 0 ? "; is it a Prisma generator?" : "");
        case Process::Event::TimedOut:
            return "it did not answer " + asked + " within " +
                   std::to_string(std::chrono::ceil<std::chrono::seconds>(limit_).count()) +
                   " s, and was ended (--generator-timeout allows more)";
        case Process::Event::Interrupted: return "interrupted";
        case Process::Event::TooLong: return "it wrote more than 64 MiB without an end of line, and was ended";
        case Process::Event::Line: break;
    }
    return {};
}

}  // namespace lamina::generators
