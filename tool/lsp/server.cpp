#include "lsp/server.hpp"

#include <deque>
#include <map>
#include <set>

#include "lsp/session.hpp"

namespace lamina::lsp {
namespace {

constexpr std::size_t kMostDiagnostics = 500;  // of one file

struct Waiting {
    Message message;
    bool cancelled = false;
};

}  // namespace

class Server::Impl {
public:
    Impl(const ServerOptions& options, std::function<void(std::string)> send)
        : session_{options}, send_{std::move(send)} {}

    void receive(const Frame& frame) {
        if (!frame.problem.empty()) return fail(Json{}, {RpcCode::ParseError, frame.problem});
        auto message = read_message(frame.body);
        if (!message) return fail(Json{}, message.error());
        if (message->method.empty()) return;  // the client answers a request of ours
        if (message->method == "$/cancelRequest") return cancel(message->params);
        queue_.push_back({std::move(*message)});
    }

    bool work() {
        if (queue_.empty() || exited_) return false;
        const Waiting next = std::move(queue_.front());
        queue_.pop_front();
        if (next.cancelled)
            fail(next.message.id, {RpcCode::RequestCancelled, "the request was cancelled"});
        else if (next.message.is_request)
            request(next.message);
        else
            notification(next.message);
        return true;
    }

    [[nodiscard]] bool wants_to_publish() const { return dirty_ && state_ == State::Running && !exited_; }

    void publish() {
        dirty_ = false;
        std::map<std::string, Json> found;
        std::set<const Snapshot*> seen;
        for (const auto& [key, document] : session_.documents.all()) {
            const auto snapshot = session_.workspace.snapshot(document.uri);
            if (snapshot != nullptr && seen.insert(snapshot.get()).second) collect(*snapshot, found);
        }
        // What had diagnostics and is now closed, or gone.
        for (const auto& [uri, diagnostics] : published_) found.try_emplace(uri, Json::array());
        for (auto& [uri, diagnostics] : found) send_diagnostics(uri, diagnostics);
        published_ = std::move(found);
        std::erase_if(published_, [](const auto& one) { return one.second.empty(); });
    }

    [[nodiscard]] bool has_exited() const { return exited_; }
    [[nodiscard]] int exit_code() const { return state_ == State::ShutDown ? 0 : 1; }

private:
    enum class State : std::uint8_t { New, Running, ShutDown };

    void fail(const Json& id, const RpcError& error) { send_(write_error(id, error)); }

    void cancel(const Json& params) {
        const Json* id = member(params, "id");
        if (id == nullptr) return;
        for (Waiting& waiting : queue_) {
            if (waiting.message.is_request && waiting.message.id == *id) waiting.cancelled = true;
        }
    }

    // ---- requests ----

    void request(const Message& message) {
        Reply reply = answer_to(message);
        if (reply)
            send_(write_result(message.id, std::move(*reply)));
        else
            fail(message.id, reply.error());
        constexpr int kWarning = 2;
        for (const std::string& notice : session_.notices)
            send_(write_notification("window/showMessage", {{"type", kWarning}, {"message", notice}}));
        session_.notices.clear();
    }

    Reply answer_to(const Message& message) {
        if (message.method == "initialize") {
            if (state_ != State::New) return RpcError{RpcCode::InvalidRequest, "initialize comes once"};
            state_ = State::Running;
            return initialize(session_, message.params);
        }
        if (state_ == State::New) return RpcError{RpcCode::ServerNotInitialized, "initialize comes first"};
        if (state_ == State::ShutDown) return RpcError{RpcCode::InvalidRequest, "the server is shut down"};
        if (message.method == "shutdown") {
            state_ = State::ShutDown;
            return Json{};
        }
        return answer(session_, message.method, message.params);
    }

    // ---- notifications ----

    void notification(const Message& message) {
        const std::string& method = message.method;
        if (method == "exit") exited_ = true;
        if (state_ != State::Running) return;
        if (method == "initialized") {
            watch_files();
        } else if (method == "textDocument/didOpen") {
            opened(message.params);
        } else if (method == "textDocument/didChange") {
            changed(message.params);
        } else if (method == "textDocument/didClose") {
            if (const std::string* uri = uri_in(message.params)) session_.documents.close(*uri);
            disk_changed();
        } else if (method == "textDocument/didSave" || method == "workspace/didChangeWatchedFiles" ||
                   method == "workspace/didChangeWorkspaceFolders") {
            disk_changed();
        }
    }

