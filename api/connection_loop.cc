// A connection belongs to the watching thread while it waits, to a queue or to the answering thread otherwise: it is
// handed on, never shared.
#include "api/connection_loop.h"

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/error.h"

namespace diwan {
namespace {

namespace net = Poco::Net;

constexpr int kTickMs = 200;
constexpr int kEvents = 64;
constexpr std::chrono::seconds kLeaving{5};              // that a client may take to see its last answer
constexpr size_t kThrownAway = 8U << 20;                 // of what it sends meanwhile
constexpr std::chrono::milliseconds kPatience{500};      // of a request with no thread to answer it
constexpr int kNextMs = 1;                               // that a thread waits for a connection's next request
constexpr std::chrono::milliseconds kNoDescriptors{50};  // pause while the system has none left

int DescriptorOf(const Connection& connection) { return static_cast<int>(connection.socket.impl()->sockfd()); }

int Opened(int descriptor) {
  if (descriptor < 0) throw Error(ErrorCode::kUnavailable, "the system has no more descriptors for a server");
  return descriptor;
}

void WatchDescriptor(int poll, int descriptor) {
  epoll_event event{.events = EPOLLIN | EPOLLRDHUP, .data = {.fd = descriptor}};
  ::epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
}

// Takes what has come. Returns false when the connection is over.
bool ReceiveAll(Connection& connection, size_t head_bytes) {
  std::array<char, 16U << 10> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled before it is read
  try {
    while (connection.received.size() < head_bytes + kSmallBodyBytes) {
      const int count = connection.socket.receiveBytes(bytes.data(), static_cast<int>(bytes.size()));
      if (count == 0) return false;
      if (count < 0) return true;
      connection.received.append(bytes.data(), static_cast<size_t>(count));
      if (static_cast<size_t>(count) < bytes.size()) return true;
    }
    return true;
  } catch (const Poco::Exception&) {  // reset by the client
    return false;
  }
}

// To who sends more than a head, or too slowly: without a thread, and to whom it is all the same how it is said.
constexpr std::string_view kTooLate = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view kLongTarget = "HTTP/1.1 414 URI Too Long\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view kLongHead =
    "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

void Say(Connection& connection, std::string_view answer) {
  try {
    connection.socket.sendBytes(answer.data(), static_cast<int>(answer.size()));
  } catch (const Poco::Exception&) {  // it has gone, or does not read
  }
}

}  // namespace

ConnectionLoop::ConnectionLoop(const net::ServerSocket& socket, const Limits& limits, std::atomic<size_t>& held,
                               Admit admit, Answer answer, Starving starving)
    : socket_(socket),
      limits_(limits),
      admit_(std::move(admit)),
      answer_(std::move(answer)),
      starving_(std::move(starving)),
      poll_(Opened(::epoll_create1(EPOLL_CLOEXEC))),
      wake_(Opened(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
      held_(held) {
  socket_.setBlocking(false);
  WatchDescriptor(poll_, static_cast<int>(socket_.impl()->sockfd()));
  WatchDescriptor(poll_, wake_);
  for (int i = 0; i < limits_.threads; ++i) workers_.emplace_back([this] { Work(); });
  watcher_ = std::thread([this] { Watch(); });
}

ConnectionLoop::~ConnectionLoop() {
  stopping_ = true;
  Wake();
  watcher_.join();
  socket_.close();
  waiting_.clear();
  {
    std::unique_lock lock(mutex_);
    quiet_.wait_for(lock, limits_.grace,
                    [this] { return answering_.empty() && requests_.empty() && uploads_.empty(); });
    over_ = true;
    for (const int descriptor : answering_) ::shutdown(descriptor, SHUT_RDWR);
  }
  work_.notify_all();
  for (std::thread& worker : workers_) worker.join();
  ::close(wake_);
  ::close(poll_);
}

void ConnectionLoop::Wake() const {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof(one));  // a full counter wakes as well
}

void ConnectionLoop::Watch() {
  const int listening = static_cast<int>(socket_.impl()->sockfd());
  std::array<epoll_event, kEvents> events{};
  while (!stopping_) {
    const int count = ::epoll_wait(poll_, events.data(), kEvents, kTickMs);
    for (int i = 0; i < count; ++i) {
      const int descriptor = events.at(static_cast<size_t>(i)).data.fd;
      if (descriptor == listening) {
        AcceptAll();
      } else if (descriptor == wake_) {
        TakeBack();
      } else {
        Receive(descriptor);
      }
    }
    CloseOverdue();
    TellStarving();
  }
}

void ConnectionLoop::AcceptAll() {
  for (int i = 0; i < kEvents; ++i) {
    const int descriptor = ::accept4(static_cast<int>(socket_.impl()->sockfd()), nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor >= 0) {
      Accept(descriptor);
    } else if (errno == EMFILE || errno == ENFILE) {
      MakeRoom();
      std::this_thread::sleep_for(kNoDescriptors);
      return;
    } else if (errno != EINTR && errno != ECONNABORTED) {
      return;
    }
  }
}

void ConnectionLoop::Accept(int descriptor) {
  auto connection = std::make_unique<Held>(held_);
  connection->socket = net::StreamSocket(new net::StreamSocketImpl(descriptor));
  try {
    connection->socket.setBlocking(false);
    if (connection->socket.address().family() != net::SocketAddress::UNIX_LOCAL) connection->socket.setNoDelay(true);
    std::string counted_for;
    if (!admit_(connection->socket, counted_for)) return;
    connection->of_address = CountOf(counted_for);
    if (connection->of_address) ++*connection->of_address;
    connection->socket.setBlocking(false);
    connection->here = connection->socket.address();
    connection->peer = connection->socket.peerAddress();
  } catch (const Poco::Exception&) {  // it has gone already
    return;
  }
  const std::atomic<size_t>* const of_address = connection->of_address.get();
  if (of_address != nullptr && *of_address > limits_.connections_per_address && !MakeRoom(of_address)) return;
  if (held_ > limits_.connections) MakeRoom();
  WatchDescriptor(poll_, descriptor);
  Wait(std::move(connection), limits_.head_time);
}

// Closes the connection whose time would be over first; with `of_address` among those that it counts. Returns whether
// there was one.
bool ConnectionLoop::MakeRoom(const std::atomic<size_t>* of_address) {
  const auto order = [of_address](const auto& entry) {
    const bool other = of_address != nullptr && entry.second->of_address.get() != of_address;
    return std::pair(other, entry.second->deadline);
  };
  const auto first = std::ranges::min_element(waiting_, {}, order);
  if (first == waiting_.end() || order(*first).first) return false;
  Forget(first->first);
  return true;
}

// The count of an address, made where there is none; those that have come to nothing go.
std::shared_ptr<std::atomic<size_t>> ConnectionLoop::CountOf(const std::string& address) {
  if (address.empty() || limits_.connections_per_address == 0) return nullptr;
  if (addresses_.size() > 2 * limits_.connections) {
    std::erase_if(addresses_, [](const auto& entry) { return *entry.second == 0; });
  }
  auto& count = addresses_[address];
  if (!count) count = std::make_shared<std::atomic<size_t>>(0);
  return count;
}

void ConnectionLoop::Wait(HeldPtr connection, std::chrono::milliseconds time) {
  connection->deadline = Clock::now() + time;
  const int descriptor = DescriptorOf(*connection);
  waiting_[descriptor] = std::move(connection);
}

// Takes it out of those that wait. Dropping what comes back closes it.
ConnectionLoop::HeldPtr ConnectionLoop::Forget(int descriptor) {
  const auto found = waiting_.find(descriptor);
  if (found == waiting_.end()) return nullptr;
  HeldPtr connection = std::move(found->second);
  waiting_.erase(found);
  return connection;
}

void ConnectionLoop::Receive(int descriptor) {
  const auto found = waiting_.find(descriptor);
  if (found == waiting_.end()) return;
  Held& connection = *found->second;
  if (connection.leaving) return ThrowAway(connection);
  const bool begins = connection.received.empty();
  const bool open = ReceiveAll(connection, limits_.head_bytes);
  const Arrival arrival = ArrivalOf(connection.received, limits_.head_bytes);
  const bool broken_off = !open && !connection.received.empty();
  if (!open && !broken_off) {
    Forget(descriptor);
  } else if (arrival == Arrival::kLongTarget || arrival == Arrival::kLongHead) {
    Refuse(connection, arrival == Arrival::kLongTarget ? kLongTarget : kLongHead);
  } else if (arrival != Arrival::kPart || broken_off) {
    ::epoll_ctl(poll_, EPOLL_CTL_DEL, descriptor, nullptr);
    HandOver(Forget(descriptor), arrival == Arrival::kBodyOnly);
  } else if (begins) {
    connection.deadline = Clock::now() + limits_.head_time;
  }
}

// Says the last word to it.
void ConnectionLoop::Refuse(Held& connection, std::string_view answer) {
  Say(connection, answer);
  try {
    connection.socket.shutdownSend();
  } catch (const Poco::Exception&) {  // it has gone
  }
  connection.leaving = true;
  connection.received.clear();
  connection.deadline = Clock::now() + kLeaving;
}

// Were it closed while bytes come, the system would reset it, and the client might never see the last answer.
void ConnectionLoop::ThrowAway(Held& connection) {
  const bool open = ReceiveAll(connection, limits_.head_bytes);
  connection.thrown_away += connection.received.size();
  connection.received.clear();
  if (!open || connection.thrown_away > kThrownAway) Forget(DescriptorOf(connection));
}

void ConnectionLoop::HandOver(HeldPtr connection, bool upload) {
  connection->deadline = Clock::now();
  {
    const std::lock_guard lock(mutex_);
    (upload ? uploads_ : requests_).push_back(std::move(connection));
  }
  work_.notify_one();
}

void ConnectionLoop::TakeBack() {
  uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = ::read(wake_, &count, sizeof(count));  // back to zero
  Queue answered;
  {
    const std::lock_guard lock(mutex_);
    answered.swap(answered_);
  }
  for (HeldPtr& connection : answered) {
    const int descriptor = DescriptorOf(*connection);
    const bool leaving = connection->leaving;
    const bool begun = !leaving && !connection->received.empty();
    if (leaving) connection->received.clear();
    WatchDescriptor(poll_, descriptor);
    Wait(std::move(connection), leaving ? kLeaving : begun ? limits_.head_time : limits_.idle_time);
    if (begun) Receive(descriptor);  // the next request may be there already
  }
}

void ConnectionLoop::CloseOverdue() {
  const Clock::time_point now = Clock::now();
  std::erase_if(waiting_, [now](const auto& entry) {
    if (entry.second->deadline > now) return false;
    if (!entry.second->received.empty()) Say(*entry.second, kTooLate);
    return true;
  });
}

// Uploads may have to wait for each other; all else must not.
void ConnectionLoop::TellStarving() {
  const Clock::time_point since = Clock::now() - kPatience;
  size_t count = 0;
  {
    const std::lock_guard lock(mutex_);
    count = static_cast<size_t>(
        std::ranges::count_if(requests_, [since](const auto& each) { return each->deadline < since; }));
  }
  if (count > 0) starving_(count);
}

void ConnectionLoop::Work() {
  bool upload = false;
  for (HeldPtr connection = Next(upload); connection; connection = Next(upload)) {
    bool goes_on = answer_(*connection);
    while (goes_on && !connection->leaving && !upload && NextComes(*connection)) goes_on = answer_(*connection);
    Finish(std::move(connection), goes_on, upload);
  }
}

// Waits for a request to answer; null at the end. Uploads leave some threads to the others.
ConnectionLoop::HeldPtr ConnectionLoop::Next(bool& upload) {
  std::unique_lock lock(mutex_);
  const auto may_upload = [this] { return !uploads_.empty() && uploading_ < limits_.upload_threads; };
  work_.wait(lock, [&] { return over_ || !requests_.empty() || may_upload(); });
  if (over_) return nullptr;
  upload = may_upload() && (requests_.empty() || turn_);
  turn_ = !upload;
  if (upload) ++uploading_;
  Queue& queue = upload ? uploads_ : requests_;
  HeldPtr connection = std::move(queue.front());
  queue.pop_front();
  answering_.insert(DescriptorOf(*connection));
  return connection;
}

// Whether the next request is there at once, and nobody else waits for this thread: most clients that keep a connection
// ask on, and to hand it back and forth would cost more than the wait.
bool ConnectionLoop::NextComes(Connection& connection) {
  {
    const std::lock_guard lock(mutex_);
    if (over_ || stopping_ || !requests_.empty() || !uploads_.empty()) return false;
  }
  const auto is_whole = [&] { return ArrivalOf(connection.received, limits_.head_bytes) == Arrival::kWhole; };
  if (is_whole()) return true;
  pollfd next{.fd = DescriptorOf(connection), .events = POLLIN, .revents = 0};
  return ::poll(&next, 1, kNextMs) > 0 && ReceiveAll(connection, limits_.head_bytes) && is_whole();
}

void ConnectionLoop::Finish(HeldPtr connection, bool goes_on, bool upload) {
  bool more_uploads = false;
  {
    const std::lock_guard lock(mutex_);
    answering_.erase(DescriptorOf(*connection));
    if (upload) --uploading_;
    more_uploads = upload && !uploads_.empty();
    if (goes_on) answered_.push_back(std::move(connection));
    if (answering_.empty()) quiet_.notify_all();
  }
  if (goes_on) Wake();
  if (more_uploads) work_.notify_one();
}

}  // namespace diwan
