#include "simulator/cli/build_id.h"

#include <elf.h>
#include <link.h>

#include <cstring>
#include <span>

namespace suanwang::cli {
namespace {

std::string Hex(std::span<const unsigned char> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

constexpr std::size_t Padded(std::size_t size) { return (size + 3) / 4 * 4; }

// The id in a segment of notes: each a header, a name and content, both padded to four bytes. Empty: it has none.
std::string IdIn(const unsigned char* notes, std::size_t size) {
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) header;
    std::memcpy(&header, notes, sizeof header);
    const unsigned char* content = notes + sizeof header + Padded(header.n_namesz);
    const std::size_t length = sizeof header + Padded(header.n_namesz) + Padded(header.n_descsz);
    if (length > size) break;
    if (header.n_type == NT_GNU_BUILD_ID) return Hex({content, header.n_descsz});
    notes += length;
    size -= length;
  }
  return {};
}

// The first object that is told is the program itself.
int FindId(dl_phdr_info* object, std::size_t, void* found) {
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const std::string id = IdIn(reinterpret_cast<const unsigned char*>(object->dlpi_addr + segment.p_vaddr), segment.p_memsz);
    if (!id.empty()) *static_cast<std::string*>(found) = id;
  }
  return 1;
}

}  // namespace

std::string BuildId() {
  std::string id;
  dl_iterate_phdr(FindId, &id);
  return id.empty() ? "version-" SUANWANG_VERSION : id;
}

}  // namespace suanwang::cli