    static const std::string* uri_in(const Json& params) {
        const Json* document = member(params, "textDocument");
        return document == nullptr ? nullptr : string_member(*document, "uri");
    }

    static std::optional<std::int64_t> version_in(const Json& params) {
        const Json* version = member(params, "textDocument", "version");
        if (version == nullptr || !version->is_number_integer()) return std::nullopt;
        return version->get<std::int64_t>();
    }

    void disk_changed() {
        session_.workspace.disk_changed();
        dirty_ = true;
    }

    void opened(const Json& params) {
        const std::string* uri = uri_in(params);
        const Json* document = member(params, "textDocument");
        const std::string* text = document == nullptr ? nullptr : string_member(*document, "text");
        if (uri == nullptr || text == nullptr) return;
        session_.documents.open(*uri, *text, version_in(params));
        disk_changed();
    }

    void changed(const Json& params) {
        const std::string* uri = uri_in(params);
        const Json* changes = member(params, "contentChanges");
        if (uri == nullptr || changes == nullptr || !changes->is_array()) return;
        for (const Json& one : *changes) {
            const std::string* text = string_member(one, "text");
            const Json* range = member(one, "range");
            if (text == nullptr) continue;
            const auto where = read_range(range);
            if (range != nullptr && !range->is_null() && !where) continue;
            session_.documents.change(*uri, {where, *text}, session_.agreement.encoding);
        }
        session_.documents.set_version(*uri, version_in(params));
        session_.workspace.documents_changed();
        dirty_ = true;
    }

    void watch_files() {
        if (!session_.agreement.watches_files) return;
        const Json watchers = Json::array({{{"globPattern", "**/*.prisma"}}, {{"globPattern", "**/lamina.toml"}}});
        Json registration;
        registration["id"] = "schemas";
        registration["method"] = "workspace/didChangeWatchedFiles";
        registration["registerOptions"]["watchers"] = watchers;
        send_(write_request(1, "client/registerCapability", {{"registrations", Json::array({registration})}}));
    }

    // ---- diagnostics ----

    void collect(const Snapshot& snapshot, std::map<std::string, Json>& out) const {
        const Converter converter{snapshot, session_.agreement};
        std::vector<Json> files(snapshot.file_count(), Json::array());
        for (const schema::Diagnostic& one : snapshot.analysis().diagnostics.all()) {
            Json& list = files.at(static_cast<std::size_t>(one.span.file));
            if (list.size() < kMostDiagnostics) list.push_back(converter.diagnostic(one));
        }
        for (std::size_t i = 0; i < files.size(); ++i) {
            const std::string uri{snapshot.uri(support::SourceMap::at(i))};
            if (!files[i].empty() || session_.documents.find(uri) != nullptr) out[uri] = std::move(files[i]);
        }
    }

    void send_diagnostics(const std::string& uri, const Json& diagnostics) {
        Json params;
        params["uri"] = uri;
        const Document* document = session_.documents.find(uri);
        if (document != nullptr && document->version) params["version"] = *document->version;
        const auto before = published_.find(uri);
        const bool same = before != published_.end() && before->second == diagnostics;
        if (same && document == nullptr) return;
        params["diagnostics"] = diagnostics;
        send_(write_notification("textDocument/publishDiagnostics", std::move(params)));
    }

    Session session_;
    std::function<void(std::string)> send_;
    std::deque<Waiting> queue_;
    std::map<std::string, Json> published_;  // the last diagnostics of each file that has some
    State state_ = State::New;
    bool exited_ = false;
    bool dirty_ = false;
};

Server::Server(const ServerOptions& options, std::function<void(std::string)> send)
    : impl_{std::make_unique<Impl>(options, std::move(send))} {}
Server::~Server() = default;

void Server::receive(Frame frame) { impl_->receive(frame); }
bool Server::work() { return impl_->work(); }
bool Server::wants_to_publish() const { return impl_->wants_to_publish(); }
void Server::publish() { impl_->publish(); }
bool Server::has_exited() const { return impl_->has_exited(); }
int Server::exit_code() const { return impl_->exit_code(); }

}  // namespace lamina::lsp
