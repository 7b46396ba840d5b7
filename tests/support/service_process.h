#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

extern char** environ;

namespace suanwang {

// suanwangd as a process of its own on a free loopback port, from when it says that it listens until this goes.
class ServiceProcess {
 public:
  explicit ServiceProcess(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {SUANWANGD, "--listen", "127.0.0.1:0"});
    Spawn(arguments);
    const std::string line = FirstLine();
    const std::string_view says = "listening on ";
    if (!line.starts_with(says)) throw std::runtime_error("suanwangd says '" + line + "'");
    address_ = line.substr(says.size());
  }
  ~ServiceProcess() {
    if (process_ > 0) (void)Stop(SIGKILL);
    if (output_ != nullptr) std::fclose(output_);
  }
  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;

  [[nodiscard]] const std::string& address() const { return address_; }

  void Signal(int signal) const { kill(process_, signal); }

  // Its exit code after this signal; −1: the signal itself ended it.
  [[nodiscard]] int Stop(int signal) {
    int status = 0;
    kill(process_, signal);
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  void Spawn(std::vector<std::string>& arguments) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    output_ = fdopen(ends[0], "r");
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    const int error = posix_spawn(&process_, words[0], &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error != 0) throw std::runtime_error("suanwangd cannot be started");
  }

  std::string FirstLine() {
    std::string line;
    for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_)) line.push_back(static_cast<char>(c));
    return line;
  }

  pid_t process_ = -1;
  std::FILE* output_ = nullptr;
  std::string address_;
};

}  // namespace suanwang
