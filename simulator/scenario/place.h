#pragma once

#include <optional>
#include <string_view>

#include "scheduler/text/schema.h"

namespace suanwang::scenario {

// What the schema says of a spot in a tree: the way from the root by keys, as text::Bind would go it.
class Place {
 public:
  // The spot of a whole message.
  [[nodiscard]] static Place Of(const text::Descriptor& message);
  // The spot of a field's value.
  [[nodiscard]] static Place Of(const text::FieldDescriptor& field);

  // A map whose keys are fields.
  [[nodiscard]] bool is_message() const { return message_ != nullptr; }
  // A map whose keys are names of entities.
  [[nodiscard]] bool is_entities() const;
  // A map whose keys are free words (a protobuf map).
  [[nodiscard]] bool is_words() const { return field_ != nullptr && field_->is_map(); }
  // One number, quantity or word.
  [[nodiscard]] bool is_scalar() const;

  // Of a message; null elsewhere.
  [[nodiscard]] const text::Descriptor* message() const { return message_; }
  // The field whose value stands here; null at the root and for an entity.
  [[nodiscard]] const text::FieldDescriptor* field() const { return field_; }

  // The spot under `key`, in any spelling; nothing where the schema knows none.
  [[nodiscard]] std::optional<Place> Under(std::string_view key, text::Schema& schema) const;

 private:
  const text::Descriptor* message_ = nullptr;
  const text::FieldDescriptor* field_ = nullptr;
};

}  // namespace suanwang::scenario
