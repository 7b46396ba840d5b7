#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace suanwang {

// What a command line printed, and how it ended.
struct Answer {
  int exit_code = 0;
  std::string out;
  std::string err;
};

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A folder that goes with the test, and a shell that finds the program as `suanwang`. Runs in the folder of the sources.
class Shell {
 public:
  Shell() : folder_(std::filesystem::temp_directory_path() / ("suanwang-shell-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Shell() { std::filesystem::remove_all(folder_); }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  [[nodiscard]] std::string folder() const { return folder_.string(); }
  std::string Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  // `environment` as "LANG=C NO_COLOR=1".
  [[nodiscard]] Answer operator()(const std::string& command, const std::string& environment = "LC_ALL= LC_MESSAGES= LANG=C") const {
    const std::string bin = std::filesystem::path(SUANWANG).parent_path().string();
    const std::string err = (folder_ / "stderr").string();
    const std::string line = "export PATH='" + bin + "':\"$PATH\" " + environment + "; " + command + " 2>'" + err + "'";
    std::FILE* pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("no shell");
    Answer answer;
    std::array<char, 4096> buffer;
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) answer.out.append(buffer.data(), got);
    const int status = pclose(pipe);
    answer.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    answer.err = ReadFile(err);
    return answer;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace suanwang
