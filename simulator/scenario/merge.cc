#include "simulator/scenario/merge.h"

#include <optional>

#include "scheduler/text/decimal.h"
#include "scheduler/text/quantity.h"

namespace suanwang::scenario {
namespace {

using text::FieldDescriptor;
using text::Node;

// {times: x} or {plus: x} where a quantity belongs.
bool IsOperator(const Node& node, const std::optional<Place>& place) {
  if (!place || !place->is_scalar() || !node.is_map() || node.children.size() != 1) return false;
  return node.children[0].key == "times" || node.children[0].key == "plus";
}

bool IsInteger(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64: return true;
    default: return false;
  }
}

class Merger {
 public:
  Merger(text::Schema& schema, text::Diagnostics& diagnostics) : schema_(schema), diagnostics_(diagnostics) {}

  void MergeMap(Node& base, const Node& over, const Place& place, const std::string& path) {
    const bool is_fresh = base.children.empty();  // then nothing is looked up: large maps come in in linear time
    for (const Node::Child& child : over.children) {
      const std::string child_path = path.empty() ? child.key : path + "." + child.key;
      if (child.value.is_null()) {
        Remove(base, child, child_path);
        continue;
      }
      const std::optional<Place> under = place.Under(child.key, schema_);
      if (under && place.is_message()) LeaveOneof(base, over, child.key, *place.message());
      MergeChild(base, is_fresh ? nullptr : base.Find(child.key), child, under, child_path);
    }
  }

 private:
  void Remove(Node& base, const Node::Child& child, const std::string& path) {
    if (base.Remove(child.key)) return;
    diagnostics_.Error(child.value.origin, path, "nothing is there to remove", "give a value, or delete the line");
  }

  // The other members of the oneof that `key` belongs to are no longer meant, but where one layer gives two of them:
  // text::Bind refuses that.
  void LeaveOneof(Node& base, const Node& over, const std::string& key, const text::Descriptor& message) {
    const text::FieldMatch* match = schema_.Find(message, key);
    const auto* choice = match->field->real_containing_oneof();
    if (choice == nullptr) return;
    for (int i = 0; i < choice->field_count(); ++i) {
      const std::string other = text::KeyOf(*choice->field(i));
      if (choice->field(i) != match->field && over.Find(other) == nullptr) base.Remove(other);
    }
  }

  // `there`: what stands in `base` under the key of `child`, or null.
  void MergeChild(Node& base, Node* there, const Node::Child& child, const std::optional<Place>& place,
                  const std::string& path) {
    if (IsOperator(child.value, place)) return Apply(there, child.value, *place->field(), path);
    const FieldDescriptor* field = place ? place->field() : nullptr;
    const bool appends = child.value.is_list() && field != nullptr && field->options().GetExtension(v1::append);
    if (appends) return AppendTo(base, there, child);
    const bool merges = child.value.is_map() && place.has_value();
    if (!merges) {
      Put(base, there, child, child.value);
      return;
    }
    const bool whole = field != nullptr && field->options().GetExtension(v1::whole);
    if (there == nullptr || !there->is_map() || whole) {
      there = &Put(base, there, child, Node::Map(child.value.origin));
    }
    MergeMap(*there, child.value, *place, path);
  }

  // Sets what stands under the key of `child`.
  static Node& Put(Node& base, Node* there, const Node::Child& child, Node value) {
    if (there != nullptr) return *there = std::move(value);
    base.children.push_back({child.key, child.key_origin, std::move(value)});
    return base.children.back().value;
  }

  static void AppendTo(Node& base, Node* list, const Node::Child& child) {
    if (list == nullptr) list = &Put(base, nullptr, child, Node::List(child.value.origin));
    for (const Node::Child& item : child.value.children) list->Append(item.value);
  }

  void Apply(Node* there, const Node& over, const FieldDescriptor& field, const std::string& path) {
    const Node::Child& operation = over.children[0];
    const auto refuse = [&](std::string what, std::string remedy) {
      diagnostics_.Error(over.origin, path, std::move(what), std::move(remedy));
    };
    if (!IsInteger(field)) return refuse("'" + operation.key + "' needs a quantity", "write the new value");
    if (there == nullptr) return refuse("nothing is there to change by '" + operation.key + "'", "write the value itself");
    if (!there->is_scalar() || !operation.value.is_scalar()) {
      return refuse("'" + operation.key + "' needs one quantity and one operand", "for example {times: 2}");
    }
    const text::Quantity old = text::ReadQuantity(there->text, text::UnitOf(field));
    if (!old.value) return;  // text::Bind reports it where it stands
    const std::optional<std::int64_t> changed = Changed(*old.value, operation, field, path);
    if (!changed) return;
    *there = Node::Scalar(text::WriteQuantity(*changed, text::UnitOf(field)), over.origin);
  }

  std::optional<std::int64_t> Changed(std::int64_t old, const Node::Child& operation, const FieldDescriptor& field,
                                      const std::string& path) {
    const Node& operand = operation.value;
    const auto refuse = [&](std::string what, std::string remedy) {
      diagnostics_.Error(operand.origin, path, std::move(what), std::move(remedy));
      return std::nullopt;
    };
    std::optional<std::int64_t> changed;
    if (operation.key == "times") {
      const std::optional<text::Decimal> factor = text::ReadDecimal(operand.text);
      if (!factor) return refuse("'" + operand.text + "' is no factor", "for example {times: 1.5}");
      changed = text::Times(old, *factor);
    } else {
      const text::Quantity added = text::ReadQuantity(operand.text, text::UnitOf(field));
      if (!added.value) return refuse(added.what, added.remedy);
      std::int64_t sum = 0;
      if (!__builtin_add_overflow(old, *added.value, &sum)) changed = sum;
    }
    if (!changed) return refuse("the result is too large", {});
    return changed;
  }

  text::Schema& schema_;
  text::Diagnostics& diagnostics_;
};

}  // namespace

void Merge(Node& base, const Node& over, const Place& place, const std::string& path, text::Schema& schema,
           text::Diagnostics& diagnostics) {
  Merger(schema, diagnostics).MergeMap(base, over, place, path);
}

}  // namespace suanwang::scenario
