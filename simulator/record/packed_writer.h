#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace suanwang::record {

// Writes one zstd frame with a checksum as its bytes come. Until Finish has succeeded only `path`.part exists, so that
// nothing half-written looks whole; it is removed when the writer goes without Finish. A full disk is found by Finish at
// the latest. `what` names the content in messages: "the record".
class PackedWriter {
 public:
  PackedWriter(std::string path, std::string what);
  ~PackedWriter();
  void Write(std::string_view bytes) { Compress(bytes, false); }  // after the first failure: does nothing
  // Ends the file and gives it its name. What went wrong, with the file and a remedy; nothing: it stands.
  [[nodiscard]] std::optional<std::string> Finish();

 private:
  struct Stream;
  void Compress(std::string_view bytes, bool last);
  void Fail(std::string_view why);

  std::string path_;
  std::string what_;
  std::string error_;
  std::unique_ptr<Stream> stream_;
};

}  // namespace suanwang::record
