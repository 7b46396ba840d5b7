#include "simulator/scenario/place.h"

namespace suanwang::scenario {

using text::BareField;
using text::FieldDescriptor;

Place Place::Of(const text::Descriptor& message) {
  if (const FieldDescriptor* bare = BareField(message)) return Of(*bare);
  Place place;
  place.message_ = &message;
  return place;
}

Place Place::Of(const FieldDescriptor& field) {
  const bool one_message = !field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  Place place = one_message ? Of(*field.message_type()) : Place();
  if (place.field_ == nullptr) place.field_ = &field;
  return place;
}

bool Place::is_entities() const { return field_ != nullptr && message_ == nullptr && text::IsEntityMap(*field_); }

bool Place::is_scalar() const { return field_ != nullptr && message_ == nullptr && !field_->is_repeated(); }

std::optional<Place> Place::Under(std::string_view key, text::Schema& schema) const {
  if (is_message()) {
    const text::FieldMatch* match = schema.Find(*message_, key);
    if (match == nullptr) return std::nullopt;
    return Of(*match->field);
  }
  if (is_entities()) return Of(*field_->message_type());
  if (is_words()) return Of(*field_->message_type()->map_value());
  return std::nullopt;
}

}  // namespace suanwang::scenario
